/// Finds dots that stand beside words, as in the names of events, hosts and files.
struct DottedNames {
    private struct Facts {
        /// Every text that it matches begins, or ends, with a word character.
        var beginsWithWord = false
        var endsWithWord = false
    }

    /// Whether there is such a dot.
    private(set) var isAny = false

    init(in pattern: ParsedPattern) {
        let words = CharacterType.word.codePoints(isUnicode: true)
        let areWords = pattern.sets.sets.map { $0.isSubset(of: words) }
        var facts: [Facts] = []
        facts.reserveCapacity(pattern.nodes.count)
        for node in pattern.nodes {
            switch node {
            case .text(let run, _):
                let text = pattern.text(run)
                let areWords = (text.first.map(WordCharacter.isWord), text.last.map(WordCharacter.isWord))
                facts.append(Facts(beginsWithWord: areWords.0 ?? false, endsWithWord: areWords.1 ?? false))
            case .set(let number), .namedSet(let number, _):
                let isWord = areWords[Int(number)]
                facts.append(Facts(beginsWithWord: isWord, endsWithWord: isWord))
            case .sequence(let run):
                let parts = pattern.members(run)
                isAny = isAny || Self.hasDotInName(parts, of: pattern, facts)
                facts.append(
                    Facts(
                        beginsWithWord: parts.first.map { facts[Int($0)].beginsWithWord } ?? false,
                        endsWithWord: parts.last.map { facts[Int($0)].endsWithWord } ?? false))
            case .alternation(let run):
                facts.append(
                    Facts(
                        beginsWithWord: pattern.members(run).allSatisfy { facts[Int($0)].beginsWithWord },
                        endsWithWord: pattern.members(run).allSatisfy { facts[Int($0)].endsWithWord }))
            case .repetition(let body, let minimum, _, _):
                facts.append(minimum > 0 ? facts[Int(body)] : Facts())
            case .capture(_, let body), .options(let body), .atomic(let body):
                facts.append(facts[Int(body)])
            case .empty, .keep, .assertion, .lookAhead, .lookBehind, .absence, .conditional, .backReference, .call,
                .graphemeCluster:
                facts.append(Facts())
            }
        }
    }

    /// A dot has a word on both sides, or one on one side and a run of dots on the other: `.*.json`.
    private static func hasDotInName(
        _ parts: ArraySlice<ParsedPattern.Index>, of pattern: ParsedPattern, _ facts: [Facts]
    ) -> Bool {
        parts.indices.dropFirst().dropLast().contains { place in
            guard pattern.isDot(parts[place]) else { return false }
            let (before, behind) = (parts[place - 1], parts[place + 1])
            return switch (facts[Int(before)].endsWithWord, facts[Int(behind)].beginsWithWord) {
            case (true, true): true
            case (true, false): pattern.isRunOfDots(behind)
            case (false, true): pattern.isRunOfDots(before)
            case (false, false): false
            }
        }
    }
}
