import BusCalendar
import BusScheduler
import BusSession
import BusWire
import Foundation
import RedisTestSupport

extension Scheduler: BenchRole {
    static var orderlyEnding: Ending { .finished }
    func finish() { stop() }
}

extension RoleBench {
    func schedulerConfiguration(
        _ entries: [ScheduleEntry] = [], lock: Duration = .seconds(180)
    ) throws -> SchedulerConfiguration {
        var configuration = SchedulerConfiguration(
            redis: try redisConfiguration(), host: "test-host", processID: getpid(),
            now: { Int(Date.now.timeIntervalSince1970) }, uuid: { UUID().uuidString.lowercased() })
        configuration.entries = entries
        configuration.heartbeat = .off
        configuration.lock = lock
        return configuration
    }

    /// That of a user to whom Redis announces nothing.
    func configurationWithoutTracking() throws -> SchedulerConfiguration {
        var configuration = try schedulerConfiguration()
        configuration.redis = try redisConfiguration(ofUserWithout: ["client|tracking"])
        return configuration
    }

    func scheduler(_ configuration: SchedulerConfiguration, log: CapturedLog? = nil) -> Scheduler {
        Scheduler(configuration: configuration, executor: executor, logger: logger("scheduler", keptIn: log))
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
