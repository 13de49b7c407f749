import BusMatching
package import BusProtocol
package import BusSession
import BusWire
package import LibevExecutor
package import Logging
import RedisConnection

/// Drives one incoming list: takes each event, matches it, and hands a copy to the queue of every matching
/// subscription, exactly once (protocol §2).
///
/// The actor runs on the libev loop of its connections, so everything between a claim's reply and its commit happens
/// without a hop. Answers arrive as callbacks on that loop; `BatchSequencer` decides what they lead to.
package actor Driver {
    /// How a driver ended.
    package enum Ending: Sendable, Equatable {
        /// Nothing is left in flight.
        case drained
        /// Redis could not be reached in time; these in-flight lists wait for recovery.
        case abandoned(inFlight: [String])
    }

    /// The loop that this actor and its connections run on.
    package nonisolated let executor: LibevExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let configuration: DriverConfiguration
    let logger: Logger
    /// What the driver has done so far.
    package internal(set) var statistics = DriverStatistics()

    /// Where it stands between its start and its end.
    package let life: RoleLife<DriverSession>
    /// The driver has joined the bus: it may claim.
    var isDriving = false

    // One incarnation.
    var keys: DriverKeys?
    package var commands: DriverCommands?
    package let registration = Registration()
    var sequencer = BatchSequencer(low: 1)
    /// Another driver took over, Redis' history lost a part, or the record is not believed: the own id must be
    /// recovered before a new one is registered.
    var startsAfresh = false
    /// In-flight lists of other drivers that come before everything in the incoming list.
    var predecessors: [String] = []

    // Batches.
    var copying = Copying.sort
    /// Events to ask for: one step towards `affordableEvents` with each claim that leaves some.
    var mostEvents = 16
    /// Events whose copies fit one commit, judged by the last batch.
    var affordableEvents = 512
    let scratch = MatchScratch(limits: .onLoop)
    let drafts: [BatchDraft]
    let largeScratch = LargeScratch()
    /// Of all drafts.
    let unjudged = UnjudgedCopies()
    /// Work beside the loop: the first is being done.
    var besideWork: [BesideWork] = []
    private let lastingContext: DraftContext
    var held: [HeldBatch?] = [nil, nil]
    /// For each lane the commit of its batch; the memory serves the next one.
    var commits = [RedisPipeline(), RedisPipeline()]
    var peeked: HeldBatch?
    var doorbellIsArmed = false

    // Subscriptions.
    var freshness = Freshness()
    var tracking = ChangeTracking.announced
    /// A barrier that was not back at the last renewals, and how many they were.
    var missing: (barrier: Int, renewals: Int)?
    var compiled = CompiledSubscriptions.none
    var announced = AnnouncedChanges.everything
    /// What is being merged beside the loop.
    var merging: [[SegmentPart]] = []
    /// What the log says of subscriptions that are left out, by application.
    var reportedProblems: [String: Set<String>] = [:]

    // Life.
    /// The log says that it drives, and what.
    var isAnnounced = false
    /// `pause-all-workers` says so.
    var isPausedByKey = false
    /// How long a stopping driver tries to reach Redis, so as to leave nothing in flight.
    static let farewell = Duration.seconds(2)
    /// When this incarnation was registered, as Ruby writes it.
    var started = ""
    var isMending = false
    /// There may be batches for the janitor: at the start those of drivers that died.
    var mayNeedMending = true
    package var complaints: ComplaintLog

    /// - Parameters:
    ///   - configuration: what to drive, and where.
    ///   - executor: the loop; several drivers may share it.
    ///   - logger: for what an operator must know; events' contents are never logged.
    package init(configuration: DriverConfiguration, executor: LibevExecutor, logger: Logger) {
        let inspection =
            configuration.inspectsServer ? ServerInspection(bus: configuration.keys, logger: logger) : nil
        self.init(
            configuration: configuration, executor: executor, logger: logger,
            environment: RoleEnvironment {
                try await DriverSession.open(
                    configuration, inspection: inspection, executor: executor, logger: logger)
            })
    }

    /// For tests that put a network of their own between driver and Redis, and that need not wait for the next try to
    /// connect.
    init(
        configuration: DriverConfiguration, executor: LibevExecutor, logger: Logger,
        environment: RoleEnvironment<DriverSession>
    ) {
        let scan = EventScan()
        drafts = (0..<2).map { [scratch, unjudged] _ in BatchDraft(scan: scan, scratch: scratch, unjudged: unjudged) }
        lastingContext = DraftContext(
            now: 0, worker: "", queue: configuration.queue, publishQueue: configuration.publishQueue,
            publishKey: configuration.keys.queue(configuration.publishQueue),
            failuresKey: configuration.keys.waitingFailures,
            failureKeys: [configuration.keys.waitingFailures, configuration.keys.failed],
            host: configuration.host, uuid: configuration.uuid, localOffset: configuration.localOffset)
        self.configuration = configuration
        self.executor = executor
        self.logger = logger
        complaints = ComplaintLog(logger)
        life = RoleLife(backoff: configuration.redis.backoff, logger: logger, environment: environment)
    }

    /// What drafts need to know now. All but time and worker never changes, so it is not put together for each batch.
    var draftContext: DraftContext {
        var context = lastingContext
        context.now = configuration.now()
        context.worker = keys?.worker ?? ""
        return context
    }

    // MARK: - Running

    /// Drives until `stop()`, or with `drains` until the list is empty. Redis may come and go meanwhile, and refuse for
    /// as long as it likes: the driver waits, and says for what. One that drains does not wait at the start, and later
    /// for one lease. Cancelling the task stops it, too.
    ///
    /// - Throws: `RedisError` with code `configuration` when, at the start, the configuration can never work; from one
    ///   that drains, whatever keeps it from beginning.
    package func run() async throws -> Ending {
        // Without an ending it was told to stop while there was no connection, so it could not leave the bus.
        try await runSessions() ?? .abandoned(inFlight: inFlight)
    }

    /// Ends `run`: commits what is in hand, claims nothing more, and while Redis is away tries for two seconds to reach
    /// it. Returns at once.
    package func stop() {
        guard !isStopping else { return }
        beginToStop()
        sequencer.claims = false
        startTask { driver in
            try? await driver.life.sleep(Self.farewell)
            driver.giveUp()
        }
        advance()
    }

    /// Begins a session in which it may claim.
    func beginDriving(_ session: DriverSession, nextLookForTheDead: Duration) {
        sequencer = BatchSequencer(low: sequencer.low)
        sequencer.claims = mayClaim
        held = [nil, nil]
        peeked = nil
        doorbellIsArmed = false
        startTimers(nextLookForTheDead: nextLookForTheDead)
        isDriving = true
        showPause()
        guard isOpen else { return }
        // One that does not claim for now has proved by other writes that it could.
        if !mayClaim { proveWork() }
        advanceFreshness()
    }

    func forgetIncarnation() {
        registration.isForgotten()
        keys = nil
        commands = nil
        startsAfresh = false
        sequencer = BatchSequencer(low: 1)
    }
}
