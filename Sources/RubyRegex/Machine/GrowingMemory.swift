/// Values that lie in a row, as many as are needed up to a bound; they are given back with the memory.
struct GrowingMemory<Value: BitwiseCopyable>: ~Copyable {
    private(set) var base: UnsafeMutablePointer<Value>
    private(set) var capacity: Int
    private let initial: Int
    private let most: Int

    init(initial: Int, most: Int) {
        base = .allocate(capacity: initial)
        (capacity, self.initial, self.most) = (initial, initial, most)
    }

    deinit { base.deallocate() }

    /// Makes room for `count` values, of which the first `used` are kept; false where that would be too many.
    ///
    /// New memory is slow when it is first touched, and so it costs steps.
    @inline(__always)
    mutating func grow(to count: Int, keeping used: Int, steps: inout Int) -> Bool {
        guard count > capacity else { return true }
        guard count <= most else { return false }
        resize(to: min(most, max(count, capacity * 2)), keeping: used)
        steps -= capacity * MemoryLayout<Value>.stride / 32
        return true
    }

    /// Gives back what is beyond the initial size.
    mutating func shrink() {
        if capacity > initial { resize(to: initial, keeping: 0) }
    }

    private mutating func resize(to count: Int, keeping used: Int) {
        let larger = UnsafeMutablePointer<Value>.allocate(capacity: count)
        larger.update(from: base, count: used)
        base.deallocate()
        (base, capacity) = (larger, count)
    }
}
