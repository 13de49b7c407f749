import BusMatching
import BusWire
import CommandInterface

/// One filter beside the value that it was tried on.
struct FilterView {
    let review: FilterReview
    /// The attribute's value; nil when the event has none.
    let value: JSONValue?
    let verdict: Matcher.Verdict

    init(_ filter: SubscriptionFilter, _ attributes: [JSONMember]) {
        review = FilterReview(filter)
        value = Matcher.value(of: filter.name, in: attributes)
        verdict = Matcher.verdict(of: filter.pattern, on: value)
    }

    /// In words: a line with the verdict, the value seen and, of a regular expression, how it is judged; below it one for
    /// each remark.
    ///
    /// - Parameter indent: what each line begins with.
    func text(indent: String) -> String {
        let name = ShownText.cut(review.filter.name)
        var facts = [value.map { "\(name) is \(ShownText.cut($0.text))" } ?? "\(name) is missing"]
        if let clause = review.clause { facts.append("judged \(clause)") }
        if case .undecided(let reason) = verdict { facts.append("the regular expression \(reason)") }
        let line = "\(FilterText.shown(review.filter))  (\(facts.joined(separator: "; ")))"
        return "\(indent)\(verdict == .holds ? "+" : "-") \(TextTable.oneLine(line))\n"
            + review.remarks.map { "\(indent)  note: \(TextTable.oneLine($0.text))\n" }.joined()
    }

    /// As a JSON object; a missing value has no member.
    var json: JSONValue {
        var members = [
            JSONMember("name", .string(review.filter.name)), JSONMember("filter", .string(review.filter.pattern)),
            JSONMember("judged", .string(review.judging.rawValue)),
        ]
        switch verdict {
        case .holds, .fails: members.append(JSONMember("holds", .bool(verdict == .holds)))
        case .undecided(let reason):
            members += [JSONMember("holds", nil), JSONMember("undecided", .string(reason.description))]
        }
        if let value { members.append(JSONMember("value", value)) }
        members.append(JSONMember("notes", .array(review.remarks.map(\.json))))
        return .object(members)
    }
}
