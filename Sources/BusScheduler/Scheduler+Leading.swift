import BusCalendar
import BusProtocol
import BusSession
import BusWire
import LibevExecutor
import Logging
import RedisConnection

/// What a leader does: one loop, whose steps are all small.
extension Scheduler {
    /// The most firings and notes that are sent at once.
    private static let mostSteps = 100
    /// How long what Redis has refused waits.
    static let refusalPause = Duration.seconds(1)
    /// How often the clock and changed schedules are read where Redis announces nothing.
    private static let rareLook = Duration.seconds(4)

    /// Leads until somebody else does or this scheduler is told to stop.
    func lead(_ session: WorkSession) async throws(RedisError) {
        guard let office = try await takeOffice(session) else { return }
        self.office = office
        defer { self.office = nil }
        while !isStopping {
            if let loss = life.loss { throw loss }
            try await proveWritableAgain(session)
            if clock.isFreshUntil <= .now {
                try await readClock(session)
                if !tracking.isAnnounced { try await awaitChanges(session) }
            }
            if stale.lock || office.renewal <= .now {
                guard try await renewLead(office, session) else { return }
            }
            if stale.changedSchedules || stale.allSchedules, office.schedulesRetry <= .now {
                guard try await applyChanges(office, session) else { return }
            }
            switch try await work(office, session) {
            case .deposed: return
            case .busy: break
            case .idle:
                adoptOrphans(office, session)
                await alarm.sleep(until: nextWake(office), on: executor)
            }
        }
    }

    enum Work {
        /// There may be more to do.
        case busy
        case idle
        case deposed
    }

    /// One step of everything that is due.
    private func work(_ office: Office, _ session: WorkSession) async throws(RedisError) -> Work {
        var isBusy = false
        let now = clock.now
        if let next = timetable.next, next <= now {
            guard try await fire(office, session) else { return .deposed }
            isBusy = true
        }
        if let minute = office.heartbeat.next(after: now), minute <= now {
            guard try await beat(office) else { return .deposed }
            isBusy = true
        }
        try await lookForDueJobs(office, session)
        if let due = office.firstDue, due <= clock.now, office.nextPromotion <= .now {
            guard try await promote(office) else { return .deposed }
            isBusy = true
        }
        if office.failureMove <= .now { try await moveFailures(office, session) }
        return isBusy ? .busy : .idle
    }

    private func nextWake(_ office: Office) -> MonotonicInstant {
        var wake = min(clock.isFreshUntil, office.renewal, nextProof, office.failureMove)
        if !office.isPromoting {
            wake = min(wake, stale.delayed ? office.nextLook : max(office.nextLook, office.precaution))
        }
        if let due = office.firstDue { wake = min(wake, max(clock.monotonic(at: due), office.nextPromotion)) }
        if let next = timetable.next { wake = min(wake, clock.monotonic(at: next)) }
        if let minute = office.heartbeat.next(after: clock.now) { wake = min(wake, clock.monotonic(at: minute)) }
        return wake
    }

    // MARK: - Firings

    /// - Returns: false when somebody else leads.
    private func fire(_ office: Office, _ session: WorkSession) async throws(RedisError) -> Bool {
        let now = clock.now
        let steps = timetable.steps(now: now, believed: clock.believed, limit: Self.mostSteps)
        tell(timetable.takeRemarks())
        guard !steps.isEmpty else {
            await Task.yield()
            return true
        }
        var pipeline = RedisPipeline()
        for step in steps { office.firings.append(step, to: &pipeline) }
        SchedulerCrashPoint.pass(.beforeFireSent)
        let replies = try await session.control.send(pipeline, passing: SchedulerCrashPoint.afterFireSent)
        SchedulerCrashPoint.pass(.afterFireReply)
        var isDeposed = false
        var unclear: [String] = []
        var refusals: [(schedule: String, refusal: RedisErrorReply)] = []
        for (step, reply) in zip(steps, replies) {
            let answer = LeaderAnswer(reply)
            if case .fire = step, answer == .done { statistics.fired += 1 }
            switch timetable.answered(step, answer, now: now) {
            case .none: break
            case .reread(let name): unclear.append(name)
            case .lostLeadership: isDeposed = true
            case .refused(let refusal):
                if refusal.kind == .noScript {
                    office.firings.forgetDigests()
                } else {
                    refusals.append((step.name, refusal))
                }
            }
        }
        if isDeposed { return false }
        for (schedule, refusal) in refusals {
            try refused("a schedule cannot fire", refusal, ["schedule": "\(schedule)"])
        }
        if !unclear.isEmpty {
            for current in try await office.registry.current(unclear) { timetable.restate(current.name, current.state) }
        }
        return true
    }

    private func tell(_ remarks: [(name: String, remark: FiringPlan.Remark)]) {
        for (name, remark) in remarks {
            switch remark {
            case .silent(let milliseconds):
                complaints.report(
                    "a schedule is silent: Redis' clock went back, and has to pass again what it has fired for",
                    ["schedule": "\(name)", "seconds": "\(milliseconds / 1000)"], most: 20)
            case .clamped(let milliseconds):
                complaints.report(
                    "the last firing of a schedule lay in the future; firings count from now on",
                    ["schedule": "\(name)", "seconds": "\(milliseconds / 1000)"], most: 20)
            case .incredible:
                complaints.report(
                    """
                    when a schedule last fired is not believed, since it lies in the future or is no time; what a Ruby \
                    scheduler has fired may fire again
                    """, ["schedule": "\(name)", "key": "\(configuration.keys.lastEnqueuedAt)"], most: 20)
            case .unbelieved(let text):
                complaints.report(
                    Doubt(
                        configuration.keys.scheduleFirings, field: name, value: Array(text.utf8),
                        consequence: "the firings of that schedule count from now on"))
            }
        }
    }

    // MARK: - Heartbeat

    /// - Returns: false when somebody else leads.
    private func beat(_ office: Office) async throws(RedisError) -> Bool {
        let beat = try await office.heartbeat.beat(now: clock.now, believed: clock.believed)
        if let remark = beat.remark {
            logger.warning("the bus heartbeat is not as it should be", metadata: ["reason": "\(remark)"])
        }
        switch beat.outcome {
        case .published(let minutes): statistics.heartbeats += minutes
        case .nothing, .busy: break
        case .refused(let refusal): try refused("the bus heartbeat cannot be published", refusal)
        case .notLeader: return false
        }
        return true
    }

    /// Redis refused something. If it is this alone, that is told, and the lock is looked at.
    ///
    /// - Throws: `RedisError` when Redis is in a state that passes.
    func refused(
        _ subject: StaticString, _ refusal: RedisErrorReply, _ details: Logger.Metadata = [:]
    ) throws(RedisError) {
        if refusal.isPassing { throw .refusal(refusal) }
        complaints.report(subject, details.merging(["reason": "\(refusal.message)"]) { $1 })
        stale.lock = true
    }

    // MARK: - Clock

    /// Reads Redis' clock, and says what is wrong with it. Where Redis announces nothing, the leader has more to ask
    /// for, and asks for the time less often.
    func readClock(_ session: WorkSession) async throws(RedisError) {
        let jump = clock.read(
            try await RedisClock.microseconds(session.control),
            freshness: tracking.isAnnounced ? SchedulerClock.freshness : Self.rareLook)
        switch jump {
        case .forward(let milliseconds):
            logger.warning(
                "Redis' clock went forward; what has fallen due by that is done now",
                metadata: ["milliseconds": .stringConvertible(milliseconds)])
        case .back(let milliseconds):
            logger.warning(
                "Redis' clock went back; what was done does not happen again until it has caught up",
                metadata: ["milliseconds": .stringConvertible(milliseconds)])
        case nil: break
        }
        if jump != nil { timetable.clockJumped() }
        // Applications delay jobs by their own clocks.
        if let difference = clock.newDifference(from: configuration.now()) {
            logger.warning(
                "Redis' clock is ahead of this host's; everything falls due by Redis' clock",
                metadata: ["seconds": .stringConvertible(difference)])
        }
    }
}
