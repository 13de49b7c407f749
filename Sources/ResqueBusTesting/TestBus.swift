import BusRider
import BusWire
import FoundationEssentials
public import ResqueBus

/// A bus for tests of applications: driver, queues, scheduler and riders in memory, with a clock that the test moves.
///
/// ```swift
/// let kit = try TestBus { bus in [greeter(publishingOn: bus)] }
/// try await kit.publish("user_created", ["id": 1])
/// try await kit.drain()
/// #expect(await kit.published("welcome_sent").count == 1)
/// #expect(await kit.failures.isEmpty)
/// ```
///
/// Events are matched and copied, jobs run and retried by the code that does it in production; only Redis is missing.
/// What a handler publishes or enqueues comes here, on whatever ``Bus`` it does so; in a detached task only on ``bus``.
/// What waits for its time can be taken out by ``Bus/delayed``. Whatever else needs Redis (subscribing, looking into
/// queues, schedules) is not possible on it.
///
/// One job runs at a time, so a test runs the same way each time.
public actor TestBus {
    /// Publishes and enqueues to this kit.
    public nonisolated let bus: Bus
    /// The kit's clock. Timeouts of handlers are measured by the system's.
    public nonisolated let clock: ManualClock

    let memory: MemoryQueues
    let incoming: String
    /// What the applications work on, in their order.
    let queues: [String]
    let driver: MemoryDriver
    let router: JobRouter
    /// The jobs that have failed for good and the elements that could not be driven, in order.
    public internal(set) var failures: [FailedJob] = []

    /// - Parameters:
    ///   - applications: those that run in the test.
    ///   - second: where the clock stands at first, in epoch seconds.
    /// - Throws: ``BusError`` for a mistake in an application.
    public init(applications: [Application], startingAt second: Int = 1_700_000_000) throws(BusError) {
        try self.init(startingAt: second) { _ in applications }
    }

    /// For applications that are made with the bus that they publish on.
    ///
    /// - Parameters:
    ///   - second: where the clock stands at first, in epoch seconds.
    ///   - applications: those that run in the test.
    /// - Throws: ``BusError`` for a mistake in an application.
    public init(
        startingAt second: Int = 1_700_000_000, applications: (Bus) -> [Application]
    ) throws(BusError) {
        let clock = ManualClock(startingAt: second)
        let identifiers = Identifiers()
        var configuration = try BusConfiguration()
        let memory = MemoryQueues(clock: clock, incoming: configuration.incoming)
        configuration.hostname = "test-host"
        configuration.uuid = { identifiers.next() }
        configuration.localMode = .transport(
            LocalTransport(
                now: { clock.now }, push: { await memory.take($0) },
                delayed: .init(
                    all: {
                        await memory.waiting.map { .init(bytes: $0.bytes, queue: $0.queue, time: $0.second) }
                    },
                    take: { await memory.takeWaiting($0, runs: $1) })))
        bus = Bus(configuration)
        self.clock = clock
        self.memory = memory
        incoming = configuration.incoming
        let applications = applications(bus)
        router = try JobRouter(applications, now: { clock.now })
        var subscriptions: [Subscription] = []
        for application in applications { subscriptions += try application.records() }
        driver = MemoryDriver(
            subscriptions: subscriptions, incoming: incoming, host: configuration.hostname, uuid: configuration.uuid)
        queues = applications.flatMap(\.queues)
    }

    /// Publishes an event; ``drain(atMost:)`` lets the applications have it.
    ///
    /// - Returns: all attributes of the event.
    /// - Throws: ``BusError``.
    @discardableResult
    public func publish(_ type: String, _ attributes: EventAttributes = [:]) async throws(BusError) -> EventAttributes {
        try await bus.publish(type, attributes)
    }

    /// Publishes an event when the clock has moved so far.
    ///
    /// - Returns: all attributes of the event.
    /// - Throws: ``BusError``.
    @discardableResult
    public func publish(
        _ type: String, _ attributes: EventAttributes = [:], in delay: Duration
    ) async throws(BusError) -> EventAttributes {
        try await bus.publish(type, attributes, at: clock.date.addingTimeInterval(delay / .seconds(1)))
    }

    // MARK: - What has happened

    /// The events that were published, by tests and handlers, oldest first. One for later is among them when its time
    /// has come and ``drain(atMost:)`` has run.
    ///
    /// - Parameter type: only those of this type. Default: all.
    public func published(_ type: String? = nil) async -> [EventAttributes] {
        await memory.published.filter { type == nil || $0.type == type }
    }

    /// What is on a queue: jobs that no application of this kit works on, or that were not drained yet.
    public func jobs(on queue: String) async -> [QueuedJob] {
        await memory.elements(of: queue).map { QueuedJob(bytes: $0) }
    }

    /// What waits for its time, soonest first: retries, delayed events and jobs, and the seconds until then.
    public var waiting: [(delay: Duration, queue: String, job: QueuedJob)] {
        get async {
            await memory.waiting.map {
                (.seconds($0.second - clock.now), $0.queue, QueuedJob(bytes: $0.bytes))
            }
        }
    }
}
