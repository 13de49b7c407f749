import BusDriver
import BusRider
import BusScheduler
import BusSession
import LibevExecutor
import Logging
import RedisConnection
import RedisTestSupport
import Testing

/// Every role takes network, pauses and chance from outside, so that its tests need no time.
@Suite(.timeLimit(.minutes(1))) struct RoleEnvironmentTests {
    private let pauses = Recorded<Duration>()

    /// A Redis that is away, and pauses that are noted and end at once.
    private func environment<Connections>() -> RoleEnvironment<Connections> {
        RoleEnvironment(
            sleep: { [pauses] pause in
                pauses.add(pause)
                await Task.yield()
            }, random: { 1 }, open: { throw RedisError(.unreachable, "The test has no network.") })
    }

    private func expectPauses<Subject: BenchRole>(_ bench: RoleBench, of role: Subject) async throws {
        let running = bench.start(role)
        try await pollUntil("it has tried often") { pauses.count >= 8 }
        await role.finish()
        _ = try await running.value
        let expected: [Duration] = [100, 200, 400, 800, 1600, 3200, 5000, 5000].map { .milliseconds($0) }
        #expect(Array(pauses.all.prefix(8)) == expected)
    }

    @Test func aDriverPausesAsItIsGiven() async throws {
        try await RoleBench.run { bench in
            var configuration = try bench.configuration()
            configuration.redis.backoff = ReconnectBackoff()
            try await expectPauses(
                bench,
                of: Driver(
                    configuration: configuration, executor: bench.executor, logger: bench.logger("driver", keptIn: nil),
                    environment: environment()))
        }
    }

    @Test func aRiderPausesAsItIsGiven() async throws {
        try await RoleBench.run { bench in
            var configuration = try bench.riderConfiguration(["jobs"])
            configuration.redis.backoff = ReconnectBackoff()
            try await expectPauses(
                bench,
                of: Rider(
                    configuration: configuration, performer: ScriptedPerformer { _ in JobReport(.done) },
                    executor: bench.executor, logger: bench.logger("rider", keptIn: nil), environment: environment()))
        }
    }

    @Test func aSchedulerPausesAsItIsGiven() async throws {
        try await RoleBench.run { bench in
            var configuration = try bench.schedulerConfiguration([])
            configuration.redis.backoff = ReconnectBackoff()
            try await expectPauses(
                bench,
                of: Scheduler(
                    configuration: configuration, executor: bench.executor,
                    logger: bench.logger("scheduler", keptIn: nil), environment: environment()))
        }
    }
}
