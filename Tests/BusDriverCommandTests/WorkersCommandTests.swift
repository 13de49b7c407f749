import BusWire
import Foundation
import RedisTestSupport
import Testing

/// `busdriver workers` on what Ruby's workers, drivers and riders write (contract §6, protocol §4.4).
@Suite(.timeLimit(.minutes(1))) struct WorkersCommandTests {
    private static func workers(_ server: RedisServer) throws -> [String: JSONValue] {
        let lines = try BuiltCommand.run("workers", "--json", "--redis", server.url).lines
        let workers = try lines.map { try JSONValue.parse($0) }
        return Dictionary(uniqueKeysWithValues: workers.map { ($0["id"]?.string ?? "", $0) })
    }

    @Test func everyKindIsListed() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        let now = try #require(raw.call("TIME").strings.first.flatMap(Int.init))
        func iso(_ time: Int) -> String {
            ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: Double(time)))
                .replacingOccurrences(of: "Z", with: "+00:00")
        }
        let ids = [
            "web-1:17:critical,emails", "web-1:18:*", "web-2:5:x", "h+swift:9:bus_incoming", "h+swift:9.0:emails",
            "dead+swift:3.1:emails", "nonsense",
        ]
        for id in ids { try raw.call("SADD", "resque:workers", id) }
        try raw.call("SET", "resque:worker:\(ids[0]):started", "2026-11-21 05:48:22 +0100")
        try raw.call("HSET", "resque:workers:heartbeat", ids[0], iso(now - 20), ids[1], iso(now - 301))
        let job =
            #"{"queue":"emails","run_at":"\#(iso(now - 90))","payload":{"class":"Emailer","args":["secret"]}}"#
        try raw.call("SET", "resque:worker:\(ids[0])", job)
        try raw.call("SET", "resque:worker:\(ids[1])", "not json")
        try raw.call("SET", "resque:stat:processed:\(ids[0])", "12")
        try raw.call("SET", "resque:stat:failed:\(ids[0])", "3")
        try raw.call("ZADD", "resque:busdriver:drivers", String(now * 1000 + 60_000), "h:9:abc")
        try raw.call("ZADD", "resque:busdriver:riders", String(now * 1000 - 1), "h:9:def")

        let workers = try Self.workers(server)
        #expect(workers.count == ids.count)
        let first = try #require(workers[ids[0]])
        #expect(first["kind"] == "ruby" && first["host"] == "web-1" && first["pid"] == "17")
        #expect(first["queues"] == ["critical", "emails"])
        #expect(first["started"] == "2026-11-21T04:48:22Z")
        #expect(first["stale"] == false && first["processed"] == 12 && first["failed"] == 3)
        #expect(first["job"]?["class"] == "Emailer" && first["job"]?["queue"] == "emails")
        #expect((90...95).contains { first["job"]?["seconds"] == .integer($0) })
        #expect(workers[ids[1]]?["stale"] == true)
        #expect(workers[ids[2]]?["stale"] == false, "nobody can tell of a worker that never sent a heartbeat")
        #expect(workers[ids[3]]?["kind"] == "driver" && workers[ids[3]]?["stale"] == false)
        #expect(workers[ids[4]]?["kind"] == "rider" && workers[ids[4]]?["host"] == "h")
        #expect(workers[ids[5]]?["stale"] == true, "its process is registered no more")

        let table = try BuiltCommand.run("workers", "--redis", server.url)
        #expect(table.output.contains("Emailer from emails for 1m3"))
        #expect(table.output.contains("(unreadable)"))
        #expect(table.output.contains("7 workers, 2 with a job in hand"))
        #expect(!table.output.contains("secret"), "arguments are not shown")
        #expect(table.errors.isEmpty)
    }

    @Test func aRunningDriverIsAliveAndAPauseIsTold() async throws {
        let server = try RedisServer()
        let driver = try BusDriverProcess(on: server)
        try await pollUntil("the driver is registered") { try !Self.workers(server).isEmpty }
        let worker = try #require(try Self.workers(server).first?.value)
        #expect(worker["kind"] == "driver" && worker["stale"] == false && worker["queues"] == ["bus_incoming"])
        try server.connect().call("SET", "resque:pause-all-workers", " TRUE\n")
        #expect(try BuiltCommand.run("workers", "--redis", server.url).errors.contains("pause-all-workers"))
        driver.kill()
        try await pollUntil("its lease runs out") { try Self.workers(server).first?.value["stale"] == true }
    }

    @Test func anEventInHandIsTold() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        try raw.call("SADD", "resque:workers", "web-1:17:a_default")
        let event = RubyClient.job(
            [
                ("bus_event_type", "order_placed"), ("bus_id", "1700000000-ab"), ("bus_rider_app_key", "a"),
                ("bus_rider_sub_key", "k"), ("card", "secret"),
            ], proxy: "::QueueBus::Rider")
        try raw.call(
            "SET", "resque:worker:web-1:17:a_default",
            #"{"queue":"a_default","run_at":"2026-11-21T05:48:22Z","payload":\#(event)}"#)
        let table = try BuiltCommand.run("workers", "--redis", server.url).output
        #expect(table.contains("order_placed 1700000000-ab for a/k from a_default for "))
        #expect(!table.contains("QueueBus::Worker") && !table.contains("secret"))
        #expect(
            try Self.workers(server)["web-1:17:a_default"]?["job"]?["event"] == [
                "bus_event_type": "order_placed", "bus_id": "1700000000-ab", "subscription": "a/k",
            ])
    }

    @Test func keysOfAnotherTypeAreNamed() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        for id in ["a:1:q", "b:2:q"] { try raw.call("SADD", "resque:workers", id) }
        try raw.call("RPUSH", "resque:worker:a:1:q", "list")
        try raw.call("SET", "resque:worker:b:2:q:started", "2026-11-21T05:48:22Z")
        try raw.call("SET", "resque:workers:heartbeat", "text")
        let result = try BuiltCommand.run("workers", "--redis", server.url)
        #expect(result.status == 0)
        #expect(result.output.contains("2026-11-21T05:48:22Z") && result.output.contains("2 workers"))
        #expect(
            result.errors.split(separator: "\n") == [
                "note: resque:worker:a:1:q has another type of value than it should; rename or delete that key.",
                "note: resque:workers:heartbeat has another type of value than it should; rename or delete that key.",
            ])
        for (words, key) in [
            (["workers"], "workers"), (["queues"], "queues"), (["failed"], "failed"), (["failed", "clear"], "failed"),
            (["failed"], "failed_queues"),
        ] {
            try raw.call("DEL", "resque:\(key)")
            try raw.call("SET", "resque:\(key)", "text")
            let refused = try BuiltCommand.runAll(words + ["--redis", server.url])
            #expect(refused.status == 1)
            #expect(refused.errors.contains("resque:\(key) has another type of value than it should"), "\(words)")
            #expect(try raw.call("GET", "resque:\(key)").string == "text")
            try raw.call("DEL", "resque:\(key)")
        }
    }

    @Test func aDriverThatResqueDoesNotListIsTold() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        let now = try #require(raw.call("TIME").strings.first.flatMap(Int.init))
        try raw.call("SADD", "resque:workers", "h+swift:9:bus_incoming", "h:10:other")
        for (registry, id, lease) in [
            ("drivers", "h:9:ab", 60), ("drivers", "h:10:cd", 60), ("riders", "h:11:ef", 60), ("riders", "h:12:ff", -1),
        ] {
            try raw.call("ZADD", "resque:busdriver:\(registry)", String((now + lease) * 1000), id)
        }
        let errors = try BuiltCommand.run("workers", "--redis", server.url).errors
        #expect(
            errors == "note: alive, but not in resque:workers, so resque-web does not show them: h:10:cd, h:11:ef.\n")
    }

    @Test func nobodyWorks() throws {
        let server = try RedisServer()
        #expect(try BuiltCommand.run("workers", "--redis", server.url).output == "No workers are registered.\n")
        #expect(try BuiltCommand.run("workers", "--json", "--redis", server.url).output.isEmpty)
    }
}
