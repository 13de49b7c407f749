package import BusProtocol
package import BusWire
package import RedisConnection

/// The subscriptions as a driver would use them now, and the records that it would leave out.
package struct LiveSubscriptions: Sendable {
    package private(set) var subscriptions: [Subscription] = []
    package private(set) var faults: [SubscriptionFault] = []

    /// Reads them, by application and key.
    ///
    /// - Parameter application: only this one, in any spelling.
    package init(
        connection: any RedisClient, bus: BusKeys, application: String? = nil
    ) async throws(RedisError) {
        self.init(try await SubscriptionRegistry(connection: connection, bus: bus).load(), application: application)
    }

    init(_ applications: [SubscriptionRegistry.Application], application: String? = nil) {
        for read in applications.sorted(by: { $0.name < $1.name }) {
            if let application, BusName.normalize(application) != BusName.normalize(read.name) { continue }
            let decoded = read.decoded()
            subscriptions += decoded.subscriptions.sorted { $0.key < $1.key }
            faults += decoded.faults
        }
    }
}

extension SubscriptionFault {
    /// ``sentence`` on one line.
    package var text: String { ShownText.escaped(ShownText.sentence(sentence)) }

    /// As a JSON object.
    package var json: JSONValue {
        [
            "application": .string(application), "field": field.map { .string($0) } ?? nil,
            "broken": .string(reason), "stops_ruby": .bool(stopsRuby),
        ]
    }
}
