package import BusProtocol
import BusWire
package import RedisConnection

extension Diagnosis {
    /// Whether a driver would hear of changed subscriptions: it needs the channel of invalidations and one of its own.
    package func changeTracking() async throws(RedisError) -> Finding {
        let (feed, id) = try await connectSubscriber()
        let tracking = try await ChangeTracking.begin(
            on: feed, id: id, control: connection, options: ["BCAST", "PREFIX", bus.appPrefix],
            barrier: bus.barrier("doctor")
        ) { _, _ in }
        if tracking.isAnnounced {
            _ = try await connection.call("CLIENT", "TRACKING", "OFF")
            await feed.close()
        }
        return Self.finding(of: tracking)
    }

    /// What it means to a driver how Redis tells of changed subscriptions.
    package static func finding(of tracking: ChangeTracking) -> Finding {
        let name = "Change tracking"
        guard case .polled(let reason) = tracking else {
            return Finding(name, .ok, "Changed subscriptions are announced.")
        }
        return Finding(
            name, .warning, "Changes cannot be heard: \(reason). The driver reads all subscriptions for each batch.",
            remedy: tracking.isForbidden
                ? "Allow this user what is listed under Permissions."
                : "There is nothing to allow: this server, or a proxy before it, has no CLIENT TRACKING with BCAST and "
                    + "REDIRECT. Redis and Valkey have it; without it, all works more slowly.")
    }
}
