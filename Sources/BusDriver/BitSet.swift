/// A set of small numbers, all below a bound that is given at the beginning.
struct BitSet: Sendable {
    private var words: [UInt64]
    private(set) var count = 0

    init(below bound: Int) { words = Array(repeating: 0, count: (bound + 63) / 64) }

    @inline(__always)
    func contains(_ number: Int) -> Bool { words[number >> 6] >> UInt64(number & 63) & 1 != 0 }

    mutating func insert(_ number: Int) {
        guard !contains(number) else { return }
        words[number >> 6] |= 1 << UInt64(number & 63)
        count += 1
    }
}
