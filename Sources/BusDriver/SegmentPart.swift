import BusMatching

/// A segment, and which of its applications stand elsewhere or nowhere by now. Immutable.
final class SegmentPart: Sendable {
    let segment: SubscriptionSegment
    /// Records of live applications that are left out.
    let problemCount: Int
    /// The live applications of those who watch events pass.
    let tails: Set<String>
    /// Places of applications.
    private let withdrawn: BitSet
    private let withdrawnSubscriptions: BitSet
    /// Events still pay for regular expressions of what is withdrawn.
    private let hasWithdrawnBudgeted: Bool

    /// A segment of which all is live.
    init(_ segment: SubscriptionSegment) {
        self.segment = segment
        withdrawn = BitSet(below: segment.applications.count)
        withdrawnSubscriptions = BitSet(below: segment.index.subscriptions.count)
        problemCount = segment.faulty.reduce(0) { $0 + $1.problems.count }
        tails = segment.tails
        hasWithdrawnBudgeted = false
    }

    /// What is left of a part without some of its applications.
    private init(_ part: SegmentPart, without places: [Int]) {
        segment = part.segment
        var (withdrawn, withdrawnSubscriptions) = (part.withdrawn, part.withdrawnSubscriptions)
        var (problemCount, tails) = (part.problemCount, part.tails)
        var hasWithdrawnBudgeted = part.hasWithdrawnBudgeted
        for place in places {
            let application = segment.applications[place]
            withdrawn.insert(place)
            for subscription in application.subscriptions {
                withdrawnSubscriptions.insert(subscription)
                if segment.index.isBudgeted(subscription) { hasWithdrawnBudgeted = true }
            }
            problemCount -= application.problems.count
            if !tails.isEmpty { tails.subtract(application.names) }
        }
        (self.withdrawn, self.withdrawnSubscriptions) = (withdrawn, withdrawnSubscriptions)
        (self.problemCount, self.tails) = (problemCount, tails)
        self.hasWithdrawnBudgeted = hasWithdrawnBudgeted
    }

    /// Without applications that have changed or are gone.
    ///
    /// - Parameter keys: none twice; those that are not live here make no difference.
    func withdrawing(_ keys: [String]) -> SegmentPart {
        let places = keys.compactMap { place(of: $0) }
        return places.isEmpty ? self : SegmentPart(self, without: places)
    }

    var applicationCount: Int { segment.applications.count - withdrawn.count }
    var subscriptionCount: Int { segment.index.subscriptions.count - withdrawnSubscriptions.count }
    /// How much work it makes to build it anew.
    var weight: Int { applicationCount + subscriptionCount }
    /// What is withdrawn costs more than it should.
    var isDueForRebuilding: Bool {
        hasWithdrawnBudgeted || withdrawn.count + withdrawnSubscriptions.count > weight
    }

    @inline(__always)
    func isWithdrawn(_ subscription: Int) -> Bool { withdrawnSubscriptions.contains(subscription) }

    /// What is live.
    var applications: [SubscriptionSegment.Application] { applications(withdrawnIn: nil) }

    /// What is live here and not in `later`, the same segment's part at a later time; nil where that is gone.
    func applications(withdrawnIn later: SegmentPart?) -> [SubscriptionSegment.Application] {
        segment.applications.indices
            .filter { !withdrawn.contains($0) && later?.withdrawn.contains($0) ?? true }
            .map { segment.applications[$0] }
    }

    /// An application that is live here.
    func application(of key: String) -> SubscriptionSegment.Application? {
        place(of: key).map { segment.applications[$0] }
    }

    private func place(of key: String) -> Int? { segment.place(of: key).flatMap { withdrawn.contains($0) ? nil : $0 } }
}

extension [SegmentPart] {
    /// How much work it makes to make one of them.
    var weight: Int { reduce(0) { $0 + $1.weight } }
}
