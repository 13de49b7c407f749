import BusOperations
import BusProtocol
import BusWire
import LibevExecutor
import RedisConnection

/// Subscribes, publishes, rides and tells.
struct Show: Sendable {
    private let bus: PrivateBus
    private let executor: LibevExecutor
    private let ledger: Ledger
    private let screen: Screen

    private static let eventsPerSecond = 100
    /// How long the last copies may take after the last event.
    private static let patience = Duration.seconds(5)

    init(bus: PrivateBus, executor: LibevExecutor) {
        self.bus = bus
        self.executor = executor
        ledger = Ledger(executor: executor)
        screen = Screen()
    }

    /// Goes on until the task is cancelled.
    ///
    /// - Throws: `CancellationError` then; `RedisError` when busdriver or its Redis has ended by itself.
    func run() async throws {
        let connection = try await bus.connect()
        try await subscribe(over: connection)
        try await bus.waitForDriver(over: connection)
        for subscription in SampleSubscription.all { try await startRider(of: subscription.record.queue) }
        try await screen.introduce(bus, eventsPerSecond: Self.eventsPerSecond)
        try await withThrowingTaskGroup { group in
            group.addTask(executorPreference: executor) { try await publish(over: connection) }
            group.addTask { try await tell(over: connection) }
            try await group.next()
        }
    }

    /// Waits for the last copies.
    ///
    /// - Returns: what came of it all; nil when nothing was published yet.
    func settle() async throws -> Outcome? {
        guard await ledger.totals.published > 0 else { return nil }
        let connection = try await bus.connect()
        let deadline = ContinuousClock.now + Self.patience
        var outcome = try await outcome(over: connection)
        while !outcome.isSettled, .now < deadline {
            try await Task.sleep(for: .milliseconds(20))
            outcome = try await self.outcome(over: connection)
        }
        try await screen.show(outcome)
        return outcome
    }

    func sumUp(_ outcome: Outcome) async {
        try? await screen.sumUp(outcome)
    }

    private func subscribe(over connection: RedisConnection) async throws {
        let writing = SubscriptionWriting(connection: connection, bus: bus.keys)
        for (application, subscriptions) in Dictionary(grouping: SampleSubscription.all.map(\.record), by: \.appKey) {
            try await writing.replace(application, with: subscriptions)
        }
    }

    /// Pops like a Resque worker, only that it waits inside Redis. Ends with its connection.
    private func startRider(of queue: String) async throws {
        let connection = try await bus.connect()
        Task(executorPreference: executor) {
            while true {
                let reply = try await connection.call("BLPOP", bus.keys.queue(queue), "1")
                let moment = ContinuousClock.now
                // Null when nothing came within the second.
                guard reply.count == 2, let job = reply[1].string else { continue }
                await ledger.didPop(job, from: queue, at: moment)
            }
        }
    }

    private func publish(over connection: RedisConnection) async throws {
        var events = SampleEvents()
        var moment = ContinuousClock.now
        while true {
            moment += .seconds(1) / Self.eventsPerSecond
            try await Task.sleep(until: moment, clock: .continuous)
            let event = try events.next()
            await ledger.willPublish(event)
            var pipeline = RedisPipeline()
            pipeline.appendPush([event.element], to: "bus_incoming", bus: bus.keys)
            _ = try await connection.sendChecked(pipeline)
        }
    }

    private func tell(over connection: RedisConnection) async throws {
        while true {
            try await Task.sleep(for: .seconds(1))
            try await screen.show(try await outcome(over: connection))
        }
    }

    private func outcome(over connection: RedisConnection) async throws -> Outcome {
        let failed = try await connection.call("LLEN", bus.keys.failed).integer ?? 0
        return Outcome(totals: await ledger.totals, failed: failed)
    }
}
