import RubyRegex

/// How it is found out whether a stored filter holds for an attribute.
package enum Judging: String, CaseIterable, Hashable, Sendable {
    /// The filter is empty.
    case never
    /// It is a special word about the presence of the attribute.
    case presence
    /// It comes down to a few texts at stated places.
    case literal
    /// An automaton reads the attribute once.
    case automaton
    /// A search within a budget of steps; see ``RegexLimits``.
    case budgeted
    /// Ruby refuses it as a regular expression.
    case refused
    /// It is larger than what is judged here.
    case unjudgeable
}

extension Predicate {
    /// How it is found out whether it is satisfied.
    package var judging: Judging {
        switch self {
        case .never: .never
        case .special: .presence
        case .text: .literal
        case .regex(let pattern):
            switch pattern.method {
            case .literal: .literal
            case .automaton: .automaton
            case .budgeted: .budgeted
            }
        case .refused: .refused
        case .unjudgeable: .unjudgeable
        }
    }
}
