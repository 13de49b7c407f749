/// One to three code points, as a case fold has them. None but the first is U+0000.
///
/// The order is that of the code points, so that texts with the same beginning stand together.
struct FoldedScalars: Hashable, Comparable, Sendable, RandomAccessCollection {
    /// 21 bits for each, the first on top.
    private let packed: UInt64

    init(_ first: UInt32, _ second: UInt32 = 0, _ third: UInt32 = 0) {
        packed = UInt64(first) << 42 | UInt64(second) << 21 | UInt64(third)
    }

    var startIndex: Int { 0 }
    var endIndex: Int { packed & 0x1F_FFFF != 0 ? 3 : packed >> 21 & 0x1F_FFFF != 0 ? 2 : 1 }

    subscript(position: Int) -> UInt32 {
        precondition(position >= 0 && position < 3)
        return UInt32(packed >> UInt64(42 - 21 * position) & 0x1F_FFFF)
    }

    static func < (left: FoldedScalars, right: FoldedScalars) -> Bool { left.packed < right.packed }
}
