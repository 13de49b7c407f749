extension PatternParser {
    /// What stands in brackets, the first of which has been read.
    mutating func addBrackets() throws(PatternError) {
        let start = position
        let meaning: BracketClass.Meaning
        if let known = brackets.skip(from: source, at: &position, options) {
            meaning = known
        } else {
            var reader = BracketReader(self, depth: frames.count)
            let read = try reader.read()
            (position, brackets) = (reader.position, reader.cache)
            meaning = read.meaning
            brackets.keep(meaning, for: source[start..<position], options)
        }
        try add(meaning)
    }

    mutating func add(_ property: UnicodeProperty, isNegated: Bool) throws(PatternError) {
        try add(brackets.meaning(of: property, isNegated: isNegated, ignoringCase: options.ignoresCase))
    }

    private mutating func add(_ meaning: BracketClass.Meaning) throws(PatternError) {
        switch meaning {
        case .scalar(let value):
            flush()
            guard let scalar = Unicode.Scalar(value) else { return add(.set(try place(of: CodePointSet(value)))) }
            addLetter(scalar)
        case .set(let set, let folds):
            let place = try place(of: set)
            guard !folds.isEmpty else { return add(.set(place)) }
            flush()
            var alternatives = [parsed.add(.set(place))]
            for fold in folds {
                let run = ParsedPattern.Children(first: Int32(parsed.scalars.count), count: Int32(fold.count))
                parsed.scalars += fold
                alternatives.append(parsed.add(.text(run, classFolding)))
            }
            add(.alternation(parsed.list(alternatives)))
        }
    }
}
