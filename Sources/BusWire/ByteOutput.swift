/// Text that is being written. Room is made for much at once, and then written to without a look at the limit.
struct ByteOutput: ~Copyable {
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 64)
        base = .allocate(byteCount: self.capacity, alignment: 8)
    }

    deinit { base.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// Makes room for so many bytes more.
    @inline(__always)
    mutating func reserve(_ needed: Int) {
        if capacity &- count < needed { grow(by: needed) }
    }

    private mutating func grow(by needed: Int) {
        let larger = max(count + needed, capacity + capacity / 2)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
        moved.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = moved
        capacity = larger
    }

    /// Takes back what was written last.
    mutating func shorten(to newCount: Int) {
        assert(newCount <= count)
        count = newCount
    }

    /// Where the next byte goes; what is written there counts after ``advance(by:)``.
    @inline(__always)
    var end: UnsafeMutableRawPointer { base + count }

    @inline(__always)
    mutating func advance(by written: Int) {
        assert(capacity - count >= written)
        count &+= written
    }

    @inline(__always)
    mutating func write(_ byte: UInt8) {
        assert(count < capacity)
        base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count &+= 1
    }

    @inline(__always)
    mutating func write(_ text: StaticString) {
        for offset in 0..<text.utf8CodeUnitCount { write(text.utf8Start[offset]) }
    }

    @inline(__always)
    mutating func write(_ text: UnsafeRawBufferPointer) {
        assert(capacity - count >= text.count)
        guard text.count <= 16 else {
            end.copyMemory(from: text.baseAddress.unsafelyUnwrapped, byteCount: text.count)
            count &+= text.count
            return
        }
        for byte in text { write(byte) }
    }
}

extension [UInt8] {
    /// Appends what `write` writes.
    mutating func appendOutput(_ write: (inout ByteOutput) -> Void) {
        var output = ByteOutput(capacity: 64)
        write(&output)
        append(contentsOf: output.bytes)
    }
}
