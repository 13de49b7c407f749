/// A set of code points as ascending ranges that neither touch nor overlap.
///
/// Surrogates are code points like others; they occur in no text.
struct CodePointSet: Hashable, Sendable {
    static let highest: UInt32 = 0x10FFFF
    static let all = CodePointSet(ranges: [0...highest])

    private(set) var ranges: [ClosedRange<UInt32>] = []

    init() {}

    /// - Precondition: the ranges ascend and neither touch nor overlap.
    init(ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }
}
