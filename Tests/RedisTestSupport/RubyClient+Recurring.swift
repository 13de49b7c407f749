import Foundation

/// What resque-scheduler sends to Redis while it leads, command by command (contract §7; version 5.0.0 under MONITOR).
extension RubyClient {
    /// The namespace stands twice.
    private var schedulerLock: String { "\(prefix)\(prefix)resque_scheduler_master_lock" }

    /// `Lock::Resilient#acquire!`
    ///
    /// - Parameter value: `host:pid` of the process.
    public func acquireSchedulerLock(_ value: String) throws -> Bool {
        try run(
            "if redis.call('SETNX', KEYS[1], ARGV[1]) == 1\nthen\n  redis.call('EXPIRE', KEYS[1], 180)\n"
                + "  return 1\nelse\n  return 0\nend\n", value)
    }

    /// `Lock::Base#release`
    public func releaseSchedulerLock(_ value: String) throws {
        let isOwn = try run(
            "if redis.call('GET', KEYS[1]) == ARGV[1]\nthen\n  redis.call('EXPIRE', KEYS[1], 180)\n\n"
                + "  if redis.call('GET', KEYS[1]) == ARGV[1]\n  then\n    return 1\n  end\nend\n\nreturn 0\n", value)
        if isOwn { try redis.call("DEL", schedulerLock) }
    }

    private func run(_ script: String, _ value: String) throws -> Bool {
        let digest = try redis.call("SCRIPT", "LOAD", script).string ?? ""
        return try redis.call("EVALSHA", digest, "1", schedulerLock, value).integer == 1
    }

    /// `Scheduler#enqueue_recurring`: the job, and then by itself the time, which nothing of Ruby's ever reads again.
    ///
    /// - Parameters:
    ///   - schedule: its name.
    ///   - element: `{"class":…,"args":[…]}`
    ///   - clock: of the machine, in epoch seconds.
    ///   - zone: what that machine's zone adds to UTC, in hours.
    public func fire(_ schedule: String, _ element: String, queue: String, clock: Int, zone: Int = 0) throws {
        try redis.pipeline([["SADD", "\(prefix)queues", queue], ["RPUSH", "\(prefix)queue:\(queue)", element]])
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: zone * 3600)
        format.dateFormat = "yyyy-MM-dd HH:mm:ss xx"
        let time = format.string(from: Date(timeIntervalSince1970: Double(clock)))
        try redis.call("HSET", "\(prefix)delayed:last_enqueued_at", schedule, time)
    }
}
