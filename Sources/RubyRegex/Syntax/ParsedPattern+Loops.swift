/// Where loops end, as Ruby sees it.
extension ParsedPattern {
    /// The greedy loop that a node is, perhaps within groups that capture.
    func loop(in index: Index) -> (index: Index, body: Index, minimum: Int32)? {
        var index = index
        while case .capture(_, let body) = nodes[Int(index)] { index = body }
        guard case .repetition(let body, let minimum, SyntaxTree.unbounded, false) = nodes[Int(index)]
        else { return nil }
        return (index, body, minimum)
    }

    /// The text or set with which a node begins.
    func head(of index: Index, as mode: TextMode) -> Index? {
        var index = index
        while true {
            switch nodes[Int(index)] {
            case .text(let run, let folding):
                let mayChoose = folding == .folded && mode == .unicode
                return mayChoose && TextSize.firstChoice(in: Array(text(run))) == 0 ? nil : index
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
        return folding == .folded && mode == .unicode && TextSize.firstChoice(in: text) != nil ? nil : (text, folding)
    }

    /// Whether Ruby believes that two nodes, a text or a set each, cannot begin alike. It looks at a text under `i` by
    /// its fold alone.
    func excludes(_ one: Index, _ other: Index, as mode: TextMode) -> Bool {
        switch (beginning(of: one, as: mode), beginning(of: other, as: mode)) {
        case (.text(let text, _), .set(let set)), (.set(let set), .text(let text, _)): !set.contains(text[0])
        case (.set(let one), .set(let other)): one.intersection(other).isEmpty
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
                    return !CaseFolding.unfold(key).intersection(set).isEmpty
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
