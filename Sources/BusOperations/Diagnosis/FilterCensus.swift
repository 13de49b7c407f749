import BusMatching

/// How many filters are judged in which way, and which of them only within a budget.
struct FilterCensus {
    private static let mostNamed = 5

    private var counts: [Judging: Int] = [:]
    /// The first filters that are judged within a budget.
    private var budgeted: [String] = []

    /// - Parameter place: the subscription and the filter, in words.
    mutating func add(_ review: FilterReview, at place: String) {
        counts[review.judging, default: 0] += 1
        if review.judging == .budgeted, budgeted.count < Self.mostNamed { budgeted.append(place) }
    }

    /// A sentence that begins with a space: " Filters: 12 literal, 2 automaton." Empty where there are none.
    var summary: String {
        let parts = Judging.allCases.compactMap { judging in counts[judging].map { "\($0) \(judging.rawValue)" } }
        return parts.isEmpty ? "" : " Filters: \(parts.joined(separator: ", "))."
    }

    var findings: [Finding] {
        guard let count = counts[.budgeted] else { return [] }
        let named = budgeted.joined(separator: "; ") + (count > budgeted.count ? "; …" : "")
        return [
            Finding(
                "Budgeted filters", .ok,
                "\(count) \(count == 1 ? "is" : "are") judged within a budget of steps, and copies for which it is too small "
                    + "go to failed: \(named).",
                remedy: "If such copies come, write the pattern without back-reference, look-around or the like.")
        ]
    }
}
