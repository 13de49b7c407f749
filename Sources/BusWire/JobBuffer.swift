/// Jobs for one Redis list, as RESP bulk strings one behind the other, ready to follow `RPUSH key`.
///
/// Grows as needed and is meant to be reused. One instance serves one thread.
@usableFromInline package final class JobBuffer {
    // Exclusivity is unchecked as in EventScan, and for the same reason.

    /// The number of jobs.
    @exclusivity(unchecked) package private(set) var count = 0
    /// The number of bytes they take, RESP framing included.
    @exclusivity(unchecked) package private(set) var byteCount = 0

    @exclusivity(unchecked) private var storage: UnsafeMutableRawPointer
    @exclusivity(unchecked) private var capacity: Int
    private let initialCapacity: Int

    /// Memory above this is given back by ``removeAll()``.
    private static let retainedCapacity = 1 << 20

    /// - Parameter capacity: bytes to begin with.
    @usableFromInline package init(capacity: Int = 4096) {
        initialCapacity = max(capacity, 64)
        self.capacity = initialCapacity
        storage = .allocate(byteCount: initialCapacity, alignment: 16)
    }

    deinit {
        storage.deallocate()
    }

    @usableFromInline package var isEmpty: Bool { count == 0 }

    /// Forgets all jobs and keeps the memory for the next ones, unless it has become large.
    @usableFromInline package func removeAll() {
        count = 0
        byteCount = 0
        if capacity > Self.retainedCapacity {
            storage.deallocate()
            capacity = initialCapacity
            storage = .allocate(byteCount: capacity, alignment: 16)
        }
    }

    /// The jobs: ``count`` bulk strings.
    @usableFromInline
    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(start: storage, count: byteCount))
    }

    /// Calls `body` with the only job, without its RESP framing.
    @usableFromInline
    package func withOnlyJob<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result? {
        try withUnsafeBytes { framed in
            guard let lineEnd = framed.firstIndex(of: .lineFeed) else { return nil }
            return try body(UnsafeRawBufferPointer(rebasing: framed[(lineEnd + 1)..<(framed.count - 2)]))
        }
    }

    /// Appends one element as it is.
    @usableFromInline package func append(element: UnsafeRawBufferPointer) {
        var writer = beginBulk(byteCount: element.count)
        if let start = element.baseAddress { writer.write(start, count: element.count) }
        endBulk(writer)
    }

    /// Appends one element as it is.
    @usableFromInline package func append(element: [UInt8]) {
        element.withUnsafeBytes { append(element: $0) }
    }

    /// Writes `$byteCount\r\n` and gives a writer for exactly that many bytes.
    @inline(__always)
    func beginBulk(byteCount payload: Int) -> ByteWriter {
        // "$", at most 19 digits and two line ends.
        let needed = byteCount &+ payload &+ 24
        if needed > capacity { grow(to: needed) }
        var writer = ByteWriter(position: storage + byteCount)
        writer.write(byte: UInt8(ascii: "$"))
        writer.write(decimal: payload)
        writer.writeLineEnd()
        return writer
    }

    /// Ends the bulk string behind what `writer` wrote.
    @inline(__always)
    func endBulk(_ writer: ByteWriter) {
        var writer = writer
        writer.writeLineEnd()
        byteCount = writer.position - storage
        count &+= 1
    }

    private func grow(to needed: Int) {
        let larger = UnsafeMutableRawPointer.allocate(byteCount: max(needed, capacity * 2), alignment: 16)
        larger.copyMemory(from: storage, byteCount: byteCount)
        storage.deallocate()
        storage = larger
        capacity = max(needed, capacity * 2)
    }
}

/// Writes bytes one behind the other into memory that is known to suffice.
struct ByteWriter {
    var position: UnsafeMutableRawPointer

    @inline(__always)
    mutating func write(byte: UInt8) {
        position.storeBytes(of: byte, as: UInt8.self)
        position += 1
    }

    @inline(__always)
    mutating func write(_ source: UnsafeRawPointer, count: Int) {
        position.copyMemory(from: source, byteCount: count)
        position += count
    }

    @inline(__always)
    mutating func writeLineEnd() {
        write(byte: .carriageReturn)
        write(byte: .lineFeed)
    }

    /// Writes a number that is not negative.
    @inline(__always)
    mutating func write(decimal: Int) {
        let digits = Self.digitCount(of: decimal)
        var rest = decimal
        var offset = digits
        repeat {
            offset &-= 1
            position.storeBytes(of: UInt8(truncatingIfNeeded: rest % 10) &+ .zero, toByteOffset: offset, as: UInt8.self)
            rest /= 10
        } while offset > 0
        position += digits
    }

    @inline(__always)
    static func digitCount(of value: Int) -> Int {
        var digits = 1
        var bound = 10
        while digits < 19, value >= bound {
            digits &+= 1
            bound = bound &* 10
        }
        return digits
    }
}
