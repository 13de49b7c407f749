/// A set of numbers from 0 to 255.
struct ByteSet: Hashable, Sendable {
    private var words = SIMD4<UInt64>.zero

    mutating func insert(_ byte: UInt8) { words[Int(byte / 64)] |= 1 << UInt64(byte % 64) }

    mutating func insert(_ bytes: ClosedRange<UInt8>) {
        let (first, last) = (Int(bytes.lowerBound), Int(bytes.upperBound))
        for word in first / 64...last / 64 {
            let above = UInt64.max << UInt64(max(0, first - word * 64))
            let below = UInt64.max >> UInt64(max(0, word * 64 + 63 - last))
            words[word] |= above & below
        }
    }

    func contains(_ byte: UInt8) -> Bool { words[Int(byte / 64)] >> UInt64(byte % 64) & 1 != 0 }

    /// The members up to `last` as ranges, ascending.
    func ranges(upTo last: UInt8) -> [ClosedRange<UInt32>] {
        var ranges: [ClosedRange<UInt32>] = []
        var place = next(from: 0, isMember: true)
        while place <= Int(last) {
            let end = min(next(from: place, isMember: false), Int(last) + 1)
            ranges.append(UInt32(place)...UInt32(end - 1))
            place = next(from: end, isMember: true)
        }
        return ranges
    }

    /// The first number from `place` on that is a member, or that is none; 256 where there is none.
    private func next(from place: Int, isMember: Bool) -> Int {
        var place = place
        while place < 256 {
            let word = (isMember ? words[place / 64] : ~words[place / 64]) >> UInt64(place % 64)
            if word != 0 { return place + word.trailingZeroBitCount }
            place = (place / 64 + 1) * 64
        }
        return 256
    }

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
