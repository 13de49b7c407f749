package import BusProtocol
package import BusSession
import BusWire
package import LibevExecutor
package import Logging
import RedisConnection

/// Works on queues: claims jobs, has the application run many of them at once, and settles in Redis what came of them
/// (protocol §4).
///
/// The actor runs on the libev loop of its connections; jobs run on Swift's thread pool. A `JobBoard` stands between
/// them. At every instant a job is in its queue or in a reserved list of a rider, so that kill -9 at any step makes it
/// run again and never loses it: a job runs at least once.
package actor Rider {
    /// How a rider ended.
    package enum Ending: Sendable, Equatable {
        /// Every job that it had taken is settled.
        case finished
        /// So many jobs are back at the head of their queues; handlers of some may not have heard of it yet.
        case gaveBack(jobs: Int)
        /// Redis could not be reached in time, or kept a drain from going on; so many jobs stay reserved until another
        /// rider recovers them.
        case abandoned(jobs: Int)
    }

    /// The loop that this actor and its connections run on.
    package nonisolated let executor: LibevExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let configuration: RiderConfiguration
    let logger: Logger
    private(set) var listeners = Listeners()

    /// Where it stands between its start and its end.
    package let life: RoleLife<WorkSession>
    /// A drain was given up.
    var hasLostPatience = false

    // One incarnation.
    package let registration = Registration<RiderCommands>()
    var recoveries = Recoveries()

    // What decides, each about its own state.
    let queues: QueueWatch
    let claimer: Claimer
    let slots: Slots
    let settler: Settler
    let pulse: PulseTimer

    /// How long a rider whose time to stop is over tries to tell Redis: with the eight seconds before, less than the
    /// ten that `docker stop` waits.
    private static let farewell = Duration.milliseconds(1500)

    /// - Parameters:
    ///   - configuration: which queues, and where.
    ///   - performer: the application.
    ///   - executor: the loop.
    ///   - logger: for what an operator must know; contents of jobs are never logged.
    package init(
        configuration: RiderConfiguration, performer: any JobPerforming, executor: LibevExecutor, logger: Logger
    ) {
        self.init(
            configuration: configuration, performer: performer, executor: executor, logger: logger,
            environment: RoleEnvironment {
                try await WorkSession.open(
                    configuration.redis, owner: "rider:\(configuration.processID)", need: "a rider",
                    scripts: Script.ofRiders, executor: executor, logger: logger)
            })
    }

    /// - Parameter environment: the network, and how to wait between two tries to reach it.
    package init(
        configuration: RiderConfiguration, performer: any JobPerforming, executor: LibevExecutor, logger: Logger,
        environment: RoleEnvironment<WorkSession>
    ) {
        self.configuration = configuration
        self.executor = executor
        self.logger = logger
        life = RoleLife(backoff: configuration.redis.backoff, logger: logger, environment: environment)
        queues = QueueWatch(configuration.queues, incoming: configuration.incoming)
        claimer = Claimer(slots: configuration.concurrency)
        slots = Slots(configuration, performer: performer, executor: executor)
        settler = Settler(keys: configuration.keys)
        pulse = PulseTimer(executor)
    }

    /// The keys of the present incarnation; nil while it is not registered.
    var keys: RiderKeys? { commands?.keys }

    /// What the rider has done so far.
    package var statistics: RiderStatistics {
        var statistics = settler.statistics
        statistics.claims = claimer.claims
        statistics.reconnects = life.reconnects
        statistics.fenced = recoveries.losses
        statistics.recovered = recoveries.jobs
        return statistics
    }

    // MARK: - Running

    /// Works until `stop(within:)`, or with `drains` until its queues are empty. Redis may come and go meanwhile, and
    /// refuse for as long as it likes: the rider waits, and says for what. One that drains does not wait at the start,
    /// and later for one lease.
    ///
    /// - Throws: `RedisError` with code `configuration` when, at the start, the configuration can never work; from one
    ///   that drains, whatever keeps it from beginning.
    package func run() async throws -> Ending {
        openSlots()
        defer {
            slots.board.close()
            pulse.stop()
        }
        if let ending = try await runSessions() { return ending }
        slots.cancelJobs()
        let unsettled = settler.unsettledCount
        return unsettled == 0 && !hasLostPatience ? .finished : .abandoned(jobs: unsettled)
    }

    /// Calls `body` on the loop whenever the rider had to register anew: Redis has lost its registration, and perhaps
    /// more.
    package func onLostRegistration(_ body: @escaping @Sendable () -> Void) { listeners.lostRegistration = body }

    /// Ends `run`: takes no more jobs, gives back those that no handler has begun, and waits for the others. Returns at
    /// once.
    ///
    /// - Parameter deadline: after it, the handlers are cancelled, and what they do not finish goes back to the queues.
    ///   Nil waits for ever. A second call with a deadline shortens the first.
    package func stop(within deadline: Duration?) {
        if !isStopping {
            beginToStop()
            settler.beginToStop()
            logger.notice("stopping: no more jobs are taken")
            settler.giveBack(slots.board.withdraw(), at: .now)
        }
        if let deadline {
            executor.schedule(after: deadline) { self.assumeIsolated { $0.runOutOfTime() } }
        }
        advance()
    }

    private func runOutOfTime() {
        guard !slots.areEnding else { return }
        let jobs = slots.board.jobsInHand().count
        if jobs > 0 {
            logger.warning(
                "the time to stop is over: handlers are cancelled", metadata: ["jobs": .stringConvertible(jobs)])
        }
        slots.end()
        // A handler that heeds its cancellation gets a moment to say what came of it.
        executor.schedule(after: .milliseconds(500)) {
            self.assumeIsolated { rider in
                rider.tryNoMore()
                rider.end(.stopped)
            }
        }
        executor.schedule(after: Self.farewell) {
            self.assumeIsolated { rider in
                rider.giveUp()
                rider.closeConnections()
            }
        }
    }

    /// Cancels the handlers that run, which counts as a failure of their jobs unless the rider is ending. A handler
    /// that does not heed it keeps its slot.
    package func cancelJobs() { slots.cancelJobs() }

    /// Calls `body` on the loop when the rider works for the first time.
    package func onStart(_ body: @escaping @Sendable () -> Void) { listeners.start = body }

    /// The record of this rider says what no rider wrote: it starts afresh, and what it has reserved goes back.
    func disbelieve(_ field: String, _ value: [UInt8]?) {
        complaints.report(
            Doubt(
                configuration.keys.rider(keys?.id ?? ""), field: field, value: value,
                consequence: "this rider starts afresh"))
        end(.rolledBack(reason: "its record is not believed"))
    }

    // MARK: - What comes next

    /// Does whatever can be done now. Called after everything that may have changed that.
    func advance() {
        guard isWorking else { return }
        let progress = collect()
        advanceSettling()
        advanceClaims(progress)
        adjustPulse()
        if isStopping || configuration.drains && queues.isAsleep, isAtRest { end(.stopped) }
    }

    /// Nothing is in hand, and nothing is left to settle.
    var isAtRest: Bool { settler.isAtRest && !isClaiming }

    /// Jobs may be reserved that the rider does not know of yet.
    var isClaiming: Bool { claimer.isUnderWay }

    /// Has the slots take jobs of this incarnation.
    func openSlots() {
        slots.open { self.assumeIsolated { $0.advance() } }
    }

    /// What others want to hear of the rider.
    struct Listeners {
        /// It works for the first time.
        var start: @Sendable () -> Void = {}
        /// Redis had lost its registration.
        var lostRegistration: @Sendable () -> Void = {}
    }
}
