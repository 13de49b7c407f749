/// Why a regular expression was not judged.
package enum UndecidedReason: Hashable, Sendable, CustomStringConvertible {
    /// One search took more than a pattern may take.
    case limitExceeded
    /// Other searches had used up the steps of the event or its batch, and a short one gave no answer.
    case budgetSpent
    /// The pattern has exceeded its limit repeatedly, and a short search gave no answer.
    case quarantined
    /// Nobody can say what the pattern matches; the clause says why.
    case cannotBeJudged(String)

    /// No event will ever be decided.
    package var isPermanent: Bool {
        if case .cannotBeJudged = self { true } else { false }
    }

    /// A clause for messages: "the regular expression … ".
    package var description: String {
        switch self {
        case .limitExceeded: "exceeded its limit for one search"
        case .budgetSpent: "could not be judged in what was left of the batch's time"
        case .quarantined: "is in quarantine for exceeding its limit repeatedly"
        case .cannotBeJudged(let reason): "cannot be judged (\(reason)); make it shorter"
        }
    }
}
