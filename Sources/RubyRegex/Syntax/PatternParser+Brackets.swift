/// A class as the pattern has it: a letter, or one of its sets.
enum ClassNode {
    case letter(Unicode.Scalar)
    /// Under `i`, perhaps with folds of several code points that may stand there instead.
    case set(Int32, folds: [FoldedScalars])
}

extension PatternParser {
    /// What stands in brackets, the first of which has been read.
    mutating func addBrackets() throws(PatternError) {
        let start = position
        if let known = classes.skip(from: source, at: &position, options) { return add(known) }
        let meaning: BracketClass.Meaning
        (meaning, position, classes) = try readBrackets()
        let node = try node(for: meaning)
        classes.keep(node, for: source[start..<position], options)
        add(node)
    }

    /// The reader holds a copy of the parser: it must be gone before the parser changes, or all of it is copied.
    private func readBrackets() throws(PatternError) -> (BracketClass.Meaning, end: Int, ClassCache) {
        var reader = BracketReader(self, depth: frames.count)
        var read = try reader.read()
        read.settle()
        var classes = reader.classes
        try classes.charge(ClassCache.workOfClass + read.casedCount / 4, ignoringCase: options.ignoresCase)
        return (read.meaning, reader.position, classes)
    }

    mutating func add(_ property: UnicodeProperty, isNegated: Bool) throws(PatternError) {
        let key = ClassCache.Property(property: property, isNegated: isNegated, ignoresCase: options.ignoresCase)
        if let known = classes.properties[key] { return add(known) }
        try classes.charge(property.rangeCount, ignoringCase: options.ignoresCase)
        let meaning = BracketClass.meaning(
            of: property, isNegated: isNegated, ignoringCase: options.ignoresCase)
        let node = try node(for: meaning)
        classes.properties[key] = node
        add(node)
    }

    private mutating func node(for meaning: BracketClass.Meaning) throws(PatternError) -> ClassNode {
        switch meaning {
        case .scalar(let value):
            guard let scalar = Unicode.Scalar(value) else { return .set(try place(of: CodePointSet(value)), folds: []) }
            return .letter(scalar)
        case .set(let set, let folds): return .set(try place(of: set), folds: folds)
        }
    }

    private mutating func add(_ node: ClassNode) {
        switch node {
        case .letter(let scalar):
            flush()
            addLetter(scalar)
        case .set(let place, let folds):
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
