/// What texts of a pattern become, which under `i` are not what they are.
extension TreeBuilder {
    static let tooManyJoined = PatternError.tooLarge("the pattern has too many letters that i may join")

    mutating func addText(
        _ run: ParsedPattern.Children, _ folding: ParsedPattern.Folding
    ) throws(PatternError) -> SyntaxTree.Index {
        if folding == .exact { return write(.text(run)) }
        if mode == .ascii { return try writeASCII(run) }
        let text = Array(pattern.text(run))
        let folded: FoldedPattern? =
            switch folding {
            case .exact: .exactly(text)
            case .folded: CaseFolding.pattern(for: text)
            case .classFold: CaseFolding.pattern(folding: text)
            case .foldedBehind: patternBehind(text)
            case .classFoldBehind: CaseFolding.pattern(folding: text.flatMap(CaseFolding.fold))
            }
        guard let folded else { throw Self.tooManyJoined }
        return try write(folded)
    }

    /// What a text stands for under `i` in a look-behind, which may be fewer code points than it has.
    private mutating func patternBehind(_ text: [UInt32]) -> FoldedPattern? {
        let behind = LookBehindText(text)
        if behind.length != 1 { tree.mayEndElsewhere = true }
        return behind.pattern
    }

    /// Letters as sets of both cases, all else as it is.
    private mutating func writeASCII(_ run: ParsedPattern.Children) throws(PatternError) -> SyntaxTree.Index {
        var parts: [SyntaxTree.Index] = []
        for place in run.first..<run.first + run.count {
            let letter = Int(pattern.scalars[Int(place)] | 0x20) - 0x61
            guard letterSets.indices.contains(letter) else {
                parts.append(write(.text(SyntaxTree.Children(first: place, count: 1))))
                continue
            }
            if letterSets[letter] < 0 {
                let (upper, lower) = (UInt32(letter) + 0x41, UInt32(letter) + 0x61)
                letterSets[letter] = try sets.place(of: CodePointSet(ranges: [upper...upper, lower...lower]))
            }
            parts.append(write(.set(letterSets[letter])))
        }
        return parts.count == 1 ? parts[0] : write(.sequence(list(parts)))
    }

    mutating func write(_ pattern: FoldedPattern) throws(PatternError) -> SyntaxTree.Index {
        switch pattern {
        case .set(let set):
            guard let only = set.onlyMember else { return write(.set(try sets.place(of: set))) }
            tree.scalars.append(only)
            return write(.text(SyntaxTree.Children(first: Int32(tree.scalars.count - 1), count: 1)))
        case .sequence(let parts): return write(.sequence(list(try places(of: parts))))
        case .alternation(let parts): return write(.alternation(list(try places(of: parts))))
        }
    }

    private mutating func places(of parts: [FoldedPattern]) throws(PatternError) -> [SyntaxTree.Index] {
        var places: [SyntaxTree.Index] = []
        for part in parts { places.append(try write(part)) }
        return places
    }

    /// Under `i`, Ruby takes `s{2}` for `ss`, which `ß` stands for, and `s{3}` for `sss`; up to 100 bytes.
    ///
    /// - Returns: nil where the copies do not join, or would be too large.
    mutating func addCopies(
        of body: ParsedPattern.Index, _ minimum: Int32, _ maximum: Int32, isLazy: Bool
    ) throws(PatternError) -> SyntaxTree.Index? {
        guard minimum > 1, mode == .unicode, let (text, folding) = pattern.wholeText(body, as: mode),
            folding == .folded || folding == .foldedBehind
        else { return nil }
        let fold = text.flatMap(CaseFolding.fold)
        let mayJoin = TextSize.firstChoice(in: fold + fold) != nil
        let count = min(minimum, max(1, 100 / Int32(TextSize.bytes(in: fold))))
        copiedLetterCount += mayJoin ? fold.count * Int(count) : 0
        guard copiedLetterCount <= PatternParser.mostFoldedLetters / 2 else {
            throw .tooLarge("the pattern is too large when unfolded")
        }
        guard mayJoin, let copies = CaseFolding.pattern(folding: Array(repeatElement(fold, count: Int(count)).joined()))
        else { return nil }
        let written = try write(copies)
        if maximum == count { return written }
        let bound = maximum == SyntaxTree.unbounded ? maximum : maximum - count
        let rest = write(
            .repetition(place(body), minimum: minimum - count, maximum: bound, isLazy ? .lazy : .greedy))
        return write(.sequence(list([written, rest])))
    }
}
