import BusProtocol
import BusWire
package import RedisConnection

extension Diagnosis {
    /// The checks that can be made on this server, in their order.
    package func checks() async throws(RedisError) -> [Check] {
        let obstacle = try await obstacle()
        let server = Check("Server") { () throws(RedisError) in try await self.server(obstacle: obstacle) }
        switch obstacle {
        case nil: return try await [server] + checksOfRights(of: wantedRoles()) + checksOfBus
        // What lies there can be read.
        case .replica: return [server] + checksOfBus
        case .sentinel, .activeReplica, .cluster, .eviction: return [server]
        }
    }

    private func wantedRoles() async throws(RedisError) -> [RoleRights.Role] {
        let (roles, hasScheduler) = (scope.roles, scope.hasScheduler)
        var wanted = roles.isEmpty || hasScheduler ? [.driver] + roles.filter { $0 != .driver } : roles
        let leader = try? await SchedulerLock.holder(of: scope.lock, connection)
        let isMeant = hasScheduler || roles.isEmpty && leader.map { !$0.isRuby } ?? false
        if isMeant, !wanted.contains(.scheduler) { wanted.append(.scheduler) }
        return wanted
    }

    private func checksOfRights(of roles: [RoleRights.Role]) -> [Check] {
        [
            Check("Permissions") { () throws(RedisError) in try await permissions(of: roles) },
            Check("Change tracking") { () throws(RedisError) in [try await changeTracking()] },
        ] + (roles.contains(.scheduler) ? [Check("Local time") { LocalTimeCheck(scope.localTime).findings }] : [])
    }

    private var checksOfBus: [Check] {
        [
            Check("Persistence") { () throws(RedisError) in
                try await persistence(isLocal: connection.configuration.endpoint.isLocal)
            },
            Check("Subscriptions") { () throws(RedisError) in try await subscriptions() },
            Check("Types of keys") { () throws(RedisError) in
                let live = try? await LiveSubscriptions(connection: connection, bus: bus)
                return try await types(of: Set(live?.subscriptions.map(\.queue) ?? []))
            },
            Check("Queues") { () throws(RedisError) in try await queues() },
            Check("Failures") { () throws(RedisError) in [try await failures()] },
            Check("Leftovers") { () throws(RedisError) in try await leftovers() },
            Check("Neighbours") { () throws(RedisError) in try await neighbours() },
            Check("Schedulers") { () throws(RedisError) in try await schedulers() },
            Check("Schedules") { () throws(RedisError) in
                ScheduleEntryCheck(try await ScheduleRegistry(connection: connection, bus: bus).contents()).findings
            },
        ]
    }

    // MARK: - Checks that look at workers

    private func subscriptions() async throws(RedisError) -> [Finding] {
        let worked = Set(try await livingWorkers().flatMap(\.queues)).subtracting(scope.incoming + ["*"]).sorted()
        return SubscriptionCheck(try await LiveSubscriptions(connection: connection, bus: bus), queues: worked).findings
    }

    private func queues() async throws(RedisError) -> [Finding] {
        let queues = try await Queues(connection: connection, bus: bus).all()
        return QueueCheck(queues.filter { !scope.incoming.contains($0.name) }, workers: try await livingWorkers())
            .findings
    }

    /// Ruby's workers and our riders that seem to be alive.
    private func livingWorkers() async throws(RedisError) -> [RegisteredWorker] {
        let now = try await RedisClock(connection: connection).milliseconds
        return try await Workers(connection: connection, bus: bus).all(now: now)
            .filter { $0.kind != .driver && !WorkerView($0, now: now / 1000).isStale }
    }
}
