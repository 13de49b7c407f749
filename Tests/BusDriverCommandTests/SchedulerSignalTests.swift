import Foundation
import RedisTestSupport
import Testing

/// What resque-scheduler's signals do to `busdriver run --roles scheduler`.
@Suite(.timeLimit(.minutes(1))) struct SchedulerSignalTests {
    private static let lock = "resque:resque:resque_scheduler_master_lock"

    @Test(.timeLimit(.minutes(1)), arguments: [SIGTERM, SIGINT, SIGQUIT])
    func theLeadIsGivenAway(signal: Int32) async throws {
        let server = try RedisServer()
        let redis = try server.connect()
        let scheduler = try BusDriverProcess(on: server, arguments: ["--roles", "scheduler"])
        try await pollUntil("it leads") { try redis.call("EXISTS", Self.lock).integer == 1 }
        scheduler.signal(signal)
        try await pollUntil("it ends") { !scheduler.isRunning }
        #expect(scheduler.log.contains("the lead is given away"))
        #expect(try redis.call("EXISTS", Self.lock).integer == 0)
    }

    @Test(.timeLimit(.minutes(1)), arguments: [SIGUSR1, SIGUSR2])
    func aSignalThatComesBeforeRedisDoesNotEndIt(signal: Int32) async throws {
        let server = try RedisServer()
        let schedule = server.directory + "/schedule.yml"
        try Data("nightly: {cron: 0 3 * * *, queue: reports}\n".utf8).write(to: URL(fileURLWithPath: schedule))
        let scheduler = try BusDriverProcess(
            running: "busdriver",
            ["run", "--redis", "redis://localhost:1", "--roles", "scheduler", "--schedule", schedule], on: server)
        try await pollUntil("it waits for Redis") { scheduler.log.contains("Redis cannot be used") }
        scheduler.signal(signal)
        let sign = signal == SIGUSR1 ? "nightly: cron" : "anew: 1 schedules"
        try await pollUntil("it obeys") { scheduler.log.contains(sign) || !scheduler.isRunning }
        #expect(scheduler.isRunning)
    }
}
