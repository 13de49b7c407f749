import BusCalendar
import BusProtocol
import BusSession
import BusWire
import LibevExecutor
import Logging
import RedisConnection

/// How a leader learns what there is to do.
extension Scheduler {
    /// How often the whole keyspace is searched for delayed jobs that the schedule does not know.
    private static let searchInterval = Duration.seconds(3600)

    /// How many delayed jobs move in one step, and how many where others are to be disturbed little.
    private static let (batch, smallBatch) = (100, 32)

    /// Becomes the leader: reads everything that earlier leaders have left.
    ///
    /// - Returns: nil when somebody else leads.
    func takeOffice(_ session: WorkSession) async throws(RedisError) -> Office? {
        let keys = configuration.keys
        statistics.elections += statistics.isLeading ? 0 : 1
        statistics.isLeading = true
        try await readClock(session)
        let worker = "\(configuration.host)+swift:\(configuration.processID):scheduler"
        let office = Office(
            registry: ScheduleRegistry(connection: session.control, bus: keys),
            promoter: Promoter(
                connection: session.work, bus: keys, lock: identity,
                mostItems: configuration.promotionShare < 1 ? Self.smallBatch : Self.batch, worker: worker,
                now: configuration.now),
            pace: Pace(share: configuration.promotionShare),
            heartbeat: BusHeartbeat(
                connection: session.control, bus: keys, lock: identity, queue: configuration.publishQueue,
                zone: configuration.zone, host: configuration.host, uuid: configuration.uuid,
                mode: configuration.heartbeat, mostBack: configuration.mostMissedMinutes),
            firings: FiringCommands(bus: keys, lock: identity, digests: session.digests))
        stale.delayed = true
        stale.allSchedules = true
        timetable.load([], states: [:], paused: [])
        guard try await applyChanges(office, session) else { return nil }
        logger.notice(
            "leading",
            metadata: startDetails(
                server: session.server, bus: keys,
                [
                    "schedules": .stringConvertible(office.roster.count), "lock": "\(lockSeconds) s",
                ]))
        warnAboutRuby(office)
        return office
    }

    // MARK: - Schedules

    /// Takes over what has changed since it was last read; where all are to be read, all. What Redis refuses to show is
    /// tried again later, and everything else goes on.
    ///
    /// - Returns: false when somebody else leads.
    func applyChanges(_ office: Office, _ session: WorkSession) async throws(RedisError) -> Bool {
        do throws(RedisError) {
            return try await stale.allSchedules
                ? loadSchedules(office, session) : applyAnnounced(office, session)
        } catch {
            guard case .reply(let refusal) = error.code, refusal.remedy == .fail else { throw error }
            complaints.report("schedules cannot be read", error)
            // Of the changes nobody knows which were taken over; and it may have been the lock that was refused.
            stale.allSchedules = true
            stale.lock = true
            office.schedulesRetry = MonotonicInstant.now + Self.refusalPause
            return true
        }
    }

    private func loadSchedules(_ office: Office, _ session: WorkSession) async throws(RedisError) -> Bool {
        // Else the announcements are another leader's.
        guard try await renewLead(office, session) else { return false }
        stale.allSchedules = false
        let contents = try await office.registry.load()
        let enqueued = try await office.registry.lastEnqueued()
        office.roster = Roster(own: entries, from: configuration.source, in: configuration.environment)
        for (name, json) in contents.persistent { office.roster.putPersistent(read(name, json), as: name) }
        let all = office.roster.entries
        timetable.load(all, states: contents.states, enqueued: enqueued, paused: contents.paused)
        office.strangers = enqueued.keys.map(\.text).filter {
            office.roster[$0] == nil && !$0.isExactly("resquebus_heartbeat")
        }
        statistics.schedules = office.roster.count
        try await awaitChanges(session)
        await attempt("busdriver schedule shows what was") { () async throws(RedisError) in
            try await office.registry.publish(all.map(office.roster.published))
        }
        return true
    }

    private func applyAnnounced(_ office: Office, _ session: WorkSession) async throws(RedisError) -> Bool {
        let names = try await office.registry.takeChanges()
        SchedulerCrashPoint.pass(.afterChangesTaken)
        guard try await renewLead(office, session) else {
            // What another leader should have heard.
            try await office.registry.announce(names)
            return false
        }
        var changed: [PublishedSchedule] = []
        var removed: [String] = []
        for current in try await office.registry.current(names) {
            let isKnown = office.roster[current.name] != nil
            office.roster.putPersistent(current.json.flatMap { read(current.name, $0) }, as: current.name)
            if let entry = office.roster[current.name] {
                timetable.put(
                    entry, state: current.state, enqueued: current.lastEnqueued, isPaused: current.isPaused)
                changed.append(office.roster.published(entry))
                logger.notice("a schedule has changed", metadata: ["name": "\(ShownText.cut(entry.name))"])
            } else {
                timetable.remove(current.name)
                removed.append(current.name)
                guard isKnown else { continue }
                logger.notice("a schedule is gone", metadata: ["name": "\(ShownText.cut(current.name))"])
                // What is still there may be mended, or be meant for another environment.
                if current.json == nil, current.state != nil {
                    try await office.registry.forgetState(current.name)
                }
            }
        }
        statistics.schedules = office.roster.count
        try await awaitChanges(session)
        await attempt("busdriver schedule shows what was") { () async throws(RedisError) in
            try await office.registry.publish(changed: changed, removed: removed)
        }
        return true
    }

    /// Hears of the next change. One that has come meanwhile counts as heard.
    func awaitChanges(_ session: WorkSession) async throws(RedisError) {
        stale.changedSchedules = false
        var pipeline = RedisPipeline()
        tracking.appendCaching(to: &pipeline)
        ScheduleRegistry.appendAreChanged(bus: configuration.keys, to: &pipeline)
        if try await session.control.sendChecked(pipeline).last?.integer == 1 { stale.changedSchedules = true }
    }

    /// Does what nothing depends on.
    private func attempt(_ subject: StaticString, _ body: () async throws(RedisError) -> Void) async {
        do throws(RedisError) {
            try await body()
        } catch {
            // A state that passes is met by everything else as well, and told there.
            if !error.isPassing { complaints.report(subject, error) }
        }
    }

    /// An entry of `persistent_schedules`; nil, and a line in the log, if it cannot run.
    private func read(_ name: String, _ json: [UInt8]) -> ScheduleEntry? {
        var warnings: [ScheduleWarning] = []
        do throws(ScheduleError) {
            let entry = try ScheduleEntry(name: name, json: json, zones: zones, warnings: &warnings)
            for warning in warnings {
                complaints.report(
                    "a schedule is not quite as it should be", ["schedule": "\(name)", "reason": "\(warning)"],
                    most: 20)
            }
            return entry
        } catch {
            complaints.report("a schedule cannot run", ["schedule": "\(name)", "reason": "\(error)"], most: 20)
            return nil
        }
    }

    // MARK: - What others have left

    /// Looks for delayed jobs that the schedule does not know, when there is nothing else to do at first, and every
    /// hour.
    func adoptOrphans(_ office: Office, _ session: WorkSession) {
        guard !office.isPromoting, office.orphanSearch <= .now else { return }
        office.orphanSearch = MonotonicInstant.now + Self.searchInterval
        let jobs = DelayedQueue(connection: session.control, bus: configuration.keys)
        Task(executorPreference: executor) { await self.adoptOrphans(jobs) }
    }

    private func adoptOrphans(_ jobs: DelayedQueue) async {
        // Redis does not announce what this connection has written itself, nor any change after that.
        defer {
            stale.delayed = true
            alarm.ring()
        }
        do throws(RedisError) {
            let times = try await jobs.adoptOrphans()
            guard !times.isEmpty else { return }
            logger.notice(
                "times of delayed jobs were not in the schedule, because a client had died; now they are",
                metadata: ["times": .stringConvertible(times.count)])
        } catch {
            // The session has ended, or is about to.
            if case .reply = error.code, !error.isPassing {
                complaints.report("the search for lost delayed jobs is refused", error)
            }
        }
    }

    /// Schedules in the memory of a Ruby process are known to that process alone.
    private func warnAboutRuby(_ office: Office) {
        defer { otherLeader = nil }
        let unknown = office.strangers.sorted()
        let names = unknown.prefix(10).map(ShownText.cut).joined(separator: ", ") + (unknown.count > 10 ? ", …" : "")
        if let otherLeader, SchedulerLock.Holder(value: otherLeader, remaining: nil).isRuby {
            var details: Logger.Metadata = ["leader": "\(ShownText.cut(otherLeader))"]
            if !unknown.isEmpty { details["unknown"] = "\(names)" }
            logger.warning(
                """
                a Ruby scheduler led before, and the schedules in its memory stop with it; give this one the same file by \
                --schedule
                """, metadata: details)
        } else if !unknown.isEmpty, statistics.elections == 1 {
            logger.warning(
                """
                schedules have fired that this scheduler does not know; give their file by --schedule if they shall go \
                on, else HDEL their names from the key
                """,
                metadata: ["unknown": "\(names)", "key": "\(configuration.keys.lastEnqueuedAt)"])
        }
    }
}
