import BusMatching
import BusProtocol
import BusSession
import BusWire
package import LibevExecutor
package import Logging
import RedisConnection

/// Drives one incoming list: takes each event, matches it, and hands a copy to the queue of every matching subscription,
/// exactly once (protocol §2).
///
/// The actor runs on the libev loop of its connections, so everything between a claim's reply and its commit happens without a
/// hop. Answers arrive as callbacks on that loop; `BatchSequencer` decides what they lead to.
package actor Driver {
    /// How a driver ended.
    package enum Ending: Sendable, Equatable {
        /// Nothing is left in flight.
        case drained
        /// Redis could not be reached in time; these in-flight lists wait for recovery.
        case abandoned(inFlight: [String])
    }

    /// Why a session ended.
    enum SessionEnd: Sendable {
        case stopped
        case lost(RedisError)
        case failed(BatchSequencer.Failure, reason: String)
    }

    /// The loop that this actor and its connections run on.
    package nonisolated let executor: LibevExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let configuration: DriverConfiguration
    let logger: Logger
    /// What the driver has done so far.
    package internal(set) var statistics = DriverStatistics()

    // One session.
    private let openConnections: @Sendable () async throws -> DriverSession
    private let sleep: @Sendable (Duration) async throws -> Void
    private var backoff: ReconnectBackoff
    var session: DriverSession?
    /// Tells callbacks of an older session from those of this one.
    var generation = 0
    private var sessionEnd: CheckedContinuation<SessionEnd, Never>?
    private var earlyEnd: SessionEnd?
    var timers: [LoopTimer] = []
    /// The driver has joined the bus: it may claim.
    private(set) var isDriving = false
    /// A claim was accepted in this session.
    var isProven = false
    var standstill: Standstill

    // One incarnation.
    var keys: DriverKeys?
    var commands: DriverCommands?
    var sequencer = BatchSequencer(low: 1)
    /// Another driver took over, Redis' history lost a part, or the record is not believed: the own id must be recovered before a
    /// new one is registered.
    var startsAfresh = false
    var redisClock = RedisClock()
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
    /// The driver has once been ready to claim.
    var hasJoined = false
    /// The log says that it drives, and what.
    var isAnnounced = false
    private(set) var isStopping = false
    /// A drain has met trouble, and looks after one lease whether that has passed.
    var isLosingPatience = false
    /// `pause-all-workers` says so.
    var isPausedByKey = false
    var isPausedBySignal = false
    /// What the record says of that.
    var isPauseShown = false
    private var opening: Task<DriverSession, any Error>?
    private var pausing: Task<Void, any Error>?
    /// Stopping, and Redis did not come back in time.
    private var hasGivenUp = false
    /// How long a stopping driver tries to reach Redis, so as to leave nothing in flight.
    static let farewell = Duration.seconds(2)
    var renewals = 0
    /// When this incarnation was registered, as Ruby writes it.
    var started = ""
    var isMending = false
    /// There may be batches for the janitor: at the start those of drivers that died.
    var mayNeedMending = true
    var complaints: ComplaintLog

    /// - Parameters:
    ///   - configuration: what to drive, and where.
    ///   - executor: the loop; several drivers may share it.
    ///   - logger: for what an operator must know; events' contents are never logged.
    package init(configuration: DriverConfiguration, executor: LibevExecutor, logger: Logger) {
        self.init(configuration: configuration, executor: executor, logger: logger) {
            try await DriverSession.open(configuration, executor: executor, logger: logger)
        }
    }

    /// For tests that put a network of their own between driver and Redis, and that need not wait for the next try to connect.
    init(
        configuration: DriverConfiguration, executor: LibevExecutor, logger: Logger,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        openConnections: @escaping @Sendable () async throws -> DriverSession
    ) {
        let scan = EventScan()
        drafts = (0..<2).map { [scratch, unjudged] _ in BatchDraft(scan: scan, scratch: scratch, unjudged: unjudged) }
        lastingContext = DraftContext(
            now: 0, worker: "", queue: configuration.queue, publishQueue: configuration.publishQueue,
            publishKey: configuration.keys.queue(configuration.publishQueue),
            failuresKey: configuration.keys.waitingFailures,
            failureKeys: [configuration.keys.waitingFailures, configuration.keys.failed],
            host: configuration.host, uuid: configuration.uuid, localOffset: configuration.localOffset)
        self.openConnections = openConnections
        self.sleep = sleep
        backoff = configuration.redis.backoff
        self.configuration = configuration
        self.executor = executor
        self.logger = logger
        complaints = ComplaintLog(logger)
        standstill = Standstill(logger)
    }

    /// What drafts need to know now. All but time and worker never changes, so it is not put together for each batch.
    var draftContext: DraftContext {
        var context = lastingContext
        context.now = configuration.now()
        context.worker = keys?.worker ?? ""
        return context
    }

    // MARK: - Running

    /// Drives until `stop()`, or with `drains` until the list is empty. Redis may come and go meanwhile, and refuse for as long
    /// as it likes: the driver waits, and says for what. One that drains does not wait at the start, and later for one lease.
    ///
    /// - Throws: `RedisError` with code `configuration` when, at the start, the configuration can never work; from one that
    ///   drains, whatever keeps it from beginning.
    package func run() async throws -> Ending {
        while !isOver {
            let began = ContinuousClock.now
            var isUserRefused = false
            do {
                try await openSession()
                let end = try await drive()
                await closeSession()
                if case .stopped = end { return .drained }
                settle(end)
                if case .lost(let error) = end, cannotBegin { throw error }
            } catch {
                await closeSession()
                let code = (error as? RedisError)?.code
                if code == .configuration && !hasJoined || cannotBegin { throw error }
                isUserRefused = code == .authentication
                standstill.met(error)
            }
            limitPatience()
            await pause(
                for: backoff.delay(
                    afterConnectionOf: ContinuousClock.now - began, endedByAuthentication: isUserRefused,
                    random: .random(in: 0..<1)))
        }
        // It was told to stop while there was no connection, so it could not leave the bus.
        return .abandoned(inFlight: inFlight)
    }

    /// A driver that is registered does not end before it has left the bus or tried for long enough.
    private var isOver: Bool { isStopping && (keys == nil || hasGivenUp) }

    private func pause(for delay: Duration) async {
        let pausing = Task(executorPreference: executor) { [isStopping, sleep] in
            try await sleep(isStopping ? min(delay, .milliseconds(100)) : delay)
        }
        self.pausing = pausing
        _ = await pausing.result
    }

    /// Ends `run`: commits what is in hand, claims nothing more, and while Redis is away tries for two seconds to reach it.
    /// Returns at once.
    package func stop() {
        guard !isStopping else { return }
        isStopping = true
        sequencer.claims = false
        pausing?.cancel()
        if keys == nil { opening?.cancel() }
        startTask { driver in
            try? await driver.sleep(Self.farewell)
            driver.giveUp()
        }
        advance()
    }

    private func giveUp() {
        hasGivenUp = true
        opening?.cancel()
        pausing?.cancel()
    }

    /// Ends `run` although Redis cannot be told.
    func abandon() {
        isStopping = true
        sequencer.claims = false
        giveUp()
        if let session { startTask { _ in await session.close() } }
    }

    private func openSession() async throws {
        let opening = Task(executorPreference: executor) { [openConnections] in try await openConnections() }
        self.opening = opening
        defer { self.opening = nil }
        let session = try await opening.value
        if generation > 0 { statistics.reconnects += 1 }
        generation += 1
        self.session = session
        earlyEnd = nil
        let lost: @Sendable (RedisError) -> Void = { [generation] error in
            self.assumeIsolated { $0.lost(error, generation: generation) }
        }
        for client in session.clients { client.onLoss(lost) }
        session.changes.onLoss(lost)
    }

    /// Joins the bus and drives until something ends the session.
    private func drive() async throws -> SessionEnd {
        guard let session else { preconditionFailure("a session is open") }
        let nextLookForTheDead = try await joinBus(session)
        sequencer = BatchSequencer(low: sequencer.low)
        sequencer.claims = mayClaim
        held = [nil, nil]
        peeked = nil
        doorbellIsArmed = false
        startTimers(nextLookForTheDead: nextLookForTheDead)
        isDriving = true
        showPause()
        isProven = false
        if earlyEnd == nil {
            // One that does not claim for now has proved by other writes that it could.
            if !mayClaim { proveWork() }
            advanceFreshness()
        }
        let end = await withCheckedContinuation { continuation in
            if let earlyEnd { continuation.resume(returning: earlyEnd) } else { sessionEnd = continuation }
        }
        if case .stopped = end { try await leaveBus(session) }
        return end
    }

    private func closeSession() async {
        for timer in timers { timer.cancel() }
        timers = []
        isDriving = false
        generation += 1
        await session?.close()
        session = nil
    }

    /// Runs something beside the driving. On the loop throughout: without that preference a continuation passes through
    /// Swift's thread pool, and whoever blocks the pool would hold up the driver.
    func startTask(_ body: @escaping @Sendable (isolated Driver) async -> Void) {
        Task(executorPreference: executor) { await body(self) }
    }

    /// Asks Redis something within this session. An answer that comes after the session's end changes nothing, and a loss ends
    /// it.
    func ask(
        _ client: any RedisClient, _ pipeline: RedisPipeline, timeout: Duration? = nil,
        then answered: @escaping @Sendable (isolated Driver, RedisReplies) -> Void
    ) {
        client.submit(pipeline, timeout: timeout) { [generation] result in
            self.assumeIsolated { driver in
                guard driver.isCurrent(generation) else { return }
                switch result {
                case .failure(let error): driver.end(.lost(error))
                case .success(let replies): answered(driver, replies)
                }
            }
        }
    }

    /// Ends the session once; later reasons are consequences of the first.
    func end(_ end: SessionEnd) {
        guard earlyEnd == nil else { return }
        earlyEnd = end
        sessionEnd?.resume(returning: end)
        sessionEnd = nil
    }

    func lost(_ error: RedisError, generation: Int) {
        if generation == self.generation { end(.lost(error)) }
    }

    /// Whether the session still runs; callbacks that come later change nothing.
    func isCurrent(_ generation: Int) -> Bool { generation == self.generation && isOpen }

    /// Nothing has ended the session yet.
    var isOpen: Bool { session != nil && earlyEnd == nil }

    /// Draws the consequences of a session's end for the next one.
    private func settle(_ end: SessionEnd) {
        switch end {
        case .stopped: break
        case .lost(let error): standstill.met(error)
        case .failed(.reset, let reason): complaints.report("a batch is claimed anew", ["reason": "\(reason)"])
        case .failed(.fenced, let reason):
            statistics.fenced += 1
            complaints.report("the driver's lease is lost", ["reason": "\(reason)"])
            startsAfresh = true
        case .failed(.rolledBack, let reason):
            complaints.report("Redis has lost a part of its history", ["reason": "\(reason)"])
            startsAfresh = true
        }
    }

    func forgetIncarnation() {
        isPauseShown = false
        keys = nil
        commands = nil
        startsAfresh = false
        sequencer = BatchSequencer(low: 1)
    }
}
