import RubyRegex

/// Patterns of one attribute that one scan of its text finds.
struct JoinedPatterns: Sendable {
    let set: PatternSet
    /// For each place that a scan finds, the pattern.
    let patterns: [UInt32]

    /// As few sets as hold all of the patterns.
    ///
    /// - Parameter pattern: gives a pattern that may be joined.
    static func joining(_ numbers: [UInt32], _ pattern: (UInt32) -> RubyPattern?) -> [JoinedPatterns] {
        var result: [JoinedPatterns] = []
        var rest = [numbers[...]]
        while let next = rest.popLast() {
            if let set = PatternSet(next.compactMap(pattern)) {
                result.append(JoinedPatterns(set: set, patterns: Array(next)))
            } else {
                let middle = next.startIndex + next.count / 2
                rest += [next[..<middle], next[middle...]]
            }
        }
        return result
    }
}
