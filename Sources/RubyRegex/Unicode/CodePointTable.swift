/// A small number for each code point, found in two steps: fit for a look at every code point of a text.
struct CodePointTable: Sendable {
    private static let blockSize: UInt32 = 128
    /// The block of each 128 code points.
    private var blocks = [UInt16](repeating: 0, count: Int(CodePointSet.highest / blockSize) + 1)
    /// Blocks one after the other. The first is that of zeros.
    private var values = [UInt8](repeating: 0, count: Int(blockSize))

    /// - Parameter classes: the values of disjoint sets; all other code points have 0.
    init(_ classes: [(codePoints: CodePointSet, value: UInt8)]) {
        for (codePoints, value) in classes {
            var whole: UInt16?
            for range in codePoints.ranges {
                for block in range.lowerBound / Self.blockSize...range.upperBound / Self.blockSize {
                    let first = block * Self.blockSize
                    let part = range.clamped(to: first...first + Self.blockSize - 1)
                    if part.count == Self.blockSize {
                        whole = whole ?? append(value)
                        blocks[Int(block)] = whole ?? 0
                    } else {
                        if blocks[Int(block)] == 0 { blocks[Int(block)] = append(0) }
                        let start = Int(blocks[Int(block)]) * Int(Self.blockSize)
                        for codePoint in part { values[start + Int(codePoint - first)] = value }
                    }
                }
            }
        }
    }

    /// Adds a block and answers its number.
    private mutating func append(_ value: UInt8) -> UInt16 {
        values.append(contentsOf: repeatElement(value, count: Int(Self.blockSize)))
        return UInt16(values.count / Int(Self.blockSize) - 1)
    }

    /// - Precondition: `codePoint <= CodePointSet.highest`
    subscript(codePoint: UInt32) -> UInt8 {
        values[Int(blocks[Int(codePoint / Self.blockSize)]) * Int(Self.blockSize) + Int(codePoint % Self.blockSize)]
    }
}
