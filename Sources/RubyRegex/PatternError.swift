/// Why a text cannot be used as a pattern.
package enum PatternError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Ruby refuses the pattern too; a filter with it is satisfied by its own text alone. The reason is a sentence
    /// without the pattern, in the words of Ruby's kind of error: "end pattern with unmatched parenthesis".
    case refused(String)
    /// Ruby may take the pattern, but it is larger than what is judged here: nobody can say what it matches.
    case tooLarge(String)

    package var description: String {
        switch self {
        case .refused(let reason), .tooLarge(let reason): reason
        }
    }
}
