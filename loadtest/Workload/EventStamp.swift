import Glibc

/// What marks an event of one test: a text that survives any escaping, `~lt-<run>-<sequence>`, found again in a copy of
/// it wherever a driver puts it.
struct EventStamp: Hashable, Sendable {
    /// Eight hexadecimal digits, another for each repeat.
    let run: String
    private let prefix: [UInt8]

    private static let digits = 12
    /// What JSON text rarely holds, so that a search stops seldom.
    private static let lead = UInt8(ascii: "~")
    /// The attribute that carries the stamp.
    static let attribute = "bus_lt"

    /// - Parameter run: eight hexadecimal digits.
    init(run: String) {
        self.run = run
        prefix = Array("~lt-\(run)-".utf8)
    }

    /// The length of every stamp in bytes.
    var length: Int { prefix.count + Self.digits }

    /// Appends the stamp of event `sequence`.
    func append(_ sequence: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: prefix)
        bytes.append(contentsOf: repeatElement(0, count: Self.digits))
        bytes.withUnsafeMutableBytes { write(sequence, to: $0.baseAddress! + start) }
    }

    /// Writes the stamp of event `sequence` over ``length`` bytes.
    func write(_ sequence: Int, to place: UnsafeMutableRawPointer) {
        prefix.withUnsafeBytes { _ = memcpy(place, $0.baseAddress!, $0.count) }
        DecimalDigits.write(sequence, count: Self.digits, to: place + prefix.count)
    }

    /// The sequence number of the first stamp of this run in `bytes`; nil if there is none.
    func sequence(in bytes: UnsafeRawBufferPointer) -> Int? {
        guard var position = bytes.baseAddress else { return nil }
        let end = position + bytes.count
        while let found = memchr(position, Int32(Self.lead), end - position) {
            let start = UnsafeRawPointer(found)
            if let sequence = sequence(at: start, before: end) { return sequence }
            position = start + 1
        }
        return nil
    }

    private func sequence(at start: UnsafeRawPointer, before end: UnsafeRawPointer) -> Int? {
        guard end - start >= length, prefix.withUnsafeBytes({ memcmp(start, $0.baseAddress!, $0.count) }) == 0 else {
            return nil
        }
        var sequence = 0
        for offset in prefix.count..<length {
            let digit = start.load(fromByteOffset: offset, as: UInt8.self) &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            sequence = sequence * 10 + Int(digit)
        }
        return sequence
    }
}
