import BusDriver
import BusProtocol
import BusRider
import BusSession
import BusWire
import Foundation
import RedisTestSupport
import Testing

/// Numbers in Redis that nobody who keeps to the protocol has written: no arithmetic traps on them, the log names the
/// key, and the work goes on.
@Suite(.serialized, .timeLimit(.minutes(1))) struct UnbelievedValueTests {
    private static let heartbeat =
        #"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"::QueueBus::Heartbeat\"}"]}"#

    /// A few, since after each of them a session ends: both ends, what Lua takes for a number, and what is none.
    private static let wrong =
        ["-9223372036854775808", "9223372036854775807", "NaN", "-inf", "1e308", ""].map { Array($0.utf8) }
        + [[0xFF, 0x00, 0x1B]]

    // MARK: - The bus heartbeat

    /// F11.
    @Test func anExtremeHeartbeatTimestampCountsAsNone() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let log = CapturedLog()
            var configuration = try bench.configuration(now: 1_700_000_000)
            configuration.publishQueue = "republished"
            try await bench.whileRunning(bench.driver(configuration, log: log)) {
                for value in ["-9000000000000000000", "9223372036854775807", "-9223372036854775808", "NaN", ""] {
                    try redis.call("SET", "resque:bus:heartbeat:timestamp", value)
                    try redis.call("RPUSH", "resque:queue:bus_incoming", Self.heartbeat)
                    try await pollUntil("'\(value)' is replaced") {
                        try redis.call("GET", "resque:bus:heartbeat:timestamp").string == "28333333"
                    }
                    #expect(!log.lines(with: "resque:bus:heartbeat:timestamp holds '\(value)'").isEmpty)
                }
            }
            #expect(try redis.call("LLEN", "resque:queue:republished").integer == 5)
            #expect(log.lines(with: "Redis has lost").isEmpty)
        }
    }

    @Test func aHeartbeatKeyOfAnotherTypeIsLeftAlone() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let log = CapturedLog()
            var configuration = try bench.configuration(now: 1_700_000_000)
            configuration.publishQueue = "republished"
            try redis.call("RPUSH", "resque:bus:heartbeat:timestamp", "somebody's")
            try await bench.whileRunning(bench.driver(configuration, log: log)) {
                try redis.call("RPUSH", "resque:queue:bus_incoming", Self.heartbeat)
                try await pollUntil("it says so") {
                    !log.lines(with: "resque:bus:heartbeat:timestamp holds another type of value").isEmpty
                }
                #expect(try redis.call("LRANGE", "resque:bus:heartbeat:timestamp", "0", "-1").strings == ["somebody's"])
                try redis.call("DEL", "resque:bus:heartbeat:timestamp")
                try redis.call("RPUSH", "resque:queue:bus_incoming", Self.heartbeat)
                try await pollUntil("heartbeats go on") {
                    try redis.call("GET", "resque:bus:heartbeat:timestamp").string == "28333333"
                }
            }
            #expect(try redis.call("LLEN", "resque:queue:republished").integer == 1)
        }
    }

    // MARK: - The record of a driver

    /// Whatever becomes of the record, under load, the driver starts afresh and loses nothing of what it had in flight.
    @Test func aRecordThatNoDriverWroteIsGivenUp() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let log = CapturedLog()
            try await bench.whileRunning(bench.driver(try bench.configuration(), log: log)) {
                for value in Self.wrong {
                    let id = try await Self.registered("drivers", redis)
                    for _ in 1...5 { try ledger.publish(20, on: redis) }
                    let field = Array("claimed".utf8)
                    try redis.call([Array("HSET".utf8), Array("resque:busdriver:d:\(id)".utf8), field, value])
                    for _ in 1...5 { try ledger.publish(20, on: redis) }
                    try await pollUntil("everything is driven beside \(value)") { try ledger.isDriven(on: redis) }
                }
                let id = try await Self.registered("drivers", redis)
                try redis.call("DEL", "resque:busdriver:d:\(id)")
                try redis.call("SET", "resque:busdriver:d:\(id)", "no hash")
                for _ in 1...10 { try ledger.publish(20, on: redis) }
                try await pollUntil("everything is driven beside no record") { try ledger.isDriven(on: redis) }
            }
            #expect(try ledger.verdict(on: redis) == .clean)
            #expect(try redis.residue() == [])
            let doubts = log.lines(with: " claimed holds ")
            let said = [
                "'NaN'", "'-inf'", "'9223372036854775807'", "'1e308'", "''", #"'\xff\x00\x1b'"#, "another type",
            ]
            for value in said {
                #expect(doubts.contains { $0.contains(value) }, "\(value): \(doubts)")
            }
        }
    }

    private static func registered(_ registry: String, _ redis: RawRedis) async throws -> String {
        var id = ""
        try await pollUntil("it is registered") {
            let ids = try redis.call("ZRANGE", "resque:busdriver:\(registry)", "0", "-1").strings
            id = ids.first ?? ""
            let record = (registry == "drivers" ? "d:" : "r:") + id
            return try ids.count == 1 && redis.call("TYPE", "resque:busdriver:\(record)").string == "hash"
        }
        return id
    }

    /// What a dead driver had in flight comes back, whatever its record says.
    @Test func theDeadAreRecoveredWhateverTheirRecordsSay() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let wrong: [[UInt8]] = Extremes.values.filter {
                String(validating: $0, as: UTF8.self).flatMap(NumberMeaning.sequence.read) == nil
            }
            for (number, value) in wrong.enumerated() {
                let id = "gone:\(number):a"
                try ledger.publish(3, on: redis)
                try redis.call("RENAME", "resque:queue:bus_incoming", "resque:busdriver:inf:\(id):70")
                try redis.call("ZADD", "resque:busdriver:drivers", Extremes.scores[number % Extremes.scores.count], id)
                try redis.call(
                    [Array("HSET".utf8), Array("resque:busdriver:d:\(id)".utf8), Array("claimed".utf8), value])
            }
            try redis.call("ZADD", "resque:busdriver:drivers", "1", "gone:x:a")
            try redis.call("SET", "resque:busdriver:d:gone:x:a", "no hash")
            try ledger.publish(3, on: redis)
            try redis.call("RENAME", "resque:queue:bus_incoming", "resque:busdriver:inf:gone:x:a:1")
            let log = CapturedLog()
            try await bench.whileRunning(bench.driver(try bench.configuration(), log: log)) {
                try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
            }
            #expect(try ledger.verdict(on: redis).apartFromOrder == .clean)
            #expect(try redis.residue() == [])
            #expect(!log.lines(with: "resque:busdriver:d:gone:0:a claimed holds '-9223372036854775808'").isEmpty)
            #expect(!log.lines(with: "resque:busdriver:d:gone:x:a claimed holds another type").isEmpty)
            #expect(!log.lines(with: "resque:busdriver:drivers gone:0:a holds '-inf'").isEmpty)
        }
    }

    /// To end a batch that is kept deletes its list: another's list is none, whoever says so.
    @Test func aListThatNoDriverKeptIsLeftAlone() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try redis.call("RPUSH", "resque:queue:mail", "job")
            try redis.call("HSET", "resque:busdriver:fix", "resque:queue:mail", "[]")
            let log = CapturedLog()
            try await bench.whileRunning(bench.driver(try bench.configuration(), log: log)) {
                try await pollUntil("the log says so") {
                    !log.lines(with: "resque:busdriver:fix resque:queue:mail holds").isEmpty
                }
            }
            #expect(try redis.call("LRANGE", "resque:queue:mail", "0", "-1").strings == ["job"])
        }
    }

    /// Names of in-flight lists whose numbers no driver counts to.
    @Test func listsThatNoDriverNamedAreLeftAlone() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            for number in [Int.min, .max, -1] {
                try redis.call("RPUSH", "resque:busdriver:inf:ghost:1:a:\(number)", "somebody's")
            }
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            try ledger.publish(10, on: redis)
            try await bench.whileRunning(bench.driver(try bench.configuration())) {
                try await pollUntil("everything is driven") {
                    try redis.call("LLEN", "resque:queue:bus_incoming").integer == 0
                }
            }
            #expect(try ledger.verdict(on: redis) == .clean)
            #expect(try redis.residue().count == 3)
        }
    }

    /// Whoever removes the registry does not remove who lives.
    @Test func aRegistryThatWasRemovedIsFilledAgain() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let log = CapturedLog()
            try await bench.whileRunning(bench.driver(try bench.configuration(lease: .milliseconds(500)), log: log)) {
                let id = try await Self.registered("drivers", redis)
                try redis.call("DEL", "resque:busdriver:drivers")
                try redis.call("SET", "resque:busdriver:drivers", "no zset")
                try await pollUntil("it says so") { !log.lines(with: "resque:busdriver:drivers ").isEmpty }
                try redis.call("DEL", "resque:busdriver:drivers")
                #expect(try await Self.registered("drivers", redis) == id)
            }
            #expect(log.lines(with: "was interrupted").isEmpty, "\(log.lines)")
        }
    }

    // MARK: - Riders

    @Test(arguments: ["claimed", "settled", "stayed"])
    func aRecordThatNoRiderWroteIsGivenUp(field: String) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let log = CapturedLog()
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"]), log: log,
                ScriptedPerformer { job in
                    try? await Task.sleep(for: .milliseconds(1))
                    return JobReport(.done)
                })
            var pushed = 0
            func push(_ redis: RawRedis) throws {
                for _ in 1...20 {
                    pushed += 1
                    try redis.call("RPUSH", "resque:queue:jobs", "\(pushed)")
                }
            }
            try await bench.whileRunning(rider) {
                for value in (field == "stayed" ? Extremes.values : Self.wrong) {
                    let id = try await Self.registered("riders", redis)
                    try push(redis)
                    let key = "resque:busdriver:r:\(id)"
                    try redis.call([Array("HSET".utf8), Array(key.utf8), Array(field.utf8), value])
                    try push(redis)
                    try await pollUntil("all is done beside \(value)") { try Self.isWorkedOff(redis) }
                }
                let id = try await Self.registered("riders", redis)
                try redis.call("DEL", "resque:busdriver:r:\(id)")
                try redis.call("SET", "resque:busdriver:r:\(id)", "no hash")
                try push(redis)
                try await pollUntil("all is done beside no record") { try Self.isWorkedOff(redis) }
            }
            // Whatever ran twice was settled once.
            #expect(try redis.call("GET", "resque:stat:processed").string == String(pushed), "\(log.lines)")
            guard field != "stayed" else { return }
            for value in ["'NaN'", "'-inf'", "'9223372036854775807'", "another type"] {
                #expect(log.lines.contains { $0.contains(" holds \(value)") }, "\(value): \(log.lines)")
            }
        }
    }

    private static func isWorkedOff(_ redis: RawRedis) throws -> Bool {
        let answers = try redis.pipeline([
            ["MULTI"], ["EXISTS", "resque:queue:jobs"], ["KEYS", "resque:busdriver:reserved:*"], ["EXEC"],
        ])
        return answers[3] == .array([.integer(0), .array([])])
    }

    /// Counts of recoveries and of runs, and a number of slots, in the records of others.
    @Test func whatIsCountedElsewhere() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let log = CapturedLog()
            let digest = "return redis.call('HSET', KEYS[1], redis.sha1hex(ARGV[1]), ARGV[2])"
            for (number, value) in Extremes.texts.enumerated() where value != "007" {
                let job = "job \(number)"
                try redis.call("EVAL", digest, "1", "resque:busdriver:suspect:jobs", job, value)
                try redis.call("RPUSH", "resque:queue:jobs", job)
            }
            try redis.call("ZADD", "resque:busdriver:riders", "1", "gone:1:a")
            try redis.call(
                "HSET", "resque:busdriver:r:gone:1:a", "claimed", "1", "settled", "0", "slots", "9223372036854775807",
                "worker", "gone+swift:1", "queues", "jobs", "1", "jobs", "-9223372036854775808", "jobs")
            try redis.call("RPUSH", "resque:busdriver:reserved:gone:1:a:1", "reserved")
            let key = RetryKey(className: "Job", arguments: "x")
            try redis.call("SET", "resque:\(key.name)", "NaN")
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"]), log: log,
                ScriptedPerformer { job in
                    guard job.text == "retry" else { return JobReport(.done, retryKey: key) }
                    let retry = JobFailure.Retry(
                        policy: .delays([.seconds(60)]), key: key, queue: "jobs", element: job.element,
                        delayedElement: job.element)
                    return JobReport(.failed(JobFailure(exception: "E", message: "m", retry: retry)), retryKey: key)
                })
            try await bench.whileRunning(rider) {
                try await pollUntil("all is done") { try Self.isWorkedOff(redis) }
                try redis.call("SET", "resque:\(key.name)", "NaN")
                try redis.call("RPUSH", "resque:queue:jobs", "retry")
                try await pollUntil("it is retried") { try redis.call("GET", "resque:\(key.name)").string == "0" }
            }
            #expect(try redis.call("LLEN", "resque:failed").integer == 0)
            #expect(!log.lines(with: "resque:\(key.name) holds 'NaN'").isEmpty)
        }
    }
}
