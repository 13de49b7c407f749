package import BusCalendar
package import BusProtocol
package import BusWire
package import RedisConnection

/// All schedules that Redis knows of, and who leads.
package struct KnownSchedules: Sendable {
    /// By name.
    package let all: [KnownSchedule]
    /// Who leads; nil when nobody does.
    package let leader: SchedulerLock.Holder?
    /// The names of what does not fire, known or not.
    package let paused: Set<ExactString>
    /// Milliseconds of Redis' clock.
    package let now: Int

    /// Reads them, in a few round trips.
    ///
    /// - Parameter lock: the key of the schedulers' lock.
    package init(connection: any RedisClient, bus: BusKeys, lock: String) async throws(RedisError) {
        let registry = ScheduleRegistry(connection: connection, bus: bus)
        leader = try await SchedulerLock.holder(of: lock, connection)
        let contents = try await registry.contents()
        let published = try await registry.published()
        let lastEnqueued = try await registry.lastEnqueued()
        paused = contents.paused
        now = try await RedisClock(connection: connection).milliseconds
        let assembly = ScheduleAssembly(
            leader: leader, contents: contents, published: published, lastEnqueued: lastEnqueued)
        all = assembly.schedules()
    }

    /// These schedules, in this order.
    ///
    /// - Throws: `OperationError` that names the first that does not exist, and those that do.
    package func named(_ names: [String]) throws(OperationError) -> [KnownSchedule] {
        let known = Dictionary(all.map { (ExactString($0.name), $0) }) { first, _ in first }
        var found: [KnownSchedule] = []
        for name in names {
            guard let schedule = known[ExactString(name)] else { throw OperationError(refusal(of: name)) }
            found.append(schedule)
        }
        return found
    }

    private func refusal(of name: String) -> String {
        let shown = all.prefix(10).map(\.name)
        let rest = all.count - shown.count
        let hint =
            shown.isEmpty
            ? "there are none" : "there are \(shown.joined(separator: ", "))" + (rest > 0 ? " and \(rest) more" : "")
        let ruby = leader?.isRuby == true ? " What a Ruby scheduler has in its memory cannot be seen." : ""
        return "There is no schedule '\(name)'; \(hint).\(ruby)"
    }
}

extension [KnownSchedule] {
    /// When they fire next, in the order of time.
    ///
    /// - Parameters:
    ///   - count: how many times of each.
    ///   - time: in milliseconds since 1970.
    ///   - zone: of lines of cron that name none.
    package func upcoming(_ count: Int, after time: Int, zone: ZoneRules) -> [(name: String, time: Int)] {
        flatMap { schedule in
            schedule.upcoming(count, after: time, zone: zone).map { (name: schedule.name, time: $0) }
        }.sorted { ($0.time, $0.name) < ($1.time, $1.name) }
    }
}
