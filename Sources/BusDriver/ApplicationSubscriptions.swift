import BusMatching
import BusProtocol
import BusWire

/// What an application has subscribed, before it becomes a part of a segment.
struct ApplicationSubscriptions: Sendable {
    /// Normalised.
    let key: String
    /// The members of `bus_apps` that lead to it: each gets copies, as Ruby gives them.
    let names: [String]
    let subscriptions: ArraySlice<Subscription>
    /// For each subscription the number of its list in the ``DestinationTable``.
    let destinations: ArraySlice<Int32>
    /// Records that are left out, as sentences.
    let problems: [String]

    /// As it stood in a segment.
    init(_ application: SubscriptionSegment.Application, of segment: SubscriptionSegment) {
        key = application.key
        names = application.names
        subscriptions = segment.index.subscriptions[application.subscriptions]
        destinations = segment.destinationOf[application.subscriptions]
        problems = application.problems
    }

    /// As it was read.
    init(key: String, applications: [SubscriptionRegistry.Application], destinations table: DestinationTable) {
        var subscriptions: [Subscription] = []
        var problems: [String] = []
        for application in applications {
            let (ofApplication, faults) = application.decoded()
            subscriptions += ofApplication
            problems += faults.map(\.sentence)
        }
        self.key = key
        names = applications.map(\.name)
        self.subscriptions = subscriptions[...]
        destinations = subscriptions.map { table.number(of: $0.queue) }[...]
        self.problems = problems
    }
}
