package import BusMatching
package import BusWire

/// One filter beside the value that it was tried on.
package struct FilterView: Sendable {
    package let review: FilterReview
    /// The attribute's value; nil when the event has none.
    package let value: JSONValue?
    package let verdict: Matcher.Verdict

    package init(_ filter: SubscriptionFilter, _ attributes: [JSONMember]) {
        review = FilterReview(filter)
        value = Matcher.value(of: filter.name, in: attributes)
        verdict = Matcher.verdict(of: filter.pattern, on: value)
    }

    /// As a JSON object; a missing value has no member.
    package var json: JSONValue {
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

extension FilterReview.Remark {
    /// As a JSON object.
    package var json: JSONValue {
        ["kind": .string(kind.rawValue), "message": .string(message), "remedy": .string(remedy)]
    }
}
