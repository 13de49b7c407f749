/// Where loops end, as Ruby sees it.
extension ParsedPattern {
    /// A greedy loop, and the node that follows it.
    struct Loop {
        var index: Index
        var body: Index
        var minimum: Int32
        var next: Index
    }

    /// The loops that a sequence holds, perhaps within groups that capture, but for the last.
    ///
    /// Of a sequence within a sequence, Ruby makes one, unless it is the first part.
    func loops(in parts: ArraySlice<Index>) -> [Loop] {
        zip(parts.indices, parts.dropFirst()).compactMap { place, next in
            var index = parts[place]
            while place > parts.startIndex, case .sequence(let run) = nodes[Int(index)] {
                index = children[Int(run.first + run.count) - 1]
            }
            while case .capture(_, let body) = nodes[Int(index)] { index = body }
            guard case .repetition(let body, let minimum, SyntaxTree.unbounded, false) = nodes[Int(index)]
            else { return nil }
            return Loop(index: index, body: body, minimum: minimum, next: next)
        }
    }

    /// The text or set with which a node begins.
    func head(of index: Index, as mode: TextMode) -> Index? {
        var index = index
        while true {
            switch nodes[Int(index)] {
            case .text(let run, let folding):
                guard folding == .folded, mode == .unicode,
                    let choice = TextSize.firstChoice(in: Array(text(run))), choice.place == 0, choice.isTaken
                else { return index }
                return nil
            case .set, .namedSet(_, isDot: false): return index
            case .sequence(let run): index = members(run)[members(run).startIndex]
            case .repetition(let body, let minimum, _, _) where minimum > 0: index = body
            case .capture(_, let body), .options(let body), .atomic(let body), .lookAhead(let body, isNegative: false):
                index = body
            default: return nil
            }
        }
    }

    /// The text that a node is, if Ruby takes it for one.
    func wholeText(_ index: Index, as mode: TextMode) -> (scalars: [UInt32], folding: Folding)? {
        guard case .text(let run, let folding) = nodes[Int(index)] else { return nil }
        let text = Array(text(run))
        guard folding == .folded, mode == .unicode, let choice = TextSize.firstChoice(in: text) else {
            return (text, folding)
        }
        return choice.place == 0 && !choice.isTaken ? (text, folding) : nil
    }

    /// Whether Ruby believes that two nodes, a text or a set each, cannot begin alike. It looks at a text under `i` by
    /// its fold alone.
    func excludes(_ one: Index, _ other: Index, as mode: TextMode) -> Bool {
        switch (beginning(of: one, as: mode), beginning(of: other, as: mode)) {
        case (.text(let text, _), .set(let set)), (.set(let set), .text(let text, _)): !set.contains(text[0])
        // `\w` and `\W`, of ASCII or of Unicode. Classes are too large for anything to depend on this.
        case (.set(let one), .set(let other)): [0x61, 0xE9].allSatisfy { one.contains($0) != other.contains($0) }
        default: false
        }
    }

    /// Whether Ruby believes so although a letter of the set has the fold.
    func excludesWrongly(_ one: Index, _ other: Index, as mode: TextMode) -> Bool {
        switch (beginning(of: one, as: mode), beginning(of: other, as: mode)) {
        case (.text(let fold, isFolded: true), .set(let set)), (.set(let set), .text(let fold, isFolded: true)):
            !set.contains(fold[0])
                && fold.indices.contains { last in
                    let key = FoldedScalars(fold[0], last > 0 ? fold[1] : 0, last > 1 ? fold[2] : 0)
                    return CaseFolding.unfold(key).ranges.contains { $0.contains(where: set.contains) }
                }
        default: false
        }
    }

    private enum Beginning {
        /// At most three code points.
        case text([UInt32], isFolded: Bool)
        case set(CodePointSet)
        case unknown
    }

    private func beginning(of index: Index, as mode: TextMode) -> Beginning {
        switch nodes[Int(index)] {
        case .text:
            guard let (text, folding) = wholeText(index, as: mode), !text.isEmpty else { return .unknown }
            if folding == .exact { return .text(Array(text.prefix(3)), isFolded: false) }
            return .text(Array(text.prefix(3).flatMap(CaseFolding.fold).prefix(3)), isFolded: true)
        case .set(let set), .namedSet(let set, isDot: false): return .set(sets.sets[Int(set)])
        default: return .unknown
        }
    }
}
