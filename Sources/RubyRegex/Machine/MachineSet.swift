/// A set of code points as the machine asks it: ASCII from two words, all else from sorted ranges.
struct MachineSet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private var others: CodePointSet
    private var hasAllOthers: Bool

    init(_ set: CodePointSet) {
        for range in set.ranges where range.lowerBound < 0x80 {
            for value in range.lowerBound...min(range.upperBound, 0x7F) {
                if value < 64 { low |= 1 << UInt64(value) } else { high |= 1 << UInt64(value - 64) }
            }
        }
        others = CodePointSet(ranges: set.ranges.filter { $0.upperBound >= 0x80 })
        hasAllOthers = others.contains(0x80) && others.ranges.count == 1 && others.contains(CodePointSet.highest)
    }

    @inline(__always) func containsASCII(_ byte: UInt8) -> Bool {
        (byte < 64 ? low >> UInt64(byte) : high >> UInt64(byte & 63)) & 1 != 0
    }

    @inline(__always) func containsOther(_ codePoint: UInt32) -> Bool { hasAllOthers || others.contains(codePoint) }

    /// The bytes with which members begin in UTF-8.
    var firstBytes: ByteSet {
        var bytes = ByteSet()
        for value in UInt8(0)..<0x80 where containsASCII(value) { bytes.insert(value) }
        for range in others.ranges {
            let first = UTF8Text.lead(of: max(range.lowerBound, 0x80))
            bytes.insert(first...UTF8Text.lead(of: range.upperBound))
        }
        return bytes
    }
}
