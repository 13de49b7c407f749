extension Scenario.Shape {
    /// More subscriptions than this are not generated.
    static let mostSubscriptions = EventTemplate.mostTypes
    /// More applications than this are not generated: a queue is told by two bytes.
    static let mostApplications = 1 << 16

    /// - Throws: `ScenarioError` for the first thing that contradicts itself.
    func validate() throws(ScenarioError) {
        guard (1...Self.mostApplications).contains(applications) else {
            throw ScenarioError("There are \(applications) applications; choose 1 to \(Self.mostApplications).")
        }
        guard subscriptionsPerApplication >= 1 else {
            throw ScenarioError(
                "There are \(subscriptionsPerApplication) subscriptions per application; choose 1 or more.")
        }
        let (count, overflows) = applications.multipliedReportingOverflow(by: subscriptionsPerApplication)
        guard !overflows, count <= Self.mostSubscriptions else {
            throw ScenarioError(
                """
                \(applications) applications with \(subscriptionsPerApplication) subscriptions each are too many; choose \
                \(Self.mostSubscriptions) subscriptions in all or fewer.
                """)
        }
        guard matchesPerEvent >= 1 else {
            throw ScenarioError(
                "There are \(matchesPerEvent) matches per event; choose 1 or more, and a share of 100% for unmatched events."
            )
        }
        guard matchesPerEvent <= DeliveryLedger.mostCopies else {
            throw ScenarioError(
                "There are \(matchesPerEvent) matches per event; choose \(DeliveryLedger.mostCopies) or fewer.")
        }
        guard matchesPerEvent <= applications else {
            throw ScenarioError(
                """
                \(matchesPerEvent) matches per event need \(matchesPerEvent) applications, and there are \(applications); \
                choose more applications or fewer matches.
                """)
        }
        for (name, share) in [
            ("unmatched events", unmatched), ("regular expressions", regex), ("malformed elements", malformed),
        ] {
            guard (0...1).contains(share) else {
                throw ScenarioError("The share of \(name) is \(share); choose 0 to 1, or 0% to 100%.")
            }
        }
        guard unmatched + malformed <= 1 + 1e-9 else {
            throw ScenarioError(
                "The shares of unmatched events and malformed elements are together above 100%; lower one.")
        }
        try payload.validate()
    }
}

extension PayloadSize {
    /// - Throws: `ScenarioError` where no events of this size can be made.
    func validate() throws(ScenarioError) {
        let (shortest, longest) = (GeneratedWorkload.shortest, PayloadLengths.longest)
        switch self {
        case .fixed(let length):
            guard (shortest...longest).contains(length) else {
                throw ScenarioError("The payload size is \(length) bytes; choose \(shortest) to \(longest).")
            }
        case .lognormal(let median, let sigma):
            guard median >= Double(shortest), median <= Double(longest) else {
                throw ScenarioError(
                    "The median of the payload size is \(median) bytes; choose \(shortest) to \(longest).")
            }
            guard sigma >= 0, sigma <= 5 else {
                throw ScenarioError("The sigma of the payload size is \(sigma); choose 0 to 5.")
            }
        }
    }
}
