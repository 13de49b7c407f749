import BusOperations
import BusProtocol
import BusWire
import CommandInterface
import Logging
import RedisConnection

/// All checks of `busdriver doctor`, one after the other, on one Redis.
struct Examination {
    private let session: Session
    private let incoming: [String]
    private let roles: [RoleRights.Role]
    private let hasScheduler: Bool
    private let diagnosis: Diagnosis

    /// - Parameters:
    ///   - session: lives longer.
    ///   - incoming: the queues that events arrive on.
    ///   - roles: whose rights the user should have; a driver's where none is named.
    ///   - hasScheduler: whether a scheduler's are wanted too, whoever leads.
    init(_ session: Session, incoming: [String], roles: [RoleRights.Role], hasScheduler: Bool) {
        self.session = session
        self.incoming = incoming
        self.roles = roles
        self.hasScheduler = hasScheduler
        diagnosis = Diagnosis(connection: session.connection, bus: session.keys, incoming: incoming)
    }

    func findings() async throws(RedisError) -> [Finding] {
        let obstacle = try await diagnosis.obstacle(session.server)
        let server = try await check("Server") { () throws(RedisError) in
            try await diagnosis.server(session.server, obstacle: obstacle)
        }
        switch obstacle {
        case nil: return try await server + checkRights() + checkBus()
        // What lies there can be read.
        case .replica: return try await server + checkBus()
        case .sentinel, .activeReplica, .cluster, .eviction: return server
        }
    }

    private func checkRights() async throws(RedisError) -> [Finding] {
        let wanted = try await wantedRoles()
        let trial = try await session.connectAgain()
        let findings = try await check("Permissions") { () throws(RedisError) in
            try await diagnosis.permissions(
                of: wanted, lock: session.schedulerLock, trial: trial, feed: try await subscriber().feed,
                login: try session.connection.configuration.credentials()?.username)
        }
        await trial.close()
        return try await findings
            + check("Change tracking") { () throws(RedisError) in [try await tracking()] }
            + (wanted.contains(.scheduler) ? LocalTimeCheck().findings : [])
    }

    private func wantedRoles() async throws(RedisError) -> [RoleRights.Role] {
        var wanted = roles.isEmpty || hasScheduler ? [.driver] + roles.filter { $0 != .driver } : roles
        let leader = try? await SchedulerLock.holder(of: session.schedulerLock, session.connection)
        let isMeant = hasScheduler || roles.isEmpty && leader.map { !$0.isRuby } ?? false
        if isMeant, !wanted.contains(.scheduler) { wanted.append(.scheduler) }
        return wanted
    }

    private func checkBus() async throws(RedisError) -> [Finding] {
        let recovery = DriverRecovery(
            connection: session.connection, bus: session.keys, digests: ScriptDigests(),
            fallbackQueue: incoming.first ?? "bus_incoming")
        return try await check("Persistence") { () throws(RedisError) in
            try await diagnosis.persistence(isLocal: session.connection.configuration.endpoint.isLocal)
        }
            + check("Subscriptions") { () throws(RedisError) in
                let worked = Set(try await livingWorkers().flatMap(\.queues)).subtracting(incoming + ["*"]).sorted()
                return SubscriptionCheck(try await LiveSubscriptions(session), queues: worked).findings
            }
            + check("Types of keys") { () throws(RedisError) in
                let live = try? await LiveSubscriptions(session)
                return try await diagnosis.types(of: Set(live?.subscriptions.map(\.queue) ?? []))
            }
            + check("Queues") { () throws(RedisError) in
                let queues = try await Queues(connection: session.connection, bus: session.keys).all()
                return QueueCheck(queues.filter { !incoming.contains($0.name) }, workers: try await livingWorkers())
                    .findings
            }
            + check("Failures") { () throws(RedisError) in [try await diagnosis.failures()] }
            + check("Leftovers") { () throws(RedisError) in try await diagnosis.leftovers(recovery) }
            + check("Neighbours") { () throws(RedisError) in try await diagnosis.neighbours() }
            + check("Schedulers") { () throws(RedisError) in
                try await diagnosis.schedulers(lock: session.schedulerLock)
            }
            + check("Schedules") { () throws(RedisError) in
                ScheduleEntryCheck(try await session.schedules.contents()).findings
            }
    }

    /// Ruby's workers and our riders that seem to be alive.
    private func livingWorkers() async throws(RedisError) -> [RegisteredWorker] {
        let now = try await RedisClock(connection: session.connection).milliseconds
        return try await Workers(connection: session.connection, bus: session.keys).all(now: now)
            .filter { $0.kind != .driver && !WorkerView($0, now: now / 1000).isStale }
    }

    /// Whether a driver would hear of changed subscriptions: it needs the channel of invalidations and one of its own.
    private func tracking() async throws(RedisError) -> Finding {
        let (feed, id) = try await subscriber()
        let tracking = try await ChangeTracking.begin(
            on: feed, id: id, control: session.connection, options: ["BCAST", "PREFIX", session.keys.appPrefix],
            barrier: session.keys.barrier("doctor")
        ) { _, _ in }
        if tracking.isAnnounced {
            _ = try await session.connection.call("CLIENT", "TRACKING", "OFF")
            await feed.close()
        }
        return Diagnosis.finding(of: tracking)
    }

    private func subscriber() async throws(RedisError) -> (feed: RedisSubscriber, id: Int?) {
        let subscriber = RedisSubscriber(
            configuration: session.connection.configuration, executor: session.connection.executor,
            logger: LogFormat.text.logger(level: .error))
        return (subscriber, try await subscriber.connect().clientID)
    }

    /// A check that Redis does not let happen is a finding too; only a lost connection ends the examination.
    private func check(
        _ name: String, _ check: () async throws(RedisError) -> [Finding]
    ) async throws(RedisError) -> [Finding] {
        do throws(RedisError) {
            return try await check()
        } catch {
            // While Redis executes nothing there is nothing to find out.
            guard case .reply(let reply) = error.code, reply.kind != .busy, reply.kind != .loading else { throw error }
            return [Finding(name, refused: reply)]
        }
    }
}
