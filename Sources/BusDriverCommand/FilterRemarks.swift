import BusMatching
import BusWire
import CommandInterface

/// What is to be said about the filters of a subscription before any event comes.
struct FilterRemarks {
    private let reviews: [FilterReview]

    /// - Parameter filters: of one subscription.
    init(_ filters: [SubscriptionFilter]) { reviews = filters.map(FilterReview.init) }

    /// Writes to standard error how each regular expression is judged, and every remark.
    func tell() {
        for review in reviews {
            let filter = FilterText.shown(review.filter)
            for note in [review.judgement].compactMap({ $0 }) + review.remarks.map(\.text) {
                StandardError.write("note: \(TextTable.oneLine("filter \(filter): \(note)"))\n")
            }
        }
    }

    /// Writes to standard error which filters can never be judged.
    ///
    /// - Parameter subscription: application and key.
    func tellUnjudgeable(of subscription: String) {
        for review in reviews where review.judging == .unjudgeable {
            for remark in review.remarks {
                let line = "\(subscription), filter \(FilterText.shown(review.filter)): \(remark.text)"
                StandardError.write("cannot be judged: \(TextTable.oneLine(line))\n")
            }
        }
    }

    /// How each filter is judged, and every remark, as members of a JSON object.
    var members: [JSONMember] {
        let notes = reviews.flatMap { review in
            review.remarks.map { $0.json.setting("filter", to: .string(review.filter.name)) }
        }
        return [
            JSONMember("judged", .object(reviews.map { JSONMember($0.filter.name, .string($0.judging.rawValue)) })),
            JSONMember("notes", .array(notes)),
        ]
    }
}

extension FilterReview.Remark {
    var json: JSONValue {
        ["kind": .string(kind.rawValue), "message": .string(message), "remedy": .string(remedy)]
    }
}

extension FilterReview {
    /// How a regular expression is judged, in a sentence; nil where there is no ``clause``.
    fileprivate var judgement: String? {
        clause.map { clause in
            FilterText.isUnanchored(filter.pattern)
                ? "It is judged \(clause)."
                : "Ruby tries it as a regular expression on a whole line, too. It is judged \(clause)."
        }
    }
}
