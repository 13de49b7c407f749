/// A set of numbers from 0 to 255.
struct ByteSet: Hashable, Sendable {
    private var words = SIMD4<UInt64>.zero

    mutating func insert(_ byte: UInt8) { words[Int(byte / 64)] |= 1 << UInt64(byte % 64) }

    mutating func insert(_ bytes: ClosedRange<UInt8>) {
        for byte in bytes { insert(byte) }
    }

    func contains(_ byte: UInt8) -> Bool { words[Int(byte / 64)] >> UInt64(byte % 64) & 1 != 0 }

    var isEmpty: Bool { words == .zero }

    /// The one number of the set; nil where there are none or several.
    var onlyMember: UInt8? {
        let count = words.indices.reduce(0) { $0 + words[$1].nonzeroBitCount }
        return count == 1 ? (0...UInt8.max).first(where: contains) : nil
    }

    var inverted: ByteSet {
        var set = self
        set.words = ~words
        return set
    }

    mutating func formUnion(_ other: ByteSet) { words |= other.words }

    mutating func formIntersection(_ other: ByteSet) { words &= other.words }
}
