import BusDriver
import BusProtocol
import BusScheduler
import BusSession
import Foundation
import RedisConnection
import RedisTestSupport
import Synchronization
import Testing

/// Redis cannot work for a while: driver, rider and scheduler wait it out, at their start and later, and say once for
/// what.
@Suite(.serialized, .timeLimit(.minutes(1))) struct StandstillTests {
    @Test(arguments: RedisState.all) func aStateAtTheStart(_ state: RedisState) async throws {
        try await RoleBench.run(config: state.config) { bench in
            let redis = try bench.client()
            let fleet = try Fleet(on: bench)
            try fleet.ledger.subscribe(on: redis)
            try fleet.addWork("first", on: redis)
            let other = try await state.begin(bench.server, redis)
            try await fleet.run(on: bench) {
                try await pollUntil("all say \(state.complaint): \(fleet.allLines)") {
                    fleet.lines(with: state.complaint).allSatisfy { !$0.isEmpty }
                }
                try await pollUntil("they try again and again") {
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
        try await RoleBench.run(config: state.config) { bench in
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
                        fleet.standstills(state.complaint).prefix(2).allSatisfy { !$0.isEmpty }
                    }
                }
                if state.description != RedisState.loading.description {
                    try await pollUntil("the scheduler says \(state.complaint): \(fleet.allLines)") {
                        !fleet.standstills(state.complaint)[2].isEmpty
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
                try await pollUntil("nobody is in trouble: \(fleet.allLines)") {
                    await fleet.troubles == [nil, nil, nil]
                }
            }
            // A scheduler that leads anew says so; driver and rider have never ceased to be what they said.
            #expect(fleet.announcements.prefix(2) == [1, 1], "\(fleet.allLines)")
            #expect(try fleet.ledger.verdict(on: bench.client()) == .clean)
            #expect(fleet.book.repeated == 0 && fleet.book.count == 3, "\(fleet.book.jobs)")
        }
    }

    /// With full memory a lease can be renewed and a list be read; that a role is connected again does not mean that it
    /// works.
    @Test func aConnectionThatComesBackProvesNothing() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let fleet = try Fleet(on: bench)
            try fleet.ledger.subscribe(on: redis)
            try await fleet.run(on: bench) {
                try await pollUntil("all work: \(fleet.allLines)") { fleet.announcements == [1, 1, 1] }
                try redis.call("CONFIG", "SET", "maxmemory", "1")
                try redis.killOtherClients()
                try await pollUntil("all are connected and wait: \(fleet.allLines)") {
                    fleet.standstills("OOM").allSatisfy { !$0.isEmpty }
                }
                #expect(fleet.lines(with: "Redis works again") == [[], [], []], "\(fleet.allLines)")
                #expect(await fleet.troubles.allSatisfy { $0 != nil })
                try redis.call("CONFIG", "SET", "maxmemory", "0")
                try fleet.addWork("first", on: redis)
                try await pollUntil("all work again: \(fleet.allLines)") { try fleet.hasDone("first", on: redis) }
            }
            #expect(try fleet.ledger.verdict(on: redis) == .clean)
        }
    }

    /// Behind an address that stays the same connections stay open when their master becomes a replica.
    @Test func aDemotedMasterIsNoticedByWhoeverSleeps() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let fleet = try Fleet(on: bench, lease: .seconds(60))
            let followersLog = CapturedLog()
            let follower = bench.scheduler(try bench.schedulerConfiguration(), log: followersLog)
            try await fleet.run(on: bench) {
                try await pollUntil("all work: \(fleet.allLines)") { fleet.announcements == [1, 1, 1] }
                try await bench.whileRunning(follower) {
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
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let leader = bench.scheduler(try bench.schedulerConfiguration())
            let log = CapturedLog()
            try await bench.whileRunning(leader) {
                try await pollUntil("it leads") { await leader.statistics.isLeading }
                try await bench.whileRunning(bench.scheduler(try bench.schedulerConfiguration(), log: log)) {
                    try await pollUntil("the other follows") { !log.lines(with: "following").isEmpty }
                    try await redis.countCallsOnceQuiet()
                    let seconds = 12
                    try await letPass(.seconds(seconds), until: "time goes by")
                    let counts = try redis.callCounts().filter { $0.key != "config|resetstat" && $0.key != "info" }
                    #expect(counts.values.reduce(0, +) <= 2 * seconds, "\(counts)")
                }
            }
        }
    }

    /// What only a change of the configuration could mend at the start may mend itself later: a file that is replaced,
    /// say.
    @Test func aConfigurationThatBecomesWrongIsWaitedOut() async throws {
        try await RoleBench.run { bench in
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
                try redis.killOtherClients()
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

    /// One that claims nothing has other writes to tell by.
    @Test func aPausedDriverSaysWhenRedisWorksAgain() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try redis.call("SET", "resque:pause-all-workers", "true")
            let state = RedisState.noReplicas
            let log = CapturedLog()
            try await bench.whileRunning(bench.driver(try bench.configuration(), log: log)) {
                try await pollUntil("it says what it drives: \(log.lines)") { !log.lines(with: "driving ").isEmpty }
                let other = try await state.begin(bench.server, redis)
                try await pollUntil("it says \(state.complaint): \(log.lines)") {
                    log.lines(with: state.complaint).contains { $0.contains("Redis cannot work") }
                }
                try await state.end(bench.server, redis, other)
                try await pollUntil("it could work: \(log.lines)") { !log.lines(with: "Redis works again").isEmpty }
            }
        }
    }

    // MARK: - What only somebody can mend

    @Test(arguments: ["resque:bus_apps", "resque:queue:bus_incoming", "resque:busdriver:drivers"])
    func aDriverNamesTheKeyThatKeepsItFromDriving(_ key: String) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try redis.call("SET", key, "text")
            let log = CapturedLog()
            let driver = bench.driver(try bench.configuration(), log: log)
            let ledger = Ledger()
            try await bench.whileRunning(driver) {
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

    /// First no slot is served, and then only keys of one slot can be worked on together: a driver of others ends and says
    /// why.
    @Test func aClusterWithoutSlotsIsWaitedFor() async throws {
        try await RoleBench.run(config: ["cluster-enabled yes"]) { bench in
            let redis = try bench.client()
            let fleet = try Fleet(on: bench, namespace: "{resque}")
            let log = CapturedLog()
            let scattered = bench.driver(try bench.configuration(), log: log)
            let running = bench.start(scattered)
            try await fleet.run(on: bench) {
                try await pollUntil("all say it: \(fleet.allLines)") {
                    let line = "awaited=a cluster that serves every slot reason=CLUSTERDOWN Hash slot not served"
                    return (fleet.lines(with: line) + [log.lines(with: line)]).allSatisfy { !$0.isEmpty }
                }
                #expect(fleet.announcements == [0, 0, 0], "\(fleet.allLines)")
                try redis.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
                try await pollUntil("all work: \(fleet.allLines)") { fleet.announcements == [1, 1, 1] }
                let refusal = await #expect(throws: RedisError.self) { try await running.value }
                #expect(refusal?.code == .configuration)
                #expect(refusal?.message.contains("CROSSSLOT") == true, "\(refusal?.message ?? "")")
                #expect(refusal?.message.contains("--namespace '{resque}'") == true, "\(refusal?.message ?? "")")
                #expect(log.lines(with: "driving").isEmpty, "\(log.lines)")
            }
        }
    }

    /// To go on without the records of an application would drop its events.
    @Test func aSubscriptionThatMayNotBeReadIsWaitedFor() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let configuration = try bench.configurationOfUser()
            let log = CapturedLog()
            try await bench.whileRunning(bench.driver(configuration, log: log)) {
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
