package import BusCalendar
import BusProtocol
import BusSession
import BusWire
package import LibevExecutor
package import Logging
import RedisConnection

/// Moves delayed jobs to their queues when they fall due, fires recurring ones, and publishes the bus heartbeat (contract §7,
/// protocol §5).
///
/// Of all schedulers of a namespace, Ruby's among them, one leads: it holds a lock in Redis. Whatever it does is done by Redis
/// in one step that asks for the lock, so that a leader which was paused does nothing after another took over. What is due by
/// Redis' clock happens once, whoever comes and goes.
///
/// The actor runs on the libev loop of its connections. It is one sequential loop: what there is to do is done in small steps
/// in turn; else it sleeps until the next due time, or until Redis announces a change.
package actor Scheduler {
    /// How a scheduler ended.
    package enum Ending: Sendable, Equatable {
        /// Another may lead at once.
        case finished
        /// Redis could not be reached in time, so another may lead when the lock has ended by itself.
        case abandoned
    }

    /// The loop that this actor and its connections run on.
    package nonisolated let executor: LibevExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let configuration: SchedulerConfiguration
    let logger: Logger
    let identity: SchedulerLock.Identity
    /// What the scheduler has done so far.
    package internal(set) var statistics = SchedulerStatistics()

    /// The recurring jobs that Redis does not keep.
    var entries: [ScheduleEntry]
    let zones = ZoneDirectory()

    // One session.
    var session: WorkSession?
    let alarm = Alarm()
    var announcements = Announcements()
    var tracking = ChangeTracking.announced
    var clock = SchedulerClock()
    /// When to make sure again that Redis takes writes, in nanoseconds of the monotonic clock.
    var nextProof: UInt64 = 0
    private var backoff: ReconnectBackoff
    private var standstill: Standstill
    private var opening: Task<WorkSession, any Error>?
    private var pausing: Task<Void, any Error>?

    // Leading.
    /// Nil while another leads.
    var office: Office?
    /// Who led when this scheduler last asked, and it was another.
    var otherLeader: String?
    var timetable: Timetable
    /// Redis' clock and that of this host are far from each other.
    var clocksDiffer = false

    // Life.
    /// It has once been able to lead or to follow.
    private var hasServed = false
    private(set) var isStopping = false
    private var hasGivenUp = false
    /// How long a stopping scheduler tries to reach Redis, so that another leads at once.
    private static let farewell = Duration.seconds(2)
    var complaints: ComplaintLog

    /// - Parameters:
    ///   - configuration: what to fire, and where.
    ///   - executor: the loop; drivers may share it.
    ///   - logger: for what an operator must know; contents of jobs are never logged.
    package init(configuration: SchedulerConfiguration, executor: LibevExecutor, logger: Logger) {
        self.configuration = configuration
        self.executor = executor
        self.logger = logger
        complaints = ComplaintLog(logger)
        standstill = Standstill(logger)
        backoff = configuration.redis.backoff
        identity = SchedulerLock.Identity(
            bus: configuration.keys, prefix: configuration.lockPrefix,
            value: SchedulerLock.Identity.uniqueValue(host: configuration.host, processID: configuration.processID))
        entries = configuration.entries
        timetable = Timetable(zone: configuration.zone)
        statistics.schedules = entries.count
    }

    // MARK: - Running

    /// Follows and leads until `stop()`. Redis may come and go meanwhile, and refuse for as long as it likes: the scheduler waits,
    /// and says for what.
    ///
    /// - Throws: `RedisError` with code `configuration` when, at the start, the configuration can never work.
    package func run() async throws -> Ending {
        // A task without this preference would pass through Swift's thread pool after every answer of Redis.
        try await withTaskExecutorPreference(executor) { try await self.runSessions() }
    }

    private func runSessions() async throws -> Ending {
        defer { alarm.dismiss() }
        while !isOver {
            let began = ContinuousClock.now
            var isUserRefused = false
            do {
                let session = try await openSession()
                try await serve(session)
                await closeSession()
                return .finished
            } catch {
                let code = (error as? RedisError)?.code
                // What Redis refuses to this scheduler it may allow to another.
                if case .reply = code, let session { try? await release(session) }
                if session != nil { statistics.reconnects += 1 }
                await closeSession()
                if code == .configuration, !hasServed { throw error }
                isUserRefused = code == .authentication
                standstill.met(error)
            }
            await pause(
                for: backoff.delay(
                    afterConnectionOf: ContinuousClock.now - began, endedByAuthentication: isUserRefused,
                    random: .random(in: 0..<1)))
        }
        return statistics.isLeading ? .abandoned : .finished
    }

    /// One that leads does not end before it has given the lead away or tried for long enough.
    private var isOver: Bool { isStopping && (!statistics.isLeading || hasGivenUp) }

    private func openSession() async throws -> WorkSession {
        let opening = Task(executorPreference: executor) { [configuration, executor, logger] in
            try await WorkSession.open(
                configuration.redis, owner: "scheduler:\(configuration.processID)", need: "a scheduler",
                scripts: Script.ofSchedulers, executor: executor, logger: logger)
        }
        self.opening = opening
        defer { self.opening = nil }
        let session = try await opening.value
        self.session = session
        // Whoever waits for an answer hears of the loss anyway.
        session.onLoss { error in
            self.assumeIsolated { scheduler in
                scheduler.announcements.loss = scheduler.announcements.loss ?? error
                scheduler.alarm.ring()
            }
        }
        announcements = Announcements()
        try await trackChanges(session)
        return session
    }

    private func closeSession() async {
        await session?.close()
        session = nil
    }

    private func pause(for delay: Duration) async {
        let pausing = Task(executorPreference: executor) { [isStopping] in
            try await Task.sleep(for: isStopping ? min(delay, .milliseconds(100)) : delay)
        }
        self.pausing = pausing
        _ = await pausing.result
    }

    /// Ends `run`: finishes the step in hand and gives the lead away; while Redis does not answer, it tries for two seconds.
    /// Returns at once.
    package func stop() {
        guard !isStopping else { return }
        isStopping = true
        if !statistics.isLeading { opening?.cancel() }
        pausing?.cancel()
        alarm.ring()
        executor.schedule(after: Self.farewell) { self.assumeIsolated { $0.giveUp() } }
    }

    private func giveUp() {
        hasGivenUp = true
        opening?.cancel()
        pausing?.cancel()
        guard let session else { return }
        Task(executorPreference: executor) { await session.close() }
    }

    /// Runs other recurring jobs from now on, besides those that Redis keeps. Those that stay keep their slots.
    ///
    /// - Parameter entries: in place of all of the configuration's.
    package func replaceEntries(_ entries: [ScheduleEntry]) {
        self.entries = entries
        announcements.entries = true
        alarm.ring()
    }

    /// The recurring jobs that this scheduler fires; while another leads, those of its own.
    package var schedules: [ScheduleEntry] { office?.roster.entries ?? entries }

    /// Leads or follows, in turn, until it is told to stop.
    private func serve(_ session: WorkSession) async throws(RedisError) {
        while !isStopping {
            guard try await follow(session) else { break }
            try await lead(session)
        }
        try await release(session)
    }

    // MARK: - Standing still

    /// What keeps the scheduler from working now, as an operator would say it, without a full stop; nil while nothing does.
    package var trouble: String? { standstill.trouble }

    /// Redis has accepted what a leader lives on.
    func proveWork() {
        hasServed = true
        standstill.ended()
    }
}
