package import BusWire
import RubyRegex

/// Contract §4 word by word: no index, no classification, one filter after another.
///
/// This is what ``SubscriptionIndex`` is tested against, and what explanations are made of. It compiles regular
/// expressions on every call; do not use it per event.
package enum Matcher {
    /// How a filter fared.
    package enum Verdict: Hashable, Sendable {
        case holds
        case fails
        /// The regular expression exceeded its limit, or nobody can judge it.
        case undecided(UndecidedReason)
    }

    /// Whether all filters hold. Nil when that hangs on a regular expression that was not judged.
    /// - Parameters:
    ///   - filters: none match without any.
    ///   - attributes: of names that occur repeatedly the last value counts.
    package static func naive(_ filters: [SubscriptionFilter], _ attributes: [JSONMember]) -> Bool? {
        if filters.isEmpty { return false }
        var isUndecided = false
        for filter in filters {
            switch verdict(of: filter.pattern, on: value(of: filter.name, in: attributes)) {
            case .holds: break
            case .fails: return false
            case .undecided: isUndecided = true
            }
        }
        return isUndecided ? nil : true
    }

    /// The value of an attribute; nil when the event has none of that name.
    package static func value(of name: String, in attributes: [JSONMember]) -> JSONValue? {
        attributes.last { $0.key.isExactly(name) }?.value
    }

    /// Whether one filter holds for a value, nil standing for a missing attribute.
    package static func verdict(of filter: String, on given: JSONValue?) -> Verdict {
        let text = given.map { RubyText.text(of: $0) } ?? ""
        let isNull = given == nil || given == .null
        let isBlank = text.utf8.allSatisfy(RubyText.isStripped)
        switch filter {
        case "": return .fails
        case "bus_special_value_key": return given != nil ? .holds : .fails
        case "bus_special_value_value": return !isNull ? .holds : .fails
        case "bus_special_value_nil": return isNull ? .holds : .fails
        case "bus_special_value_empty": return !isNull && text.isEmpty ? .holds : .fails
        case "bus_special_value_blank": return isNull || isBlank ? .holds : .fails
        case "bus_special_value_present": return !isNull && !isBlank ? .holds : .fails
        default: break
        }
        let pattern: RubyPattern
        do throws(PatternError) {
            pattern = try RubyPattern(Predicate.pattern(of: Array(filter.utf8)))
        } catch {
            return switch error {
            case .refused: text.isExactly(filter) ? .holds : .fails
            case .tooLarge(let reason): .undecided(.cannotBeJudged(reason))
            }
        }
        if text.isExactly(filter) { return .holds }
        switch PatternJudge().judge(pattern, on: Array(text.utf8)) {
        case .matched: return .holds
        case .unmatched: return .fails
        case .outOfSteps: return .undecided(.limitExceeded)
        }
    }
}
