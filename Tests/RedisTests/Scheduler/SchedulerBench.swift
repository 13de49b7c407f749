import BusCalendar
import BusScheduler
import BusSession
import BusWire
import Foundation
import LibevExecutor
import Logging
import RedisConnection
import RedisTestSupport
import Testing

extension DriverBench {
    func schedulerConfiguration(
        _ entries: [ScheduleEntry] = [], lock: Duration = .seconds(180)
    ) throws -> SchedulerConfiguration {
        var configuration = SchedulerConfiguration(
            redis: RedisConfiguration(endpoint: try RedisEndpoint(parsing: server.url)), host: "test-host",
            processID: getpid(), now: { Int(Date.now.timeIntervalSince1970) },
            uuid: { UUID().uuidString.lowercased() })
        configuration.entries = entries
        configuration.heartbeat = .off
        configuration.lock = lock
        return configuration
    }

    /// That of a user to whom Redis announces nothing.
    func configurationWithoutTracking() throws -> SchedulerConfiguration {
        try client().call("ACL", "SETUSER", "bus", "on", ">secret", "~*", "&*", "+@all", "-client|tracking")
        var configuration = try schedulerConfiguration()
        configuration.redis.credentials = { () throws(RedisError) in .init(username: "bus", password: "secret") }
        return configuration
    }

    func scheduler(_ configuration: SchedulerConfiguration, log: CapturedLog? = nil) -> Scheduler {
        var logger = Logger(label: "test.scheduler") { _ in log?.handler ?? SwiftLogNoOpLogHandler() }
        if ProcessInfo.processInfo.environment["BUSDRIVER_TEST_LOG"] != nil {
            logger = Logger(label: "test.scheduler", factory: StreamLogHandler.standardError(label:))
        }
        return Scheduler(configuration: configuration, executor: executor, logger: logger)
    }

    /// Runs a scheduler beside `body`, then stops it in order.
    func whileScheduling(_ scheduler: Scheduler, _ body: () async throws -> Void) async throws {
        let running = start(scheduler)
        do {
            try await body()
        } catch {
            await scheduler.stop()
            throw error
        }
        await scheduler.stop()
        #expect(try await running.value == .finished)
    }

    func start(_ scheduler: Scheduler) -> Task<Scheduler.Ending, any Error> {
        Task(executorPreference: executor) { try await scheduler.run() }
    }
}

extension ScheduleEntry {
    /// An entry as a file has it; queue `recurring`, class `Job`.
    static func entry(_ name: String, _ members: [JSONMember]) throws -> ScheduleEntry {
        var warnings: [ScheduleWarning] = []
        return try ScheduleEntry(
            name: name,
            definition: .object([JSONMember("queue", "recurring"), JSONMember("class", "Job")] + members),
            zones: ZoneDirectory(), warnings: &warnings)
    }
}

extension RawRedis {
    static let schedulerLock = "resque:resque:resque_scheduler_master_lock"

    /// Epoch seconds on Redis' clock.
    func time() throws -> Double {
        let parts = try call("TIME").strings.compactMap(Double.init)
        return parts[0] + parts[1] / 1e6
    }

    /// Delays an item by resque-scheduler's three commands.
    func delay(_ item: String, until time: Int) throws {
        try call("RPUSH", "resque:delayed:\(time)", item)
        try call("SADD", "resque:timestamps:\(item)", "delayed:\(time)")
        try call("ZADD", "resque:delayed_queue_schedule", String(time), String(time))
    }

    func length(of queue: String) throws -> Int { try call("LLEN", "resque:queue:\(queue)").integer ?? 0 }
}
