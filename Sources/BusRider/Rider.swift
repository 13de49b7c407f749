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
    let performer: any JobPerforming
    let logger: Logger
    /// What the rider has done so far.
    package internal(set) var statistics = RiderStatistics()

    /// What is to happen when Redis has lost this rider's registration.
    var onLostRegistration: @Sendable () -> Void = {}
    /// What is to happen when the rider begins to work.
    var onStart: @Sendable () -> Void = {}

    /// Where it stands between its start and its end.
    package let life: RoleLife<WorkSession>

    // One incarnation.
    var keys: RiderKeys?
    package let registration = Registration<RiderCommands>()
    var wasRolledBack = false
    /// An id that Redis does not know any more, and the batches that it had reserved. They are gone if another rider
    /// recovered it, and still there if only its record is gone.
    var lostIncarnation: (id: String, batches: [Int: String])?

    // Claims.
    var copying = Copying.sort
    var claimed = 0
    var isClaiming = false
    var prefetch = Prefetch()
    /// Queues to work on, as known now.
    var queues: [String] = []
    /// Those that the last claim found not to be lists.
    var unusableQueues: [String] = []
    var wakefulness = Wakefulness()
    var solitude = Solitude()

    // Jobs.
    var slots: [Int: Task<Void, Never>] = [:]
    var board: JobBoard
    var reserved = ReservedBatches()
    var ended = EndedJobs()
    var outstanding: OutstandingSettlement?
    var settled = 0
    var isLookingUp = false
    /// How many jobs had gone back, for riders with free slots, before this one was told to stop.
    var givenBackBeforeStop = 0
    /// Ending jobs on purpose: those that report their cancellation go back to their queues.
    var isCancelling = false

    // The pulse.
    var pulse = Pulse(at: .now)
    /// Nil while nothing is in hand.
    var pulseTimer: (timer: LoopTimer, interval: Duration)?
    var showcase: WorkerShowcase

    // Life.
    /// Redis has answered a claim as it should.
    var hasClaimed = false
    /// A drain was given up.
    var hasLostPatience = false
    /// How long a rider whose time to stop is over tries to tell Redis: with the eight seconds before, less than the
    /// ten that `docker stop` waits.
    private static let farewell = Duration.milliseconds(1500)
    /// There may be entries that wait for `failed` to be a list: at the start those of others.
    var mayHaveWaitingFailures = true

    /// - Parameters:
    ///   - configuration: which queues, and where.
    ///   - performer: the application.
    ///   - executor: the loop.
    ///   - logger: for what an operator must know; contents of jobs are never logged.
    package init(
        configuration: RiderConfiguration, performer: any JobPerforming, executor: LibevExecutor, logger: Logger
    ) {
        let environment = RoleEnvironment {
            try await WorkSession.open(
                configuration.redis, owner: "rider:\(configuration.processID)", need: "a rider",
                scripts: Script.ofRiders, executor: executor, logger: logger)
        }
        self.configuration = configuration
        self.performer = performer
        self.executor = executor
        self.logger = logger
        life = RoleLife(backoff: configuration.redis.backoff, logger: logger, environment: environment)
        board = JobBoard(slots: configuration.concurrency) {}
        showcase = WorkerShowcase(configuration)
    }

    // MARK: - Running

    /// Works until `stop(within:)`, or with `drains` until its queues are empty. Redis may come and go meanwhile, and
    /// refuse for as long as it likes: the rider waits, and says for what. One that drains does not wait at the start,
    /// and later for one lease.
    ///
    /// - Throws: `RedisError` with code `configuration` when, at the start, the configuration can never work; from one
    ///   that drains, whatever keeps it from beginning.
    package func run() async throws -> Ending {
        openBoard()
        defer {
            board.close()
            stopPulse()
        }
        if let ending = try await runSessions() { return ending }
        cancelJobs()
        let unsettled = reserved.jobCount + (outstanding?.jobCount ?? 0)
        return unsettled == 0 && !hasLostPatience ? .finished : .abandoned(jobs: unsettled)
    }

    /// Calls `body` on the loop whenever the rider had to register anew: Redis has lost its registration, and perhaps
    /// more.
    package func onLostRegistration(_ body: @escaping @Sendable () -> Void) {
        onLostRegistration = body
    }

    /// Ends `run`: takes no more jobs, gives back those that no handler has begun, and waits for the others. Returns at
    /// once.
    ///
    /// - Parameter deadline: after it, the handlers are cancelled, and what they do not finish goes back to the queues.
    ///   Nil waits for ever. A second call with a deadline shortens the first.
    package func stop(within deadline: Duration?) {
        if !isStopping {
            beginToStop()
            givenBackBeforeStop = statistics.givenBack
            logger.notice("stopping: no more jobs are taken")
            ended.back += board.withdraw().map(\.ticket)
        }
        if let deadline {
            executor.schedule(after: deadline) { self.assumeIsolated { $0.runOutOfTime() } }
        }
        advance()
    }

    private func runOutOfTime() {
        guard !isCancelling else { return }
        isCancelling = true
        let jobs = board.jobsInHand().count
        if jobs > 0 { logger.warning("the time to stop is over: \(jobs) handlers are cancelled") }
        cancelJobs()
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

    /// Calls `body` on the loop when the rider works for the first time.
    package func onStart(_ body: @escaping @Sendable () -> Void) { onStart = body }

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
        if isStopping || configuration.drains && wakefulness.isAsleep, isAtRest { end(.stopped) }
    }

    /// Nothing is in hand, and nothing is left to settle.
    var isAtRest: Bool { reserved.jobCount == 0 && outstanding == nil && !isClaiming }
}
