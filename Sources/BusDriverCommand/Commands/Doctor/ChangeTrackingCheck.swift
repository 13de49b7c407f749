import BusStore
import Logging
import RedisConnection

/// Whether a driver may hear of changed subscriptions: it needs the channel of invalidations and one of its own.
struct ChangeTrackingCheck {
    private let session: Session

    init(_ session: Session) {
        self.session = session
    }

    func findings() async throws(RedisError) -> [Finding] {
        let name = "Change tracking"
        let subscriber = RedisSubscriber(
            configuration: session.connection.configuration, executor: session.connection.executor,
            logger: LogFormat.text.logger(level: .error))
        let server = try await subscriber.connect()
        let tracking = try await ChangeTracking.begin(
            on: subscriber, id: server.clientID, control: session.connection,
            options: ["BCAST", "PREFIX", session.keys.appPrefix], barrier: session.keys.barrier("doctor")
        ) { _, _ in }
        guard case .polled(let reason) = tracking else {
            _ = try await session.connection.call("CLIENT", "TRACKING", "OFF")
            await subscriber.close()
            return [Finding(name, .ok, "Changed subscriptions are announced.")]
        }
        return [
            Finding(
                name, .warning,
                "Changes cannot be heard: \(reason). The driver reads all subscriptions for each batch.",
                remedy:
                    "Allow this user &\(ChangeTracking.invalidations), &\(session.keys.own("barrier:*")), +subscribe, "
                    + "+publish, +client|id and +client|tracking.")
        ]
    }
}
