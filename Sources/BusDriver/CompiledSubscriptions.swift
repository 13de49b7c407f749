import BusMatching
import BusStore
import BusWire

/// The subscriptions in force, ready to drive with: the index, and for each subscription the constant parts of its
/// jobs and the list they go to. Immutable; a change makes a new one.
final class CompiledSubscriptions: Sendable {
    /// A list of jobs.
    struct Destination: Sendable {
        let queue: String
        let key: String
    }

    let index: SubscriptionIndex
    let subscriptions: [Subscription]
    let templates: JobTemplates
    /// Every list that a subscription names, once.
    let destinations: [Destination]
    /// For each subscription its destination.
    let destinationOf: [Int32]
    /// Records that are left out, as sentences.
    let problems: [String]
    let applicationCount: Int
    /// The applications of those who watch events pass.
    let tails: Set<String>

    /// No subscription at all.
    static let none = CompiledSubscriptions(applications: [], keys: BusKeys())

    /// - Parameters:
    ///   - applications: as they stand in Redis.
    ///   - keys: the namespace.
    ///   - previous: what was in force; its compiled regular expressions are taken over.
    init(
        applications: [SubscriptionRegistry.Application], keys: BusKeys, reusing previous: CompiledSubscriptions? = nil
    ) {
        var subscriptions: [Subscription] = []
        var problems: [String] = []
        for application in applications {
            if let problem = application.problem { problems.append("\(application.name): \(problem)") }
            let decoded = ApplicationRecord(name: application.name, fields: application.records)
            subscriptions += decoded.subscriptions
            problems += decoded.faults.map { fault in
                let place = fault.field.map { "\(application.name)/\($0)" } ?? application.name
                return "\(place): \(fault.reason)"
            }
        }
        var destinations: [Destination] = []
        var numbers: [String: Int32] = [:]
        destinationOf = subscriptions.map { subscription in
            if let number = numbers[subscription.queue] { return number }
            let number = Int32(destinations.count)
            numbers[subscription.queue] = number
            destinations.append(Destination(queue: subscription.queue, key: keys.queue(subscription.queue)))
            return number
        }
        self.destinations = destinations
        self.subscriptions = subscriptions
        self.problems = problems
        templates = JobTemplates(subscriptions: subscriptions)
        index = SubscriptionIndex(subscriptions: subscriptions, reusing: previous.map { [$0.index] } ?? [])
        applicationCount = applications.count
        tails = Set(applications.lazy.map(\.name).filter(AbandonedTails.isTail))
    }
}
