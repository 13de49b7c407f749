import BusMatching
import BusProtocol
import BusWire
import RedisConnection

/// The subscriptions of some applications, ready to drive with: the index, and for each subscription the constant parts
/// of its jobs and the list they go to. Immutable.
///
/// All that an application has subscribed is in one segment, in the order of its hash.
final class SubscriptionSegment: Sendable {
    /// Where an application stands.
    struct Application: Sendable {
        /// Normalised.
        let key: String
        /// The members of `bus_apps` that lead to it.
        let names: [String]
        let subscriptions: Range<Int>
        /// Records that are left out, as sentences.
        let problems: [String]
    }

    let applications: [Application]
    let index: SubscriptionIndex
    let templates: JobTemplates
    /// For each subscription the number of its list in the ``DestinationTable``.
    let destinationOf: [Int32]
    /// The applications of which records are left out.
    let faulty: [Application]
    /// The applications of those who watch events pass.
    let tails: Set<String>
    private let places: [String: Int]

    /// What takes longer to free than the loop should be held is freed beside it.
    private static let mostFreedOnLoop = 1000

    /// - Parameters:
    ///   - applications: no key twice.
    ///   - previous: indices whose compiled regular expressions are taken over.
    init(_ applications: [ApplicationSubscriptions], reusing previous: [SubscriptionIndex]) {
        var subscriptions: [Subscription] = []
        self.applications = applications.map { application in
            let start = subscriptions.count
            subscriptions += application.subscriptions
            return Application(
                key: application.key, names: application.names, subscriptions: start..<subscriptions.count,
                problems: application.problems)
        }
        faulty = self.applications.filter { !$0.problems.isEmpty }
        tails = Set(applications.lazy.flatMap(\.names).filter(AbandonedTails.isTail))
        places = Dictionary(uniqueKeysWithValues: applications.indices.lazy.map { (applications[$0].key, $0) })
        destinationOf = applications.flatMap(\.destinations)
        templates = JobTemplates(subscriptions: subscriptions)
        index = SubscriptionIndex(subscriptions: subscriptions, reusing: previous)
    }

    deinit {
        guard index.subscriptions.count + applications.count > Self.mostFreedOnLoop else { return }
        DetachedThread.run { [applications, index, templates, places] in
            withExtendedLifetime((applications, index, templates, places)) {}
        }
    }

    /// Where an application stands among ``applications``.
    func place(of key: String) -> Int? { places[key] }
}
