import BusDriver
import BusRider
import BusScheduler
import Foundation
import RedisConnection
import RedisTestSupport
import Testing

/// What a user may not do, and what a managed server never has, is done without, in every role: nobody reconnects for
/// ever, and the start line says which form is in use and why.
@Suite(.serialized) struct RestrictedUserTests {
    /// Nobody can be named, and ROLE is not allowed: as on managed servers, which do not have it.
    private static let managed = ["-role", "-client|setname"]

    /// Rights that are missing besides, and the word for it in the start line; nil where all is announced in spite of
    /// it.
    struct Restriction: CustomTestStringConvertible, Sendable {
        var rights: [String]
        var reason: String?
        var testDescription: String { rights.joined(separator: " ") }
    }

    static let restrictions = [
        Restriction(rights: [], reason: nil),
        Restriction(rights: ["-subscribe"], reason: "this user may not SUBSCRIBE"),
        Restriction(rights: ["resetchannels"], reason: "this user may not SUBSCRIBE"),
        Restriction(rights: ["-client|tracking"], reason: "this user may not CLIENT TRACKING"),
        Restriction(rights: ["-client|id"], reason: "this user may not CLIENT ID"),
    ]

    /// Makes the user `bus` or changes its rights; returns how to connect as it.
    private static func user(_ rights: [String], on redis: RawRedis) throws {
        let reply = try redis.reply(to: ["ACL", "SETUSER", "bus"] + rights)
        #expect(reply == .status("OK"))
    }

    private static func restricted(
        _ redis: RedisConfiguration, _ restriction: Restriction, on admin: RawRedis
    ) throws -> RedisConfiguration {
        try user(["on", ">secret", "~*", "&*", "+@all"] + managed + restriction.rights, on: admin)
        var redis = redis
        redis.credentials = { () throws(RedisError) in .init(username: "bus", password: "secret") }
        return redis
    }

    private static func check(_ log: CapturedLog, start: String, habit: String, _ restriction: Restriction) throws {
        let line = try #require(log.lines(with: start).first)
        if let reason = restriction.reason {
            #expect(line.contains("changes=\(habit)") && line.contains("reason=\(reason)"), "\(line)")
        } else {
            #expect(!line.contains(habit), "\(line)")
        }
    }

    /// A role that works without rights that it had, and has them again, says both.
    private static func checkNews(_ log: CapturedLog, habit: String) {
        let line = "Redis announces no changes any more changes=\(habit) reason="
        #expect(!log.lines(with: line).isEmpty, "\(log.lines)")
        #expect(!log.lines(with: "Redis announces changes again").isEmpty, "\(log.lines)")
    }

    /// What Redis executes, commands of scripts among them, is no more than so many commands in three seconds; what is
    /// done once a second may fall into the time once more.
    private static func expectIdle(atMost limit: Int, _ redis: RawRedis) async throws {
        try redis.call("CONFIG", "RESETSTAT")
        let start = ContinuousClock.now
        try await letPass(.seconds(3), until: "the time is over")
        let counts = try redis.callCounts()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        #expect(Double(counts.values.reduce(0, +)) <= Double(limit) * (seconds + 1) / 3, "\(counts) in \(seconds) s")
    }

    // MARK: - Driver

    @Test(
        .timeLimit(.minutes(1)),
        arguments: restrictions + [
            Restriction(rights: ["-publish"], reason: "this user may not PUBLISH"),
            Restriction(rights: ["resetchannels", "&__redis__:invalidate"], reason: "this user may not SUBSCRIBE"),
        ])
    func aDriverDrives(_ restriction: Restriction) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            var configuration = try bench.configuration(lease: .seconds(15))
            configuration.redis = try Self.restricted(configuration.redis, restriction, on: redis)
            let log = CapturedLog()
            let driver = bench.driver(configuration, log: log)
            try await bench.whileRunning(driver) {
                for number in 1...5 {
                    try ledger.publish(number % 2 == 0 ? 200 : 1, on: redis)
                    try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
                }
                try redis.call("SET", "resque:pause-all-workers", "true")
                try ledger.publish(10, on: redis)
                try await pollUntil("it pauses") { !log.lines(with: "paused by").isEmpty }
                if restriction.reason != nil {
                    try redis.call("CONFIG", "RESETSTAT")
                    try await pollUntil("it looks each second", within: .seconds(5)) {
                        try redis.callCounts()["get"] ?? 0 >= 2
                    }
                }
                try redis.call("DEL", "resque:pause-all-workers")
                let wait = try await pollUntil("it resumes") { try ledger.isDriven(on: redis) }
                #expect(wait < .seconds(3))
                try await Self.expectIdle(atMost: 12, redis)
            }
            #expect(await driver.statistics.reconnects == 0, "\(log.lines)")
            #expect(try ledger.verdict(on: redis) == .clean)
            try Self.check(log, start: "driving", habit: "reads subscriptions for each batch", restriction)
        }
    }

    /// Redis ends the connection of a subscriber that may not hear its channels any more, and refuses barriers.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [["resetchannels"], ["-subscribe"], ["-publish"], ["-client|tracking"], ["-client"]])
    func rightsThatADriverLosesAreDoneWithout(_ rights: [String]) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            var configuration = try bench.configuration()
            configuration.redis = try Self.restricted(configuration.redis, Restriction(rights: []), on: redis)
            let log = CapturedLog()
            let driver = bench.driver(configuration, log: log)
            try await bench.whileRunning(driver) {
                for rights in [[], rights, ["&*", "+@all"], rights] {
                    try Self.user(rights, on: redis)
                    // Rights that come back are used by the next session.
                    try redis.killOtherClients()
                    for _ in 1...10 {
                        try ledger.publish(20, on: redis)
                        try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
                    }
                }
            }
            #expect(await driver.statistics.reconnects <= 8)
            #expect(try ledger.verdict(on: redis) == .clean)
            Self.checkNews(log, habit: "reads subscriptions for each batch")
        }
    }

    // MARK: - Rider

    @Test(.timeLimit(.minutes(1)), arguments: restrictions)
    func aRiderRides(_ restriction: Restriction) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            var configuration = try bench.riderConfiguration(["jobs", "more"], lease: .seconds(15))
            configuration.redis = try Self.restricted(configuration.redis, restriction, on: redis)
            let (book, log) = (RunBook(), CapturedLog())
            let rider = bench.rider(configuration, log: log, book.performer)
            try await bench.whileRunning(rider) {
                for number in 1...4 {
                    try redis.call("RPUSH", number % 2 == 0 ? "resque:queue:jobs" : "resque:queue:more", "\(number)")
                    let wait = try await pollUntil("job \(number) is run") { book.count == number }
                    #expect(wait < .seconds(2))
                }
                try redis.call("SET", "resque:pause-all-workers", "true")
                try await pollUntil("it is at rest") { try redis.call("GET", "resque:stat:processed").string == "4" }
                try await Self.expectIdle(atMost: 16, redis)
                try redis.call("RPUSH", "resque:queue:jobs", "5")
                try redis.call("DEL", "resque:pause-all-workers")
                let wait = try await pollUntil("it resumes") { book.count == 5 }
                #expect(wait < .seconds(2))
            }
            #expect(await rider.statistics.reconnects == 0, "\(log.lines)")
            try Self.check(log, start: "working", habit: "looks for jobs every 1.0 seconds", restriction)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [["resetchannels"], ["-subscribe"], ["-client|tracking"], ["-client"]])
    func rightsThatARiderLosesAreDoneWithout(_ rights: [String]) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            var configuration = try bench.riderConfiguration(["jobs"])
            configuration.redis = try Self.restricted(configuration.redis, Restriction(rights: []), on: redis)
            let (book, log) = (RunBook(), CapturedLog())
            let rider = bench.rider(configuration, log: log, book.performer)
            try await bench.whileRunning(rider) {
                var number = 0
                for rights in [[], rights, ["&*", "+@all"], rights] {
                    try Self.user(rights, on: redis)
                    // Rights that come back are used by the next session.
                    try redis.killOtherClients()
                    for _ in 1...2 {
                        number += 1
                        try redis.call("RPUSH", "resque:queue:jobs", "\(number)")
                        try await pollUntil("job \(number) is run") { book.count == number }
                    }
                }
            }
            #expect(await rider.statistics.reconnects <= 8)
            #expect(book.repeated == 0)
            Self.checkNews(log, habit: "looks for jobs every 1.0 seconds")
        }
    }

    // MARK: - Scheduler

    private static let schedulersHabit = "looks each second for what falls due, every 4 s for changed schedules"

    private static func item(_ number: Int) -> String { #"{"class":"Job","args":[\#(number)],"queue":"jobs"}"# }

    @Test(.timeLimit(.minutes(1)), arguments: restrictions)
    func aSchedulerLeadsAndFollows(_ restriction: Restriction) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            var configuration = try bench.schedulerConfiguration()
            configuration.redis = try Self.restricted(configuration.redis, restriction, on: redis)
            let (log, followersLog) = (CapturedLog(), CapturedLog())
            let leader = bench.scheduler(configuration, log: log)
            let follower = bench.scheduler(configuration, log: followersLog)
            let leading = bench.start(leader)
            try await pollUntil("it leads") { await leader.statistics.isLeading }
            try await bench.whileRunning(follower) {
                try await pollUntil("the other follows") { !followersLog.lines(with: "following").isEmpty }
                try redis.delay(Self.item(1), until: Int(try redis.time()) + 1)
                let wait = try await pollUntil("it has moved") { try redis.length(of: "jobs") == 1 }
                #expect(wait < .seconds(4))
                // Each second one of either; clock, schedules and proofs that both could work every four.
                try await Self.expectIdle(atMost: 20, redis)
                await leader.stop()
                #expect(try await leading.value == .finished)
                let election = try await pollUntil("the other leads") { await follower.statistics.isLeading }
                #expect(election < .seconds(2))
            }
            for scheduler in [leader, follower] { #expect(await scheduler.statistics.reconnects == 0, "\(log.lines)") }
            try Self.check(log, start: "leading", habit: Self.schedulersHabit, restriction)
            try Self.check(followersLog, start: "following", habit: Self.schedulersHabit, restriction)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [["resetchannels"], ["-subscribe"], ["-client|tracking"], ["-client"]])
    func rightsThatASchedulerLosesAreDoneWithout(_ rights: [String]) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            var configuration = try bench.schedulerConfiguration()
            configuration.redis = try Self.restricted(configuration.redis, Restriction(rights: []), on: redis)
            let log = CapturedLog()
            let scheduler = bench.scheduler(configuration, log: log)
            try await bench.whileRunning(scheduler) {
                try await pollUntil("it leads") { await scheduler.statistics.isLeading }
                var number = 0
                for rights in [[], rights, ["&*", "+@all"], rights] {
                    try Self.user(rights, on: redis)
                    // Rights that come back are used by the next session.
                    try redis.killOtherClients()
                    for _ in 1...2 {
                        number += 1
                        try redis.delay(Self.item(number), until: 5)
                        try await pollUntil("job \(number) has moved") { try redis.length(of: "jobs") == number }
                    }
                }
            }
            #expect(await scheduler.statistics.reconnects <= 8)
            Self.checkNews(log, habit: Self.schedulersHabit)
        }
    }
}
