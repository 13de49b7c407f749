package import BusWire

/// An event on its way, as somebody who watches wants to see it.
package struct PassingEvent: Sendable, Hashable {
    /// What the publisher has sent, and when it was driven; nothing about the watcher's own subscription.
    package let attributes: [JSONMember]

    /// - Parameters:
    ///   - element: as the driver has pushed it. Nil for what holds no event.
    ///   - watcher: the application for which it was pushed.
    package init?(element: [UInt8], watcher: String) {
        guard let event = JobPayload(parsing: element)?.event else { return nil }
        // An event that was published again carries these from its first way; they win over the driver's and are shown.
        let isOurs = event.contains { $0.key == "bus_rider_app_key" && $0.value.string == watcher }
        attributes = event.filter { member in
            member.key != "bus_class_proxy" && !(isOurs && member.key.hasPrefix("bus_rider_"))
        }
    }

    /// All attributes, as one JSON object.
    package var json: JSONValue { .object(attributes) }
}
