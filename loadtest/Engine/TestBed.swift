import BusWire
import LibevExecutor
import RedisConnection

/// What all trials of one test share: the Redis, the keys, the loop, and who wants to know.
struct TestBed: Sendable {
    /// Everything of the generator runs here.
    let executor: LibevExecutor
    let redis: TestRedis
    let bus: BusKeys
    let keyGuard: KeyGuard
    let interruption: Interruption
    let progress: Progress
    /// A connection for questions outside of trials.
    let control: RedisConnection
    /// Nil for a Redis elsewhere.
    let redisMeter: ProcessMeter?

    /// An answer of Redis may take this long: what stalls for longer is a failure of Redis, not a latency.
    private static let commandTimeout = Duration.seconds(60)

    /// Prepares the Redis of a scenario, a private one where it names none.
    ///
    /// - Throws: `SetupError`, `RedisError` or `PrivateRedisError`.
    static func open(
        _ target: Scenario.Target, executor: LibevExecutor, interruption: Interruption, progress: Progress
    ) async throws -> TestBed {
        var redis = try await TestRedis.open(url: target.redis, executor: executor)
        redis.configuration.commandTimeout = commandTimeout
        do {
            let bus = BusKeys(namespace: target.namespace)
            let guarding = KeyGuard(
                connection: try await redis.connect(executor: executor), bus: bus, incoming: target.incoming,
                ownsDatabase: redis.isPrivate)
            try await guarding.begin(force: target.force)
            let control = try await redis.connect(executor: executor)
            return TestBed(
                executor: executor, redis: redis, bus: bus, keyGuard: guarding, interruption: interruption,
                progress: progress, control: control, redisMeter: try await .ofRedis(over: control))
        } catch {
            await redis.stop()
            throw error
        }
    }

    /// A generator with connections of its own.
    func makeGenerator(
        _ workload: any Workload, stamp: EventStamp, incoming: String
    ) async throws(RedisError) -> LoadGenerator {
        let connections = LoadGenerator.Connections(
            publisher: try await redis.connect(executor: executor), riders: try await redis.connect(executor: executor),
            control: try await redis.connect(executor: executor))
        return LoadGenerator(
            executor: executor, connections: connections, workload: workload, stamp: stamp, keys: bus,
            incoming: incoming)
    }

    /// Starts the driver of a scenario.
    func startDriver(_ target: Scenario.Target) async throws -> DriverUnderTest {
        let command = DriverCommand(
            redis: redis.url, endpoint: redis.configuration.endpoint, namespace: target.namespace,
            incoming: target.incoming)
        let driver = try DriverUnderTest.start(target.driver, by: command, executor: executor)
        if let process = driver.processID { try await keyGuard.note(driver: process) }
        return driver
    }

    /// Removes what a trial wrote.
    func reset(_ target: Scenario.Target) async throws {
        try await keyGuard.cleanUp()
        try await keyGuard.begin(force: target.force)
    }

    /// Removes what the test wrote, and ends a private Redis.
    func close() async {
        do {
            if !redis.isPrivate { try await keyGuard.cleanUp() }
        } catch {
            progress.note("What the test wrote could not be removed (\(error.message)); the next load test removes it.")
        }
        await control.close()
        await redis.stop()
    }
}
