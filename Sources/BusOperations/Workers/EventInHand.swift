package import BusWire

/// The event that a worker runs, as the job in hand tells. Its attributes are nobody's business.
package struct EventInHand: Sendable, Hashable {
    private let type: String
    private let id: String?
    /// `application/key`; nil while the event is driven.
    private let subscription: String?

    /// - Parameter job: as `worker:<id>` holds it. Nil for a job that is none of the bus.
    package init?(_ job: JSONValue) {
        guard let payload = job["payload"], let className = payload["class"]?.string,
            case .array(let arguments)? = payload["args"],
            let members = JobPayload(className: className, arguments: arguments).event
        else { return nil }
        let event = JSONValue.object(members)
        guard let type = event["bus_event_type"] else { return nil }
        self.type = type.plainText
        id = event["bus_id"]?.string
        subscription = event["bus_rider_app_key"]?.string.map { application in
            application + (event["bus_rider_sub_key"]?.string.map { "/\($0)" } ?? "")
        }
    }

    /// `order_placed 1795240524-3f8e for app_b/key`
    package var text: String {
        type + (id.map { " \($0)" } ?? "") + (subscription.map { " for \($0)" } ?? "")
    }

    /// As a JSON object; what is not known is null.
    package var json: JSONValue {
        [
            "bus_event_type": .string(type), "bus_id": id.map { .string($0) } ?? .null,
            "subscription": subscription.map { .string($0) } ?? .null,
        ]
    }
}
