import BusProtocol
import BusRider
import BusSession
import BusWire
import Foundation
import LibevExecutor
import Logging
import RedisConnection
import RedisTestSupport
import ResqueBus
import Testing

/// The whole life of each role, by a user who has exactly the rights that the README names: start, work, retry,
/// failure, recovery of a killed neighbour, the lead of a scheduler, the end. Nothing is refused, and no right is
/// needless.
@Suite(.serialized, .timeLimit(.minutes(2))) struct RoleLifeTests {
    private static let event =
        #"{"class":"QueueBus::Worker","args":["{\"bus_event_type\":\"x\",\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#
    private static let failing =
        #"{"class":"QueueBus::Worker","args":["{\"bus_event_type\":\"x\",\"bus_class_proxy\":\"::QueueBus::Rider\","#
        + #"\"bus_rider_app_key\":\"app\",\"bus_rider_sub_key\":\"sub\",\"bus_rider_queue\":\"app_default\","#
        + #"\"bus_id\":\"1-a\"}"]}"#

    // MARK: - Driver

    /// What a killed driver leaves behind.
    private static func leaveDriver(_ redis: RawRedis) throws {
        let fields = ["queue", "bus_incoming", "claimed", "1", "worker", "h+swift:9:x"]
        _ = try redis.reply(to: ["HSET", "resque:busdriver:d:h:9:ab"] + fields)
        try redis.call("ZADD", "resque:busdriver:drivers", "1", "h:9:ab")
        try redis.call("RPUSH", "resque:busdriver:inf:h:9:ab:1", event)
        try redis.call("SADD", "resque:workers", "h+swift:9:x")
    }

    private static func subscribe(_ redis: RawRedis, app: String, key: String) throws {
        let record = #"{"queue_name":"\#(app)_\#(key)","key":"\#(key)","class":"X","matcher":{"bus_event_type":"x"}}"#
        try redis.call("HSET", "resque:bus_app:\(app)", key, record)
        try redis.call("SADD", "resque:bus_apps", app)
    }

    @Test func aDriversRightsAreExact() async throws {
        let user = try RoleUser(.driver)
        let redis = user.redis
        try Self.subscribe(redis, app: "app", key: "good")
        try Self.subscribe(redis, app: "app", key: "wrong")
        try redis.call("SET", "resque:queue:app_wrong", "no list")
        // A killed busdriver tail.
        try Self.subscribe(redis, app: "busdriver_tail_0123456789abcdef", key: "t")
        try Self.leaveDriver(redis)
        try redis.call("RPUSH", "resque:queue:bus_incoming", Self.event, "no JSON", Self.event)
        let driver = try BusDriverProcess(
            running: "busdriver", ["run", "--lease", "1s", "--redis", user.url], on: user.server)
        func length(_ key: String) throws -> Int { try redis.call("LLEN", key).integer ?? 0 }
        try await pollUntil("the events are driven, and those of the dead one") {
            try length("resque:queue:app_good") == 3
        }
        try await pollUntil("what could not be pushed is kept") { try length("resque:failed") == 4 }
        for number in 4...6 {
            try redis.call("RPUSH", "resque:queue:bus_incoming", Self.event)
            try await pollUntil("one alone is driven") { try length("resque:queue:app_good") == number }
        }
        let beat = #"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"QueueBus::Heartbeat\"}"]}"#
        try redis.call("RPUSH", "resque:queue:bus_incoming", beat)
        try await pollUntil("a heartbeat is published") {
            try redis.call("GET", "resque:bus:heartbeat:timestamp").string != nil
        }
        try await pollUntil("the tail's remains are gone") {
            try redis.call("EXISTS", "resque:bus_app:busdriver_tail_0123456789abcdef").integer == 0
        }
        driver.signal(SIGUSR2)
        try await pollUntil("it has paused") { driver.log.contains("paused by") }
        driver.signal(SIGCONT)
        try redis.call("DEL", "resque:failed")
        try redis.call("SET", "resque:failed", "no list")
        try redis.call("RPUSH", "resque:queue:bus_incoming", "no JSON")
        try await pollUntil("an entry waits") { try length("resque:busdriver:failed") == 1 }
        try redis.call("DEL", "resque:failed")
        try await pollUntil("it waits no more") { try length("resque:failed") == 1 }
        driver.signal(SIGTERM)
        try await pollUntil("it ends") { driver.ending != nil }
        #expect(driver.ending == .exit(0), "\(driver.log)")
        try user.expectExactRights(scripts: [
            "register", "renew_lease", "mark_pause", "claim", "fin", "absolve", "recover", "move_failures", "swap",
            "set_aside",
        ])
    }

    // MARK: - Rider

    @Test func aRidersRightsAreExact() async throws {
        let user = try RoleUser(.rider)
        let redis = user.redis
        try RecoverTests.reserve(redis, rider: "dead", batch: 1, from: "jobs", #"{"class":"Job","args":[1]}"#)
        try redis.call("ZADD", "resque:busdriver:riders", "1", "dead")
        let executor = LibevExecutor(name: "rider")
        defer { executor.stop() }
        var configuration = RiderConfiguration(
            redis: RedisConfiguration(endpoint: try RedisEndpoint(parsing: user.url)),
            queues: try QueueSelection(parsing: "app_*,jobs"), host: "test-host", processID: getpid(),
            now: { 1_795_239_502 })
        configuration.lease = .seconds(1)
        struct Trouble: Error {}
        let application = Application("app") {
            Subscribe("sub") { _ in throw Trouble() }
            Job("Job", queue: "jobs") { (_: Int) in }
        }.retry(.resque)
        let rider = Rider(
            configuration: configuration, performer: try JobRouter([application]), executor: executor,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let running = Task(executorPreference: executor) { try await rider.run() }
        func stat(_ name: String) throws -> Int { Int(try redis.call("GET", "resque:stat:\(name)").string ?? "") ?? 0 }
        try await pollUntil("the dead rider's job is done") { try stat("processed") == 1 }
        try redis.call("SADD", "resque:queues", "app_default")
        try redis.call("RPUSH", "resque:queue:app_default", Self.failing)
        try await pollUntil("it waits for its second try") {
            try redis.call("ZCARD", "resque:delayed_queue_schedule").integer == 1
        }
        try redis.call("RPUSH", "resque:queue:jobs", #"{"class":"Unknown","args":[]}"#, "no JSON")
        try await pollUntil("what can never succeed has failed") {
            try redis.call("LLEN", "resque:failed").integer == 2
        }
        // Through a loss of the connections as well.
        try redis.call("CLIENT", "KILL", "USER", "bus")
        let processed = try stat("processed")
        try redis.call("RPUSH", "resque:queue:jobs", #"{"class":"Job","args":[2]}"#)
        // A job that is only reserved would be given back.
        try await pollUntil("it works again") { try stat("processed") > processed }
        await rider.stop(within: nil)
        #expect(try await running.value == .finished)
        try user.expectExactRights(scripts: [
            "register", "renew_lease", "mark_pause", "claim_jobs", "settle_jobs", "recover_rider", "set_aside",
            "move_failures",
        ])
    }

    // MARK: - Scheduler

    @Test func aSchedulersRightsAreExact() async throws {
        let user = try RoleUser(.scheduler)
        let redis = user.redis
        func delay(_ item: String, until time: Int, isScheduled: Bool = true) throws {
            try redis.call("RPUSH", "resque:delayed:\(time)", item)
            try redis.call("SADD", "resque:timestamps:\(item)", "delayed:\(time)")
            if isScheduled { try redis.call("ZADD", "resque:delayed_queue_schedule", String(time), String(time)) }
        }
        try delay(#"{"class":"Job","args":[1],"queue":"jobs"}"#, until: 5)
        try delay("no JSON", until: 5)
        // What a client died over.
        try delay(#"{"class":"Job","args":[2],"queue":"jobs"}"#, until: 6, isScheduled: false)
        try redis.call("HSET", "resque:persistent_schedules", "a", #"{"every":"1s","queue":"q","class":"J"}"#)
        try redis.call("SET", "resque:bus:heartbeat:timestamp", String(Int(Date.now.timeIntervalSince1970) / 60 - 2))
        let words = ["run", "--roles", "scheduler", "--heartbeat", "--redis", user.url]
        let leader = try BusDriverProcess(running: "busdriver", words, on: user.server)
        try await pollUntil("what is due has moved") { try redis.call("LLEN", "resque:queue:jobs").integer == 2 }
        try await pollUntil("what cannot move has failed") { try redis.call("LLEN", "resque:failed").integer == 1 }
        let follower = try BusDriverProcess(running: "busdriver", words, on: user.server)
        try await pollUntil("it follows") { follower.log.contains("following") }
        try await pollUntil("a schedule fires") { try redis.call("LLEN", "resque:queue:q").integer ?? 0 > 0 }
        try redis.call("HSET", "resque:persistent_schedules", "b", #"{"every":"1s","queue":"r","class":"J"}"#)
        try redis.call("SADD", "resque:schedules_changed", "b")
        try await pollUntil("a new schedule fires") { try redis.call("LLEN", "resque:queue:r").integer ?? 0 > 0 }
        try redis.call("HDEL", "resque:persistent_schedules", "b")
        try redis.call("SADD", "resque:schedules_changed", "b")
        leader.signal(SIGTERM)
        try await pollUntil("it ends") { leader.ending != nil }
        let before = try redis.call("LLEN", "resque:queue:q").integer ?? 0
        try await pollUntil("the other leads") { try redis.call("LLEN", "resque:queue:q").integer ?? 0 > before }
        follower.signal(SIGTERM)
        try await pollUntil("it ends") { follower.ending != nil }
        #expect(leader.ending == .exit(0) && follower.ending == .exit(0), "\(leader.log)\(follower.log)")
        try user.expectExactRights(scripts: [
            "take_lock", "renew_lock", "release_lock", "spare_unusable", "set_aside_delayed", "tidy_bucket", "fire",
            "note_firing", "publish_bus_heartbeats", "move_failures",
        ])
    }

    // MARK: - Application

    @Test func anApplicationsRightsAreExact() async throws {
        let user = try RoleUser(.application)
        let bus = try Bus(redis: user.url)
        try await bus.subscribe("app", to: ["one", "two"])
        try await bus.subscribe("app", to: ["three", "four"])
        #expect(try await bus.add("five", to: "app"))
        #expect(try await bus.remove("three", from: "app"))
        #expect(try await bus.unsubscribe("app", queue: "default") == 2)
        try await bus.unsubscribe("app")
        try await bus.publish("x")
        try await bus.publish("x", at: Date.now + 60)
        try await bus.enqueue("Job", 1, to: "jobs")
        for number in 1...4 { try await bus.enqueue("Job", .integer(number), to: "jobs", in: .seconds(60)) }
        #expect(try await bus.delayed.count() == 5)
        #expect(try await bus.delayed.nextTime() != nil)
        #expect(try await bus.delayed.times().count > 0)
        #expect(try await bus.delayed.remove("Job", 1, from: "jobs") == 1)
        #expect(try await bus.delayed.run("Job", 2, from: "jobs") == 1)
        #expect(try await bus.delayed.remove { $0.arguments == [3] } == 1)
        try await bus.schedules.set(
            "news", .cron("0 9 * * *"), job: "Job", arguments: [1], queue: "jobs")
        #expect(try await bus.schedules.all().count == 1)
        try await bus.schedules.remove("news")
        await bus.close()
        try user.expectExactRights(
            scripts: ["put_subscription", "enqueue_once", "run_delayed", "tidy_bucket"], hidden: ["ping"])
    }
}
