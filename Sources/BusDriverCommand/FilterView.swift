import BusMatching
import BusWire
import CommandInterface

/// One filter beside the value that it was tried on.
struct FilterView {
    let filter: SubscriptionFilter
    /// The attribute's value; nil when the event has none.
    let value: JSONValue?
    let verdict: Matcher.Verdict

    init(_ filter: SubscriptionFilter, _ attributes: [JSONMember]) {
        self.filter = filter
        value = attributes.last { $0.key == filter.name }?.value
        verdict = Matcher.verdict(of: filter.pattern, on: value)
    }

    /// In words, on one line.
    var text: String {
        let seen = value.map { "\(filter.name) is \($0.text)" } ?? "\(filter.name) is missing"
        let gaveUp = verdict == .undecided ? "; the regular expression exceeded its limit" : ""
        return TextTable.oneLine("\(FilterText.text(filter))  (\(seen)\(gaveUp))")
    }

    /// As a JSON object; a missing value has no member.
    var json: JSONValue {
        var members = [
            JSONMember("name", .string(filter.name)), JSONMember("filter", .string(filter.pattern)),
            JSONMember("holds", verdict == .undecided ? nil : .bool(verdict == .holds)),
        ]
        if let value { members.append(JSONMember("value", value)) }
        return .object(members)
    }
}
