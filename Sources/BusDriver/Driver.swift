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
    /// Where it stands between its start and its end.
    package let life: RoleLife<DriverSession>

    package let registration = Registration<DriverCommands>()
    var predecessors = Predecessors()

    // Batches.
    let lanes: Lanes
    let doorbell: Doorbell
    let feed: SubscriptionFeed
    let drafting: DraftingTools
    let beside: BesideLoop
    let janitor = Janitor()
    let tally = DriverTally()
    /// How this Redis copies a batch.
    var copying = Copying.sort

    /// How long a stopping driver tries to reach Redis, so as to leave nothing in flight.
    static let farewell = Duration.seconds(2)

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

    /// - Parameter environment: the network, and how to wait between two tries to reach it.
    package init(
        configuration: DriverConfiguration, executor: LibevExecutor, logger: Logger,
        environment: RoleEnvironment<DriverSession>
    ) {
        let drafting = DraftingTools(configuration)
        self.drafting = drafting
        lanes = Lanes(
            (0..<2).map { Lane($0, draft: drafting.draft()) }, mostPerBatch: configuration.mostPerBatch)
        doorbell = Doorbell(draft: drafting.draft())
        beside = BesideLoop(executor)
        feed = SubscriptionFeed(keys: configuration.keys)
        self.configuration = configuration
        self.executor = executor
        self.logger = logger
        life = RoleLife(backoff: configuration.redis.backoff, logger: logger, environment: environment)
    }

    /// The keys of the present incarnation; nil while it is not registered.
    var keys: DriverKeys? { commands?.keys }

    /// What the driver has done so far.
    package var statistics: DriverStatistics {
        var statistics = tally.statistics
        statistics.reconnects = life.reconnects
        return statistics
    }

    /// The keys of the lists that may hold events which this driver has claimed and not, for all it knows, committed.
    ///
    /// While it drives these come and go; after the connection was lost they wait for recovery.
    package var inFlight: [String] {
        guard let keys else { return [] }
        return lanes.perhapsInFlight.map(keys.inFlight)
    }

    var draftContext: DraftContext { drafting.context(now: configuration.now(), worker: keys?.worker ?? "") }

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
        startTask { driver in
            try? await driver.life.sleep(Self.farewell)
            driver.giveUp()
        }
        advance()
    }
}
