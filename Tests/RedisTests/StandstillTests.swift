import BusStore
import Foundation
import Logging
import RedisConnection
import RedisTestSupport
import Synchronization
import Testing

/// Redis cannot work for a while: driver, rider and scheduler wait it out, at their start and later, and say once for what.
@Suite(.serialized, .timeLimit(.minutes(1))) struct StandstillTests {
    @Test(arguments: RedisState.all) func aStateAtTheStart(_ state: RedisState) async throws {
        try await DriverBench.run(config: state.config) { bench in
            let redis = try bench.client()
            let fleet = try Fleet(on: bench)
            try fleet.ledger.subscribe(on: redis)
            try fleet.addWork("first", on: redis)
            let other = try await state.begin(bench.server, redis)
            try await fleet.run(on: bench) {
                try await pollUntil("all say \(state.complaint): \(fleet.allLines)") {
                    fleet.lines(with: state.complaint).allSatisfy { !$0.isEmpty }
                }
                try await pollUntil("they try again and again", within: .milliseconds(500)) {
                    #expect(fleet.announcements == [0, 0, 0], "\(fleet.allLines)")
                    return await fleet.troubles.allSatisfy { $0 != nil }
                }
                #expect(fleet.lines(with: state.complaint).map(\.count) == [1, 1, 1], "\(fleet.allLines)")
                try await state.end(bench.server, redis, other)
                try await pollUntil("all work: \(fleet.allLines)") { try fleet.hasDone("first", on: redis) }
                #expect(fleet.lines(with: "Redis works again").map(\.count) == [1, 1, 1], "\(fleet.allLines)")
                #expect(fleet.announcements == [1, 1, 1], "\(fleet.allLines)")
                #expect(await fleet.troubles == [nil, nil, nil])
            }
            #expect(try fleet.ledger.verdict(on: redis) == .clean)
            #expect(fleet.book.count == 1)
        }
    }

    @Test(arguments: RedisState.all) func aStateLater(_ state: RedisState) async throws {
        try await DriverBench.run(config: state.config) { bench in
            let redis = try bench.client()
            let fleet = try Fleet(on: bench)
            try fleet.ledger.subscribe(on: redis)
            try await fleet.run(on: bench) {
                try fleet.addWork("first", on: redis)
                try await pollUntil("all work") { try fleet.hasDone("first", on: redis) }
                try fleet.addWork("second", on: redis)
                let other = try await state.begin(bench.server, redis)
                if state.stopsLeases {
                    try await pollUntil("driver and rider say \(state.complaint): \(fleet.allLines)") {
                        fleet.lines(with: state.complaint).prefix(2).allSatisfy { !$0.isEmpty }
                    }
                }
                if state.description != RedisState.loading.description {
                    try await pollUntil("the scheduler says \(state.complaint): \(fleet.allLines)") {
                        !fleet.lines(with: state.complaint)[2].isEmpty
                    }
                }
                #expect(fleet.lines(with: state.complaint).allSatisfy { $0.count <= 1 }, "\(fleet.allLines)")
                #expect(fleet.lines(with: "cannot be used").allSatisfy { $0.isEmpty }, "\(fleet.allLines)")
                try await state.end(bench.server, redis, other)
                let client = try bench.client()
                try fleet.addWork("third", on: client)
                try await pollUntil("all work again: \(fleet.allLines)") {
                    try fleet.hasDone("second", on: client) && fleet.hasDone("third", on: client)
                }
                #expect(await fleet.troubles == [nil, nil, nil])
            }
            #expect(try fleet.ledger.verdict(on: bench.client()) == .clean)
            #expect(fleet.book.repeated == 0 && fleet.book.count == 3, "\(fleet.book.jobs)")
        }
    }

    /// Behind an address that stays the same connections stay open when their master becomes a replica.
    @Test func aDemotedMasterIsNoticedByWhoeverSleeps() async throws {
        try await DriverBench.run { bench in
            let redis = try bench.client()
            let fleet = try Fleet(on: bench, lease: .seconds(60))
            let followersLog = CapturedLog()
            let follower = bench.scheduler(try bench.schedulerConfiguration(), log: followersLog)
            try await fleet.run(on: bench) {
                try await pollUntil("all work: \(fleet.allLines)") { fleet.announcements == [1, 1, 1] }
                try await bench.whileScheduling(follower) {
                    try await pollUntil("one follows") { !followersLog.lines(with: "following").isEmpty }
                    try redis.call("REPLICAOF", "127.0.0.1", "1")
                    try await pollUntil("all notice: \(fleet.allLines)", within: .seconds(5)) {
                        let logs = fleet.lines(with: "a master at this address")
                        return (logs + [followersLog.lines(with: "a master at this address")])
                            .allSatisfy { !$0.isEmpty }
                    }
                    try redis.call("REPLICAOF", "NO", "ONE")
                    try await pollUntil("all are back: \(fleet.allLines)") {
                        fleet.lines(with: "Redis works again").allSatisfy { !$0.isEmpty }
                    }
                }
            }
        }
    }

    /// All commands ever executed count, those inside scripts among them.
    @Test func sleepingSchedulersSendLessThanACommandASecond() async throws {
        try await DriverBench.run { bench in
            let redis = try bench.client()
            let leader = bench.scheduler(try bench.schedulerConfiguration())
            let log = CapturedLog()
            try await bench.whileScheduling(leader) {
                try await pollUntil("it leads") { await leader.statistics.isLeading }
                try await bench.whileScheduling(bench.scheduler(try bench.schedulerConfiguration(), log: log)) {
                    try await pollUntil("the other follows") { !log.lines(with: "following").isEmpty }
                    try redis.call("CONFIG", "RESETSTAT")
                    let seconds = 12
                    let end = ContinuousClock.now + .seconds(seconds)
                    try await pollUntil("time goes by") { ContinuousClock.now > end }
                    let counts = try redis.callCounts().filter { $0.key != "config|resetstat" && $0.key != "info" }
                    #expect(counts.values.reduce(0, +) <= 2 * seconds, "\(counts)")
                }
            }
        }
    }

    /// What only a change of the configuration could mend at the start may mend itself later: a file that is replaced, say.
    @Test func aConfigurationThatBecomesWrongIsWaitedOut() async throws {
        try await DriverBench.run { bench in
            let redis = try bench.client()
            let isWrong = Mutex(false)
            let fleet = try Fleet(on: bench) {
                $0.credentials = { () throws(RedisError) in
                    if isWrong.withLock({ $0 }) { throw RedisError(.configuration, "The password file is gone.") }
                    return nil
                }
            }
            try fleet.ledger.subscribe(on: redis)
            try await fleet.run(on: bench) {
                try fleet.addWork("first", on: redis)
                try await pollUntil("all work") { try fleet.hasDone("first", on: redis) }
                isWrong.withLock { $0 = true }
                for type in ["pubsub", "normal"] { try redis.call("CLIENT", "KILL", "TYPE", type, "SKIPME", "yes") }
                try await pollUntil("all say it: \(fleet.allLines)") {
                    fleet.lines(with: "The password file is gone").allSatisfy { !$0.isEmpty }
                }
                isWrong.withLock { $0 = false }
                try fleet.addWork("second", on: redis)
                try await pollUntil("all work again") { try fleet.hasDone("second", on: redis) }
            }
            #expect(try fleet.ledger.verdict(on: redis) == .clean)
        }
    }

    // MARK: - What only somebody can mend

    @Test(arguments: ["resque:bus_apps", "resque:queue:bus_incoming", "resque:busdriver:drivers"])
    func aDriverNamesTheKeyThatKeepsItFromDriving(_ key: String) async throws {
        try await DriverBench.run { bench in
            let redis = try bench.client()
            try redis.call("SET", key, "text")
            let log = CapturedLog()
            var configuration = try bench.configuration()
            configuration.redis.backoff = ReconnectBackoff(base: .milliseconds(20), cap: .milliseconds(100))
            let driver = bench.driver(configuration, log: log)
            let ledger = Ledger()
            try await bench.whileDriving(driver) {
                try await pollUntil("the log names it: \(log.lines)") { !log.lines(with: key).isEmpty }
                let tries = try Self.connections(redis)
                try await pollUntil("it tries again and again") { try Self.connections(redis) > tries + 10 }
                #expect(log.lines(with: key).count == 1, "\(log.lines)")
                #expect(log.lines(with: "driving").isEmpty, "\(log.lines)")
                #expect(await driver.trouble?.contains("\(key) has another type of value") == true)
                try redis.call("DEL", key)
                try ledger.subscribe(on: redis)
                try ledger.publish(100, on: redis)
                try await pollUntil("it drives: \(log.lines)") { try ledger.isDriven(on: redis) }
                #expect(log.lines(with: "driving").count == 1, "\(log.lines)")
            }
            #expect(try ledger.verdict(on: redis) == .clean)
        }
    }

    private static func connections(_ redis: RawRedis) throws -> Int {
        let statistics = try redis.call("INFO", "stats").string ?? ""
        return statistics.firstMatch(of: /total_connections_received:(\d+)/).flatMap { Int($0.1) } ?? 0
    }

    /// First no slot is served, and then only keys of one slot can be worked on together.
    @Test func aClusterWithoutSlotsIsWaitedFor() async throws {
        try await DriverBench.run(config: ["cluster-enabled yes"]) { bench in
            let redis = try bench.client()
            let fleet = try Fleet(on: bench, namespace: "{resque}")
            let log = CapturedLog()
            let scattered = bench.driver(try bench.configuration(), log: log)
            let running = bench.start(scattered)
            try await fleet.run(on: bench) {
                try await pollUntil("all say it: \(fleet.allLines)") {
                    (fleet.lines(with: "CLUSTERDOWN") + [log.lines(with: "CLUSTERDOWN")]).allSatisfy { !$0.isEmpty }
                }
                #expect(fleet.announcements == [0, 0, 0], "\(fleet.allLines)")
                try redis.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
                try await pollUntil("all work: \(fleet.allLines)") { fleet.announcements == [1, 1, 1] }
                try await pollUntil("the other says why not: \(log.lines)") { !log.lines(with: "CROSSSLOT").isEmpty }
                #expect(log.lines(with: "driving").isEmpty, "\(log.lines)")
                #expect(try #require(log.lines(with: "CROSSSLOT").first).contains("--namespace '{resque}'"))
            }
            await scattered.stop()
            #expect(try await running.value == .abandoned(inFlight: []))
            #expect(await scattered.trouble?.contains("CROSSSLOT") == true)
        }
    }

    /// To go on without the records of an application would drop its events.
    @Test func aSubscriptionThatMayNotBeReadIsWaitedFor() async throws {
        try await DriverBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            try redis.call("ACL", "SETUSER", "bus", "on", ">secret", "~*", "&*", "+@all")
            var configuration = try bench.configuration()
            configuration.redis.credentials = { () throws(RedisError) in .init(username: "bus", password: "secret") }
            let log = CapturedLog()
            try await bench.whileDriving(bench.driver(configuration, log: log)) {
                try ledger.publish(100, on: redis)
                try await pollUntil("it drives") { try ledger.isDriven(on: redis) }
                _ = try redis.pipeline([
                    ["ACL", "SETUSER", "bus", "-hgetall"], ["HSET", "resque:bus_app:ledger_all", "other", "{}"],
                ])
                for _ in 1...10 { try ledger.publish(50, on: redis) }
                try await pollUntil("the log says it: \(log.lines)") { !log.lines(with: "hgetall").isEmpty }
                try redis.call("ACL", "SETUSER", "bus", "+hgetall")
                try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
            }
            #expect(try ledger.verdict(on: redis) == .clean, "\(log.lines)")
        }
    }
}

/// What is said of a standstill, and when.
@Suite(.timeLimit(.minutes(1))) struct StandstillLineTests {
    private static func refusal(_ text: String) -> RedisError { .refusal(RedisErrorReply(message: text)) }
    private static let full = refusal(
        "OOM command not allowed when used memory > 'maxmemory'. script: 4f, on @user_script:41.")
    private let start = ContinuousClock.now
    private let log = CapturedLog()

    private func standstill(of task: String? = nil) -> Standstill {
        Standstill(Logger(label: "test") { _ in log.handler }, of: task)
    }

    @Test func whatSomebodyMustChangeIsToldWithWhatToDo() {
        var standstill = standstill()
        let refusals = [
            "CROSSSLOT Keys in request don't hash to the same slot", "MOVED 7 127.0.0.1:1",
            "NOPERM this user has no permissions to run the 'evalsha' command", "ERR unknown command 'EVALSHA'",
            "WRONGTYPE Operation against a key holding the wrong kind of value",
        ]
        for refusal in refusals { standstill.met(Self.refusal(refusal), at: start) }
        let cluster =
            "Use a Redis that is no cluster; or a namespace in braces, as --namespace '{resque}', on the node that has its slot"
        let ends = [
            ". \(cluster)", ". \(cluster)", ". busdriver doctor names what this user needs",
            ". This needs a Redis of 6.2 or later that is no sentinel", "",
        ]
        let lines = zip(refusals, ends).map {
            "Redis cannot be used: \($0); trying again until somebody changes that\($1)"
        }
        #expect(log.lines == lines)
    }

    @Test func eachCauseIsToldOnceInTenSeconds() {
        var standstill = standstill()
        standstill.met(Self.full, at: start)
        standstill.met(Self.full, at: start + .seconds(9))
        standstill.met(Self.refusal("BUSY Redis is busy."), at: start + .seconds(9))
        standstill.met(Self.full, at: start + .seconds(10))
        standstill.met(Self.full, at: start + .seconds(20))
        standstill.ended()
        standstill.ended()
        let line =
            "Redis cannot work: OOM command not allowed when used memory > 'maxmemory'; waiting for used memory below "
            + "maxmemory; free some, or raise maxmemory"
        let busy =
            "Redis cannot work: BUSY Redis is busy; waiting for the end of a script that blocks Redis; SCRIPT KILL or "
            + "FUNCTION KILL ends it unless it wrote"
        #expect(log.lines == [line, busy, line + " (1 more times since)", line, "Redis works again"])
    }

    @Test func aStateThatComesAndGoesIsNotToldEachTime() {
        var standstill = standstill(of: "not subscribed yet")
        standstill.met(Self.full, at: start)
        standstill.ended()
        standstill.met(Self.full, at: start + .seconds(1))
        #expect(standstill.trouble == "Redis cannot work: OOM command not allowed when used memory > 'maxmemory'")
        standstill.ended()
        #expect(standstill.trouble == nil)
        #expect(log.lines.count == 2 && log.lines[0].hasPrefix("not subscribed yet: Redis cannot work"))
    }

    /// The words change, the cause does not.
    @Test func aServerThatIsAwayIsOneCause() {
        var standstill = standstill()
        standstill.met(RedisError(.connectionLost, "Redis closed the connection."), at: start)
        standstill.met(RedisError(.unreachable, "Connection refused."), at: start + .seconds(1))
        standstill.met(RedisError(.timedOut, "Too late."), at: start + .seconds(2))
        #expect(log.lines == ["Redis is away: Redis closed the connection; trying until it answers"])
        #expect(standstill.trouble == "Redis is away")
    }

    @Test func aDemotedMasterIsOneCause() {
        var standstill = standstill()
        standstill.met(Self.refusal("READONLY You can't write."), at: start)
        standstill.met(Self.refusal("MASTERDOWN Link with MASTER is down"), at: start)
        standstill.met(RedisError(.notMaster, "it is a replica"), at: start)
        #expect(log.lines.count == 1)
        #expect(standstill.trouble == "Redis cannot work: it is a replica")
    }

    @Test func whatIsClosedOnPurposeIsNoTrouble() {
        var standstill = standstill()
        standstill.met(RedisError(.closed, "The connection was closed."), at: start)
        #expect(standstill.trouble == nil && log.lines == [])
    }

    @Test func longWordsAreCut() {
        var standstill = standstill()
        standstill.met(Self.refusal("OOM " + String(repeating: "x", count: 10_000)), at: start)
        #expect(log.lines.count == 1 && log.lines[0].count < 400)
    }
}
