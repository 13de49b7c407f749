import BusProtocol
import BusWire
import CommandInterface
import RedisConnection

/// The subscriptions as a driver would use them now, and the records that it would leave out.
struct LiveSubscriptions {
    /// A record that is left out.
    struct Fault {
        let application: String
        /// Nil when the application as a whole is at fault.
        let field: String?
        let reason: String
        /// Whether Ruby raises on it, and so loses every event; otherwise it passes it over in silence.
        let stopsRuby: Bool

        var text: String { TextTable.oneLine((field.map { "\(application)/\($0)" } ?? application) + ": " + reason) }

        var json: JSONValue {
            [
                "application": .string(application), "field": field.map { .string($0) } ?? nil,
                "broken": .string(reason), "stops_ruby": .bool(stopsRuby),
            ]
        }
    }

    private(set) var subscriptions: [Subscription] = []
    private(set) var faults: [Fault] = []

    /// Reads them, by application and key.
    ///
    /// - Parameter application: only this one, in any spelling.
    init(_ session: Session, application: String? = nil) async throws(RedisError) {
        let registry = SubscriptionRegistry(connection: session.connection, bus: session.keys)
        for read in try await registry.load().sorted(by: { $0.name < $1.name }) {
            if let application, BusName.normalize(application) != BusName.normalize(read.name) { continue }
            if let problem = read.problem {
                faults.append(Fault(application: read.name, field: nil, reason: problem, stopsRuby: true))
            }
            let record = ApplicationRecord(name: read.name, fields: read.records)
            subscriptions += record.subscriptions.sorted { $0.key < $1.key }
            faults += record.faults.map {
                Fault(application: read.name, field: $0.field, reason: $0.reason, stopsRuby: $0.stopsRuby)
            }
        }
    }
}
