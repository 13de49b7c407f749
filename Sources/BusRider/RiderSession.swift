import BusStore
import LibevExecutor
import Logging
import RedisConnection

/// The connections of one rider between two losses. Any loss ends the whole session; jobs in hand go on meanwhile.
struct RiderSession: Sendable {
    /// Heartbeats, counters of attempts, recovery, what resque-web shows; change tracking hangs on it.
    let control: any RedisClient
    /// Claims and settlements.
    let work: any RedisClient
    /// Hears when a queue gets a job.
    let changes: any ChangeFeed
    /// That connection's client id, to which tracking redirects.
    let changesID: Int
    let digests: ScriptDigests
    /// What to tell of the server in the log.
    let server: String

    /// Connects everything, and tries until it succeeds or the task is cancelled.
    ///
    /// - Throws: `RedisError` when the configuration can never work.
    static func open(
        _ configuration: RiderConfiguration, executor: LibevExecutor, logger: Logger
    ) async throws -> RiderSession {
        func named(_ role: String) -> RedisConfiguration {
            var redis = configuration.redis
            redis.clientName = "rider:\(configuration.processID):\(role)"
            redis.idlePing = nil  // the heartbeat proves that Redis is there
            redis.longestString = DriverCommands.mostEventBytes + (1 << 20)
            return redis
        }
        let control = RedisConnection(configuration: named("control"), executor: executor, logger: logger)
        let work = RedisConnection(configuration: named("work"), executor: executor, logger: logger)
        let changes = RedisSubscriber(configuration: named("changes"), executor: executor, logger: logger)
        do {
            let server = try await control.connectRetrying { server throws(RedisError) in
                guard server.role == .master else {
                    throw RedisError(.unreachable, "it is a \(server.role), and a rider needs the master")
                }
            }
            async let changesID = changes.connect().clientID
            _ = try await work.connect()
            return RiderSession(
                control: control, work: work, changes: changes, changesID: try await changesID,
                digests: try await ScriptDigests(Script.ofRiders, loadingOn: control),
                server: "Redis \(server.version) at \(configuration.redis.endpoint)")
        } catch {
            await control.close()
            await work.close()
            await changes.close()
            throw error
        }
    }

    func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) {
        control.onLoss(body)
        work.onLoss(body)
        changes.onLoss(body)
    }

    func close() async {
        await control.close()
        await work.close()
        await changes.close()
    }
}
