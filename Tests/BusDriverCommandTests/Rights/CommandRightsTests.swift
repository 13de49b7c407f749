import BusProtocol
import Foundation
import RedisTestSupport
import Testing

/// Every command of `busdriver` by a user who has exactly the rights that the README names for operators, and `doctor`
/// by one who has those for doctor.
@Suite(.serialized, .timeLimit(.minutes(2))) struct CommandRightsTests {
    private static let event =
        #"{"class":"QueueBus::Worker","args":["{\"bus_event_type\":\"x\",\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#

    private static func failure(_ name: String) -> String {
        #"{"failed_at":"2026/11/20 10:00:00 UTC","payload":{"class":"\#(name)","args":[1]},"exception":"E","#
            + #""error":"e","backtrace":[],"worker":"w","queue":"q"}"#
    }

    @Test func anOperatorsRightsAreExact() async throws {
        let user = try RoleUser(.operator)
        let redis = user.redis
        try redis.call("RPUSH", "resque:failed", Self.failure("A"), Self.failure("B"), Self.failure("C"))
        try redis.call("HSET", "resque:busdriver:d:h:9:ab", "queue", "bus_incoming", "claimed", "1", "worker", "w")
        try redis.call("ZADD", "resque:busdriver:drivers", "1", "h:9:ab")
        try redis.call("RPUSH", "resque:busdriver:inf:h:9:ab:1", Self.event)
        try RecoverTests.reserve(redis, rider: "dead", batch: 1, from: "jobs", #"{"class":"Job","args":[1]}"#)
        try redis.call("ZADD", "resque:busdriver:riders", "1", "dead")
        try redis.call("SADD", "resque:workers", "gone+swift:1:x")
        for line in [
            "recover", "queues", "workers", "failed list", "failed show --all", "failed retry --class A",
            "failed remove --class B", "failed clear", "subscribe z k bus_event_type=x",
            "subscribe z k bus_event_type=y",
            "subscribe z l bus_event_type=x", "subscriptions", "explain", "unsubscribe z k",
            "unsubscribe z --queue z_default", "unsubscribe z", "publish x a=1", "publish x --in 1h",
            "delayed add Job --at 4102444800 --queue q", "delayed add Job --in 1h --queue q", "delayed list",
            "delayed count", "delayed list --at 4102444800", "delayed run --at 4102444800",
            "delayed remove --class Job",
            "schedule set n --every 1h --queue q --class J", "schedule list", "schedule next", "schedule pause n",
            "schedule resume n", "schedule run n", "schedule remove n", "trace 0-x",
        ] {
            let words = line.split(separator: " ").map(String.init) + ["--redis", user.url]
            let result = try BuiltCommand.runAll(words, input: "{}")
            #expect(result.status == (line == "trace 0-x" ? 1 : 0), "\(line): \(result.errors)")
        }
        let tail = try BuiltCommand.start(["tail", "--count", "3", "--redis", user.url])
        try await pollUntil("it watches") { try redis.call("SCARD", "resque:bus_apps").integer == 1 }
        let name = try #require(try redis.call("SMEMBERS", "resque:bus_apps").strings.first)
        try redis.call("RPUSH", "resque:queue:\(name)", Self.event, Self.event)
        try await pollUntil("it has renewed its lease") {
            try redis.call("INFO", "commandstats").string?.contains("cmdstat_ltrim") == true
        }
        try redis.call("RPUSH", "resque:queue:\(name)", Self.event)
        try await pollUntil("it ends") { !tail.isRunning }
        #expect(tail.terminationStatus == 0)
        try user.expectExactRights(
            scripts: [
                "recover", "recover_rider", "put_subscription", "change_failures", "run_delayed",
                "tidy_bucket", "spare_unusable",
            ], hidden: ["ping"])
    }

    @Test func doctorsRightsAreExact() async throws {
        let user = try RoleUser(.doctor)
        let redis = user.redis
        try redis.call("CONFIG", "SET", "appendonly", "yes")
        try redis.call("SADD", "resque:workers", "h:1:jobs")
        try redis.call("SADD", "resque:bus_apps", "a", "busdriver_tail_0123456789abcdef")
        try redis.call("HSET", "resque:bus_app:a", "k", "{}")
        try redis.call("RPUSH", "resque:queue:jobs", "job")
        try redis.call("RPUSH", "resque:failed", Self.failure("A"))
        try redis.call("RPUSH", "resque:busdriver:oversized:h:1:ab:1", "large")
        try redis.call("HSET", "resque:persistent_schedules", "n", #"{"every":"1s","queue":"q"}"#)
        try redis.call("ZADD", "resque:delayed_queue_schedule", "4102444800", "4102444800")
        try redis.call("ZADD", "resque:busdriver:drivers", "4102444800000", "h:1:ab")
        try redis.call("RPUSH", "resque:delayed:4102444800", "{}")
        try redis.call("SET", "resque:bus:heartbeat:timestamp", "1")
        let result = try BuiltCommand.run("doctor", "--redis", user.url, "--role", "application")
        #expect(!result.unwrapped.contains("could not be looked at"), "\(result.output)")
        // What it tries of an application's rights is refused, in a transaction of which nothing is executed.
        let refused = try user.refusals()
        #expect(!refused.isEmpty && refused.allSatisfy { $0.hasPrefix("multi ") }, "\(refused)")
        try redis.call("ACL", "LOG", "RESET")
        #expect(try BuiltCommand.run("doctor", "--redis", user.url, "--role", "doctor").status != 3)
        try user.expectExactRights(scripts: [], hidden: ["acl|whoami", "config|get"])
    }
}
