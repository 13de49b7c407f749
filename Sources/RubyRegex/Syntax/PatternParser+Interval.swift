extension PatternParser {
    /// The most times that Ruby repeats something a given number of times.
    private static let mostRepeats: Int32 = 100_000

    /// `{n}`, `{n,}`, `{,m}` and `{n,m}`, whose brace has been read. A `+` behind it is another quantifier; so is a `?`
    /// behind `{n}`.
    ///
    /// - Returns: false, with nothing read, if the brace stands for itself.
    mutating func readInterval() throws(PatternError) -> Bool {
        let start = position
        guard let interval = try readBounds() else {
            position = start
            return false
        }
        let isLazy = !interval.isFixed && skip("?")
        try quantify(minimum: interval.minimum, maximum: interval.maximum, isLazy: isLazy)
        return true
    }

    private mutating func readBounds() throws(PatternError) -> (minimum: Int32, maximum: Int32, isFixed: Bool)? {
        let minimum = try readBound()
        guard skip(",") else {
            guard let minimum, skip("}") else { return nil }
            return (minimum, minimum, true)
        }
        let maximum = try readBound()
        guard minimum != nil || maximum != nil, skip("}") else { return nil }
        guard minimum ?? 0 <= maximum ?? SyntaxTree.unbounded else {
            throw .refused("upper is smaller than lower in repeat range")
        }
        return (minimum ?? 0, maximum ?? SyntaxTree.unbounded, false)
    }

    private mutating func readBound() throws(PatternError) -> Int32? {
        guard let first = peek, isDigit(first) else { return nil }
        guard let bound = readNumber(), bound <= Self.mostRepeats else {
            throw .refused("too big number for repeat range")
        }
        return bound
    }
}
