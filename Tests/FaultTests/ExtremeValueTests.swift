import Foundation
import RedisTestSupport
import Testing

extension ProcessFaults {
    /// A neighbour writes extremes where the roles read numbers, at random moments while all of them work: every
    /// process lives, nothing is lost, nothing is doubled that may not be, and once the keys are repaired everything
    /// works as before.
    @Suite(.serialized) struct ExtremeValueTests {
        private static let isLong = ProcessInfo.processInfo.environment["BUSDRIVER_LONG"] != nil
        private static let wish = ProcessInfo.processInfo.environment["BUSDRIVER_SEED"].flatMap { UInt64($0) }
        private static let seeds: [UInt64] =
            wish.map { [$0] } ?? (0..<(isLong ? 10 : 1)).map { _ in .random(in: 0...999_999) }
        private static let harms = isLong ? 400 : 120

        @Test(.timeLimit(.minutes(isLong ? 5 : 1)), arguments: seeds)
        func everyProcessLives(seed: UInt64) async throws {
            print("extreme values: BUSDRIVER_SEED=\(seed)")
            try await FaultBench.run { bench, redis in
                let scenario = "seed \(seed)"
                var neighbour = HostileNeighbour(redis: redis, chance: Chance(seed: seed))
                try neighbour.prepare()
                let delayed = DelayedLedger()
                let now = DelayedLedger.second
                try delayed.add(200, due: now...now + 10, on: redis)

                let schedule = "\(bench.server.directory)/schedule.yml"
                let yaml = "tick:\n  every: 0.5s\n  class: Tick\n  queue: recurring\n"
                try yaml.write(toFile: schedule, atomically: false, encoding: .utf8)
                let scheduler = try BusDriverProcess(
                    on: bench.server,
                    arguments: ["--roles", "scheduler", "--schedule", schedule, "--heartbeat", "--leader-lock", "2s"])
                let driver = try bench.driver()
                let rider = try BusDriverProcess(running: "LedgerRider", [bench.server.url, "jobs"], on: bench.server)
                let processes = ["scheduler": scheduler, "driver": driver, "rider": rider]
                try await pollUntil("\(scenario): all are at work", within: .seconds(10)) {
                    try redis.call("ZCARD", "resque:busdriver:riders").integer == 1
                        && redis.call("ZSCORE", "resque:busdriver:drivers", neighbour.id("drivers")).string != nil
                        && redis.call("EXISTS", "resque:resque:resque_scheduler_master_lock").integer == 1
                }

                let publishing = bench.startPublishing()
                var jobs: [String] = []
                for _ in 1...Self.harms {
                    let harm = try neighbour.harm()
                    let more = (0..<5).map { "\(jobs.count + $0)" + ($0 == 2 ? " retry" : "") }
                    jobs += more
                    _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + more)
                    _ = try redis.call("RPUSH", "resque:queue:bus_incoming", HostileNeighbour.heartbeat)
                    try await letPass(.milliseconds(neighbour.chance.number(5...60)), until: "some moment")
                    for (name, process) in processes {
                        try #require(
                            process.isRunning, "\(scenario): \(harm) ended the \(name): \(process.log.suffix(2000))")
                    }
                    try neighbour.repair()
                }
                try publishing.finish()
                try neighbour.leave()

                try await pollUntil("\(scenario): all is driven", within: .seconds(20)) {
                    try bench.ledger.isDriven(on: redis)
                }
                try await pollUntil("\(scenario): all jobs are done", within: .seconds(20)) {
                    try redis.call("EXISTS", "resque:queue:jobs").integer == 0
                        && redis.call("KEYS", "resque:busdriver:reserved:*").strings.isEmpty
                }
                try await pollUntil("\(scenario): all that was delayed has moved", within: .seconds(20)) {
                    try delayed.verdict(on: redis, nil).lost == 0
                }
                let verdict = try bench.ledger.verdict(on: redis)
                #expect(verdict.lost == [:] && verdict.doubled == [:], "\(scenario): \(verdict)")
                let moved = try delayed.verdict(on: redis, nil)
                #expect(moved.isClean, "\(scenario): \(moved)")
                let ran = Set(try redis.call("LRANGE", "ran", "0", "-1").strings)
                #expect(jobs.filter { !ran.contains($0) } == [], "\(scenario): lost")
                try redis.call("HSET", "resque:busdriver:cron", "tick", "not a firing")
                for (registry, record) in [("drivers", "d"), ("riders", "r")] {
                    let key = try "resque:busdriver:\(record):\(neighbour.id(registry))"
                    try redis.call("HSET", key, "claimed", "not a number")
                }
                try await worksAsBefore(bench, redis, scenario)
                for (name, process) in processes {
                    let line = name == "scheduler" ? "cron tick holds 'not a firing'" : " claimed holds 'not a number'"
                    #expect(process.log.contains(line), "\(scenario): the \(name): \(process.log.suffix(3000))")
                    process.signal(SIGTERM)
                }
                for (name, process) in processes {
                    try await pollUntil("\(scenario): \(name) has ended", within: .seconds(6)) { !process.isRunning }
                    #expect(process.ending == .exit(0), "\(scenario): \(name): \(process.log.suffix(2000))")
                }
            }
        }

        private func worksAsBefore(_ bench: FaultBench, _ redis: RawRedis, _ scenario: String) async throws {
            try bench.ledger.publish(10, on: redis)
            let fired = try redis.call("LLEN", "resque:queue:recurring").integer ?? 0
            _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs", "the last one"])
            try await pollUntil("\(scenario): everybody works", within: .seconds(10)) {
                try bench.ledger.isDriven(on: redis) && redis.call("EXISTS", "resque:queue:jobs").integer == 0
                    && redis.call("LLEN", "resque:queue:recurring").integer ?? 0 > fired
            }
        }
    }
}

/// Writes what nobody can mean, and takes it back.
private struct HostileNeighbour {
    let redis: RawRedis
    var chance: Chance
    /// What mends the last harm.
    private var mending: [[String]] = []

    static let heartbeat = #"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"::QueueBus::Heartbeat\"}"]}"#

    init(redis: RawRedis, chance: Chance) {
        self.redis = redis
        self.chance = chance
    }

    /// What is there before anybody comes: lists and dead ones whose numbers nobody counts to.
    func prepare() throws {
        for (place, number) in Extremes.numbers.enumerated() {
            try redis.call("RPUSH", "resque:busdriver:inf:ghost:\(place):a:\(number)", "garbage")
            try redis.call("RPUSH", "resque:delayed:\(number)", "garbage")
            let score = Extremes.scores[place % Extremes.scores.count]
            try redis.call("ZADD", "resque:busdriver:drivers", score, "g:\(place):a")
            try redis.call("HSET", "resque:busdriver:d:g:\(place):a", "claimed", "\(number)")
        }
        for score in Extremes.scores { try redis.call("ZADD", "resque:delayed_queue_schedule", score, "odd \(score)") }
    }

    /// Removes the lists that nobody can own.
    func leave() throws {
        for key in try redis.call("KEYS", "resque:busdriver:inf:ghost:*").strings { try redis.call("DEL", key) }
    }

    /// The living member of a registry.
    func id(_ registry: String) throws -> String {
        try redis.call("ZRANGE", "resque:busdriver:\(registry)", "0", "-1").strings
            .first { $0.hasPrefix("g:") == false } ?? "nobody:1:a"
    }

    /// Writes one value, and tells what it did.
    mutating func harm() throws -> String {
        let value = chance.pick(Extremes.values) ?? []
        let (driver, rider) = (try id("drivers"), try id("riders"))
        switch chance.number(0...9) {
        case 0...2:
            let keys = [
                "bus:heartbeat:timestamp", "bus:heartbeat:timestamp", "bus:heartbeat:lock", "stat:processed",
                "stat:failed", "pause-all-workers", "busdriver:lease:\(driver)", "busdriver:lease:\(rider)",
            ]
            return try set("resque:" + (chance.pick(keys) ?? ""), value)
        case 3...6:
            let fields = [
                ("busdriver:d:\(driver)", "claimed"), ("busdriver:r:\(rider)", "claimed"),
                ("busdriver:r:\(rider)", "settled"), ("busdriver:r:\(rider)", "stayed"),
                ("busdriver:r:\(rider)", "slots"), ("busdriver:cron", "tick"), ("busdriver:suspect", "digest"),
                ("busdriver:suspect:jobs", "digest"), ("workers:heartbeat", "w:1:*"),
                ("delayed:last_enqueued_at", "tick"), ("persistent_schedules", "odd"),
            ]
            guard let (key, field) = chance.pick(fields) else { return "" }
            return try hset("resque:" + key, field, value)
        case 7:
            let (registry, id) = chance.happens(50) ? ("drivers", driver) : ("riders", rider)
            let score = chance.pick(Extremes.scores) ?? ""
            try redis.call("ZADD", "resque:busdriver:\(registry)", score, id)
            return "ZADD \(registry) \(score)"
        case 8:
            let text = String(decoding: value, as: UTF8.self)
            try redis.call("PUBLISH", "resque:busdriver:barrier:\(driver)", text)
            let script = "redis.call('SET', KEYS[1] .. redis.sha1hex(ARGV[1]), ARGV[2])"
            let job = "\(chance.number(0...100) * 5 + 2) retry"
            try redis.call("EVAL", script, "1", "resque:resque-retry:Job:", job, text)
            return "PUBLISH \(text.prefix(30))"
        default:
            let keys = [
                "busdriver:d:\(driver)", "busdriver:r:\(rider)", "busdriver:suspect", "busdriver:suspect:jobs",
                "bus:heartbeat:timestamp", "bus:heartbeat:lock", "stat:processed", "busdriver:lease:\(driver)",
                "workers:heartbeat", "busdriver:cron", "persistent_schedules", "busdriver:drivers", "busdriver:riders",
            ]
            return try replace("resque:" + (chance.pick(keys) ?? ""))
        }
    }

    /// Removes what the last harm has left, so that whoever needs it makes it anew.
    mutating func repair() throws {
        for command in mending { _ = try redis.reply(to: command) }
        mending = []
    }

    private mutating func set(_ key: String, _ value: [UInt8]) throws -> String {
        try redis.call([Array("SET".utf8), Array(key.utf8), value])
        mending = [["DEL", key]]
        return "SET \(key) \(value.prefix(30))"
    }

    private mutating func hset(_ key: String, _ field: String, _ value: [UInt8]) throws -> String {
        // What somebody still writes to a record that was given up is nobody's, and must not stay.
        try redis.call([Array("HSET".utf8), Array(key.utf8), Array(field.utf8), value])
        if field == "digest" || field == "odd" || field == "w:1:*" { mending = [["HDEL", key, field]] }
        return "HSET \(key) \(field) \(value.prefix(30))"
    }

    /// A key that holds another type of value for a moment.
    private mutating func replace(_ key: String) throws -> String {
        try redis.call("DEL", key)
        try redis.call("RPUSH", key, "of another type")
        mending = [["DEL", key]]
        return "RPUSH \(key)"
    }
}
