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

    /// Each is read anew by SIGUSR2 while the schedule `nightly` runs.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            (
                "other: {every: 1h, queue: low, rails_env: test}\n",
                "is meant for this environment: they name test, and this is qa"
            ),
            ("test: {other: {every: 1h, queue: low}}\n", "has nothing for qa; there are test"),
        ])
    func aFileWithoutAnEntryForThisEnvironmentChangesNothing(_ example: (file: String, complaint: String)) async throws
    {
        let server = try RedisServer()
        let path = server.directory + "/schedule.yml"
        try Data("qa: {nightly: {cron: 0 3 * * *, queue: reports}}\n".utf8).write(to: URL(fileURLWithPath: path))
        let scheduler = try BusDriverProcess(
            on: server, arguments: ["--roles", "scheduler", "--environment", "qa", "--schedule", path])
        try await pollUntil("it leads") { scheduler.log.contains("leading") }
        try Data(example.file.utf8).write(to: URL(fileURLWithPath: path))
        scheduler.signal(SIGUSR2)
        try await pollUntil("it says so") { scheduler.log.contains(example.complaint) }
        #expect(scheduler.log.contains("the schedules stay as they were"))
        scheduler.signal(SIGUSR1)
        try await pollUntil("the old schedules run: \(scheduler.log)") { scheduler.log.contains("name=nightly") }
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
        let sign = signal == SIGUSR1 ? "name=nightly" : "read the schedules anew"
        try await pollUntil("it obeys") { scheduler.log.contains(sign) || !scheduler.isRunning }
        #expect(scheduler.isRunning)
    }

    /// A signal that comes while the file is read may mean what has been written since: it is read once more, however
    /// many came.
    @Test func whatIsAskedForWhileAFileIsReadIsDoneOnceMore() async throws {
        let server = try RedisServer()
        let schedule = server.directory + "/schedule.yml"
        func yaml(_ names: String...) -> String {
            names.map { "\($0): {cron: 0 3 * * *, queue: reports, class: Report}\n" }.joined()
        }
        try Data(yaml("first").utf8).write(to: URL(fileURLWithPath: schedule))
        let scheduler = try BusDriverProcess(on: server, arguments: ["--roles", "scheduler", "--schedule", schedule])
        try await pollUntil("it leads: \(scheduler.log)") { scheduler.log.contains("leading") }
        try FileManager.default.removeItem(atPath: schedule)
        #expect(mkfifo(schedule, 0o600) == 0)
        func openForReader() -> CInt { open(schedule, O_WRONLY | O_NONBLOCK | O_CLOEXEC) }
        func answerReader(_ text: String, beforehand: () async throws -> Void = {}) async throws {
            var writer: CInt = -1
            try await pollUntil("it reads: \(scheduler.log)") {
                writer = openForReader()
                return writer >= 0
            }
            defer { close(writer) }
            try await beforehand()
            #expect(write(writer, text, text.utf8.count) == text.utf8.count)
        }
        scheduler.signal(SIGUSR2)
        try await answerReader(yaml("first", "second")) {
            for round in 1...3 {
                scheduler.signal(SIGUSR2)
                scheduler.signal(SIGUSR1)
                try await pollUntil("it hears: \(scheduler.log)") {
                    scheduler.log.components(separatedBy: "all schedules are listed").count > round
                }
            }
        }
        try await pollUntil("it has read once: \(scheduler.log)") {
            scheduler.log.contains("read the schedules anew path=\(schedule) schedules=2")
        }
        try await answerReader(yaml("first", "second", "third"))
        try await pollUntil("it has read twice: \(scheduler.log)") {
            scheduler.log.contains("read the schedules anew path=\(schedule) schedules=3")
        }
        try await pollUntil("it fires the third: \(scheduler.log)") {
            scheduler.signal(SIGUSR1)
            return scheduler.log.contains("name=third")
        }
        #expect(openForReader() < 0, "it reads a third time")
    }
}
