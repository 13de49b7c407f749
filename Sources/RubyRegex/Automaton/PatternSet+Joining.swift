extension PatternSet {
    /// Joins patterns, so that one scan of a text gives all that may match.
    ///
    /// A pattern that is judged by an automaton matches where a number of its own is found, any other may match there:
    /// ask a ``PatternJudge``. Where no number of its own is found, no pattern matches.
    ///
    /// - Returns: the set, and for each number that a scan may find the place of its pattern; nil where the patterns are
    ///   too large together.
    public static func joining(_ patterns: some Collection<RubyPattern>) -> (set: PatternSet, owners: [Int])? {
        var programs: [AutomatonProgram] = []
        var owners: [Int] = []
        for (place, pattern) in patterns.enumerated() {
            for automaton in pattern.automata {
                programs.append(automaton)
                owners.append(place)
            }
        }
        return PatternSet(programs: programs).map { ($0, owners) }
    }
}
