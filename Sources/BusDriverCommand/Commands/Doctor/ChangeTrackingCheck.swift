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
        let channels = ["__redis__:invalidate", session.keys.barrier("doctor")]
        do throws(RedisError) {
            try await subscriber.subscribe(channels) { _, _ in }
            _ = try await session.connection.call(
                "CLIENT", "TRACKING", "ON", "REDIRECT", String(server.clientID), "BCAST", "PREFIX",
                session.keys.appPrefix)
            _ = try await session.connection.call("CLIENT", "TRACKING", "OFF")
            await subscriber.close()
            return [Finding(name, .ok, "Changed subscriptions are announced.")]
        } catch {
            await subscriber.close()
            return [
                Finding(
                    name, .warning,
                    "Changes cannot be heard (\(error.message)); the driver reads all subscriptions for each batch.",
                    remedy:
                        "Allow this user &__redis__:invalidate, &\(session.keys.own("barrier:*")) and +client|tracking."
                )
            ]
        }
    }
}
