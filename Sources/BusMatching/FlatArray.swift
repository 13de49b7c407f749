/// A fixed run of plain values outside of Swift's reference counting. Whoever holds it must ``deallocate()`` it once.
struct FlatArray<Element: BitwiseCopyable> {
    private let base: UnsafeMutablePointer<Element>
    let count: Int

    init(_ elements: [Element]) {
        base = .allocate(capacity: max(1, elements.count))
        count = elements.count
        elements.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { base.initialize(from: start, count: source.count) }
        }
    }

    init(repeating element: Element, count: Int) {
        base = .allocate(capacity: max(1, count))
        base.initialize(repeating: element, count: count)
        self.count = count
    }

    func deallocate() { base.deallocate() }

    /// No bounds check in release builds.
    subscript(_ index: Int) -> Element {
        @inline(__always) unsafeAddress {
            assert(index >= 0 && index < count)
            return UnsafePointer(base + index)
        }
        @inline(__always) nonmutating unsafeMutableAddress {
            assert(index >= 0 && index < count)
            return base + index
        }
    }

    @inline(__always)
    subscript(_ index: UInt32) -> Element {
        unsafeAddress {
            assert(Int(index) < count)
            return UnsafePointer(base + Int(index))
        }
        nonmutating unsafeMutableAddress {
            assert(Int(index) < count)
            return base + Int(index)
        }
    }

    /// The elements from `start` on.
    @inline(__always)
    func slice(from start: UInt32, count length: UInt32) -> UnsafeBufferPointer<Element> {
        assert(Int(start) + Int(length) <= count)
        return UnsafeBufferPointer(start: base + Int(start), count: Int(length))
    }

    /// Bytes taken.
    var byteCount: Int { count * MemoryLayout<Element>.stride }
}
