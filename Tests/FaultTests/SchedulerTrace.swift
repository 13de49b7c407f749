import RedisTestSupport

/// What schedulers did, read off Redis' own record: what was pushed when, what fired, and who led since when.
///
/// All times are microseconds since 1970 of Redis' clock.
struct SchedulerTrace {
    struct Push {
        let time: Int
        let queue: String
        let element: [UInt8]
    }
    struct Firing {
        let time: Int
        let name: String
        /// For which time, in milliseconds since 1970.
        let due: Int
    }
    /// The lock was taken, or, with an empty value, given up.
    struct LockChange {
        let time: Int
        let value: String
    }

    private(set) var pushes: [Push] = []
    private(set) var firings: [Firing] = []
    private(set) var lockChanges: [LockChange] = []

    static let lock = "resque:resque:resque_scheduler_master_lock"
    private static let noted = "resque:busdriver:cron"
    private static let lastEnqueued = "resque:delayed:last_enqueued_at"
    private static let queuePrefix = "resque:queue:"

    /// Begins the record.
    static func monitor(_ server: RedisServer) throws -> RedisMonitor {
        try RedisMonitor(server, keeping: [queuePrefix, noted, lastEnqueued, lock])
    }

    init(_ lines: [MonitorLine]) {
        var noted: (name: String, due: Int)?
        for line in lines {
            switch (line.command, line.word(1)) {
            case ("RPUSH", let key) where key.hasPrefix(Self.queuePrefix):
                let queue = String(key.dropFirst(Self.queuePrefix.count))
                pushes += line.words.dropFirst(2).map { Push(time: line.time, queue: queue, element: $0) }
            case ("HSET", Self.noted): noted = (line.word(2), Int(line.word(3).prefix { $0 != " " }) ?? 0)
            case ("HSET", Self.lastEnqueued):
                if let noted, noted.name == line.word(2) {
                    firings.append(Firing(time: line.time, name: noted.name, due: noted.due))
                }
            case ("SET", Self.lock): lockChanges.append(LockChange(time: line.time, value: line.word(2)))
            case ("DEL", Self.lock): lockChanges.append(LockChange(time: line.time, value: ""))
            default: break
            }
        }
    }

    /// Since when the scheduler leads that leads at this time.
    func leadershipBegan(before time: Int) -> Int { lockChanges.last { $0.time <= time }?.time ?? 0 }

    /// How long after the moment from which it could be pushed something was pushed; negative if it came too early.
    ///
    /// - Parameter due: when it fell due, or was added, whichever was later.
    func lateness(of time: Int, due: Int) -> Int {
        time < due ? time - due : time - max(due, leadershipBegan(before: time))
    }

    /// From each giving up of the lock to the next taking of it.
    var handOvers: [Duration] {
        zip(lockChanges, lockChanges.dropFirst()).compactMap { end, begin in
            end.value.isEmpty && !begin.value.isEmpty ? .microseconds(begin.time - end.time) : nil
        }
    }
}
