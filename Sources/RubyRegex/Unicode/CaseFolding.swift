/// What the option `i` makes equal, as Ruby 3.1 has it: Unicode's full case folding without Turkish.
enum CaseFolding {
    /// Something that may stand in a text where the pattern has the next `consumed` (1–3) code points.
    struct Item: Hashable, Sendable {
        var consumed: Int
        var replacement: FoldedScalars
    }

    /// The full fold of one code point: `K` is `k`, and `ß` is `ss`.
    static func fold(_ codePoint: UInt32) -> FoldedScalars { CaseFoldIndex.shared.fold(codePoint) }

    /// The code points whose full fold is this.
    static func unfold(_ fold: FoldedScalars) -> CodePointSet {
        var members = Array(CaseFoldIndex.shared.sources(of: fold))
        if fold.count == 1, Self.fold(fold[0]) == fold { members.append(fold[0]) }
        return CodePointSet(unordered: members.map { $0...$0 })
    }

    /// All that may stand for the beginning of `next`, the code points that follow in a pattern (three are looked at),
    /// without that beginning itself.
    ///
    /// A letter that folds to several (`ﬁ`) may be spelled by them in any case, or by another letter with the same
    /// fold; that it begins a longer fold (`ﬀi` as `ﬃ`) is not looked for.
    static func forEachItem(_ next: ArraySlice<UInt32>, _ body: (Item) -> Void) {
        guard let first = next.first else { return }
        let index = CaseFoldIndex.shared
        let fold = index.fold(first)
        guard fold.count == 1 else {
            for spelling in spellings(of: fold) { body(Item(consumed: 1, replacement: spelling)) }
            for other in index.sources(of: fold) where other != first {
                body(Item(consumed: 1, replacement: FoldedScalars(other)))
            }
            return
        }
        if fold[0] != first { body(Item(consumed: 1, replacement: fold)) }
        for other in index.sources(of: fold) where other != first {
            body(Item(consumed: 1, replacement: FoldedScalars(other)))
        }
        let following = next.dropFirst().prefix(2).map { simpleFold($0) }
        guard let second = following.first, second != 0 else { return }
        for other in index.sources(of: FoldedScalars(fold[0], second)) {
            body(Item(consumed: 2, replacement: FoldedScalars(other)))
        }
        guard let third = following.last, following.count == 2, third != 0 else { return }
        for other in index.sources(of: FoldedScalars(fold[0], second, third)) {
            body(Item(consumed: 3, replacement: FoldedScalars(other)))
        }
    }

    /// Without folds to several.
    private static func simpleFold(_ codePoint: UInt32) -> UInt32 {
        let fold = fold(codePoint)
        return fold.count == 1 ? fold[0] : codePoint
    }

    /// The ways to write a fold of several code points by as many, in any case.
    private static func spellings(of fold: FoldedScalars) -> [FoldedScalars] {
        let variants = fold.map { [$0] + CaseFoldIndex.shared.sources(of: FoldedScalars($0)) }
        return variants[0].flatMap { first in
            variants[1].flatMap { second in
                variants.count == 2
                    ? [FoldedScalars(first, second)]
                    : variants[2].map { FoldedScalars(first, second, $0) }
            }
        }
    }
}
