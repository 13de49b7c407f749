/// Numbers in plain memory that only ever grows. Whoever holds it must ``deallocate()`` it once.
struct PlainList {
    private(set) var base: UnsafeMutablePointer<UInt32>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int = 16) {
        base = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    func deallocate() { base.deallocate() }

    var elements: UnsafeBufferPointer<UInt32> {
        @inline(__always) get { UnsafeBufferPointer(start: base, count: count) }
    }

    @inline(__always)
    mutating func append(_ element: UInt32) {
        if count == capacity { grow(to: capacity * 2) }
        base[count] = element
        count &+= 1
    }

    @inline(__always)
    mutating func popLast() -> UInt32? {
        if count == 0 { return nil }
        count &-= 1
        return base[count]
    }

    mutating func append(_ elements: UnsafeBufferPointer<UInt32>) {
        if elements.count > capacity - count { grow(to: max(capacity * 2, count + elements.count)) }
        if let start = elements.baseAddress { (base + count).update(from: start, count: elements.count) }
        count += elements.count
    }

    /// Keeps the elements that are wanted, in their order.
    mutating func keep(where isWanted: (UInt32) -> Bool) {
        var kept = 0
        for place in 0..<count where isWanted(base[place]) {
            base[kept] = base[place]
            kept += 1
        }
        count = kept
    }

    @inline(__always)
    mutating func removeAll() { count = 0 }

    @inline(never)
    private mutating func grow(to larger: Int) {
        let copy = UnsafeMutablePointer<UInt32>.allocate(capacity: larger)
        copy.update(from: base, count: count)
        base.deallocate()
        base = copy
        capacity = larger
    }
}
