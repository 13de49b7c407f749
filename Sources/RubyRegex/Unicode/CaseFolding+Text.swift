extension CaseFolding {
    /// What a text of a pattern stands for under `i`. Nil where that would be too large: more than 1 024 code points,
    /// or two dozen in a row each of which may be joined with the next, as in `sssss…`.
    ///
    /// Ruby does not treat all spellings alike, and this follows it:
    /// * While there is little to choose, a place where several letters may become one, or one several, is a choice. Of
    ///   its ways, those that take one code point of the pattern go on like this; the others go on by folds. A choice
    ///   takes letters as they are, so that `ŉ` stands for `ʼN`, but `ŉn` not for `ʼﬁ`.
    /// * All else is compared by folds: code points of the text, each folded as a whole, must make up the fold of the
    ///   pattern's. So `ﬃ` is `ﬀi` too, since a `ﬃ` alone is already too much to choose from.
    static func pattern(for text: [UInt32]) -> FoldedPattern? {
        guard text.count <= longestText else { return nil }
        var choices: [Choice] = []
        var ways = 1
        var place = 0
        while place < text.count {
            let choice = Choice(at: place, in: text)
            if choice.isNeeded {
                ways *= choice.items.count + 1
                if ways > mostWays { break }
                choices.append(choice)
            }
            place += 1
        }
        // Where the choices ended, a comparison by folds begins anew: no code point of the text stands for both sides.
        guard var following = pattern(folding: text[place...].flatMap(fold)) else { return nil }
        var end = place
        for choice in choices.reversed() {
            guard let run = pattern(folding: text[choice.place + 1..<end].flatMap(fold)) else { return nil }
            following = .joined([choice.singles(in: text), run, following])
            var alternatives = [following]
            for item in choice.items where item.consumed > 1 {
                let rest = text[(choice.place + item.consumed)...].flatMap(fold)
                guard let pattern = pattern(folding: rest) else { return nil }
                alternatives.append(.joined([.exactly(item.replacement), pattern]))
            }
            following = .any(of: alternatives)
            end = choice.place
        }
        guard let run = pattern(folding: text[..<end].flatMap(fold)) else { return nil }
        return .joined([run, following])
    }

    private static let longestText = 1_024
    private static let mostWays = 8

    /// A place of a text where more than other code points for its own may stand.
    private struct Choice {
        let place: Int
        let items: [Item]

        init(at place: Int, in text: [UInt32]) {
            self.place = place
            var items: [Item] = []
            forEachItem(text[place...]) { items.append($0) }
            self.items = items
        }

        var isNeeded: Bool { items.contains { $0.consumed > 1 || $0.replacement.count > 1 } }

        /// The ways that take one code point of the pattern.
        func singles(in text: [UInt32]) -> FoldedPattern {
            let replacements = items.filter { $0.consumed == 1 }.map(\.replacement)
            let single = [text[place]] + replacements.filter { $0.count == 1 }.map { $0[0] }
            let longer = replacements.filter { $0.count > 1 }
            return .any(
                of: [.set(CodePointSet(unordered: single.map { $0...$0 }))] + longer.map { FoldedPattern.exactly($0) })
        }
    }
}
