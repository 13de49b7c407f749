extension CaseFolding {
    /// The texts whose code points have folds that, one after the other, are this one. Nil where that would be too
    /// large.
    ///
    /// - Parameter fold: a text that is folded already.
    static func pattern(folding fold: [UInt32]) -> FoldedPattern? {
        var parts: [FoldedPattern] = []
        var start = 0
        while start < fold.count {
            let block = Block(of: fold, from: start)
            guard block.range.count <= Block.longest else { return nil }
            parts.append(block.pattern(block.range))
            start = block.range.upperBound
        }
        return .joined(parts)
    }

    /// What `i` as the pattern of a class stands for beside its set.
    static func pattern(folding folds: [FoldedScalars]) -> FoldedPattern {
        .any(of: folds.compactMap { pattern(folding: Array($0)) })
    }

    /// A part of a fold that code points with folds of several overlap one another in: of `sss`, `ß` may be the first
    /// two or the last two.
    private struct Block {
        static let longest = 24

        private let fold: [UInt32]
        let range: Range<Int>
        private let joints: [Joint]

        /// Code points that fold to several of the block.
        private struct Joint {
            var range: Range<Int>
            var codePoints: CodePointSet
        }

        init(of fold: [UInt32], from start: Int) {
            self.fold = fold
            var joints: [Joint] = []
            var place = start
            var end = start + 1
            while place < end, end - start <= Self.longest {
                for length in 2...3 where place + length <= fold.count {
                    let key = FoldedScalars(fold[place], fold[place + 1], length == 3 ? fold[place + 2] : 0)
                    let codePoints = key.count == length ? unfold(key) : CodePointSet()
                    guard !codePoints.isEmpty else { continue }
                    joints.append(Joint(range: place..<place + length, codePoints: codePoints))
                    end = max(end, place + length)
                }
                place += 1
            }
            range = start..<end
            self.joints = joints
        }

        /// Either something ends in the middle, or a joint bridges it: so the size grows with the square of the length,
        /// not with all the ways to cut it.
        func pattern(_ part: Range<Int>) -> FoldedPattern {
            if part.isEmpty { return .sequence([]) }
            if part.count == 1 { return .set(unfold(FoldedScalars(fold[part.lowerBound]))) }
            let middle = (part.lowerBound + part.upperBound) / 2
            var alternatives: [FoldedPattern] = [
                .joined([pattern(part.lowerBound..<middle), pattern(middle..<part.upperBound)])
            ]
            for joint in joints where joint.range.lowerBound < middle && joint.range.upperBound > middle {
                guard joint.range.clamped(to: part) == joint.range else { continue }
                alternatives.append(
                    .joined([
                        pattern(part.lowerBound..<joint.range.lowerBound), .set(joint.codePoints),
                        pattern(joint.range.upperBound..<part.upperBound),
                    ]))
            }
            return .any(of: alternatives)
        }
    }
}
