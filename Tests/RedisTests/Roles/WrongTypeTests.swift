import BusDriver
import Foundation
import RedisTestSupport
import Testing

/// Keys that are not what they should be: what cannot be pushed goes to `failed`, everything else arrives.
@Suite(.serialized, .timeLimit(.minutes(1))) struct WrongTypeTests {
    /// Drives 300 events in batches and 10 one by one while `key` is a string; then calls `mend`, and waits for the
    /// end.
    private static func drive(
        with key: String, on bench: RoleBench, mend: (RawRedis) async throws -> Void = { _ in }
    ) async throws -> Ledger {
        let redis = try bench.client()
        let ledger = Ledger()
        try ledger.subscribe(on: redis)
        try redis.call("SET", key, "not what it should be")
        try await bench.whileRunning(bench.driver(try bench.configuration())) {
            for _ in 1...30 { try ledger.publish(10, on: redis) }
            for _ in 1...10 {
                try await pollUntil("the driver idles") {
                    try redis.call("LLEN", "resque:queue:bus_incoming").integer == 0
                }
                try ledger.publish(1, on: redis)
            }
            try await mend(redis)
            try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
        }
        return ledger
    }

    @Test func aDestination() async throws {
        try await RoleBench.run { bench in
            let queue = "resque:queue:ledger_even_default"
            let ledger = try await Self.drive(with: queue, on: bench)
            let redis = try bench.client()
            #expect(try redis.call("GET", queue).string == "not what it should be")
            try redis.call("DEL", queue)
            let evens = ledger.acknowledged / 2
            let verdict = try ledger.verdict(on: redis)
            #expect(
                verdict.lost == ["ledger_even_default": evens] && verdict.doubled == [:] && verdict.disordered == [])
            #expect(verdict.failed == evens)
            #expect(try redis.call("GET", "resque:stat:failed").string == String(evens))
            for entry in try redis.call("LRANGE", "resque:failed", "0", "-1").strings {
                let members = try #require(try JSONSerialization.jsonObject(with: Data(entry.utf8)) as? [String: Any])
                #expect(members["queue"] as? String == "ledger_even_default")
                let payload = try JSONSerialization.data(withJSONObject: try #require(members["payload"]))
                try redis.call([Array("RPUSH".utf8), Array(queue.utf8), Array(payload)])
            }
            // Retried onto their queue, the copies complete the account.
            try redis.call("DEL", "resque:failed")
            #expect(try ledger.verdict(on: redis) == .clean)
            #expect(try redis.residue() == [])
        }
    }

    /// A delayed event that has fallen due, while the queue it is to be published on is no list.
    @Test func theQueueOfRepublishedEvents() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let inner = #"{"bus_event_type":"due","bus_id":"1","bus_class_proxy":"QueueBus::Publisher"}"#
            let job = #"{"class":"QueueBus::Worker","args":["\#(inner.replacing("\"", with: "\\\""))"]}"#
            try redis.call("SET", "resque:queue:elsewhere", "not what it should be")
            try redis.call("RPUSH", "resque:queue:bus_incoming", job)
            var configuration = try bench.configuration()
            configuration.publishQueue = "elsewhere"
            try await bench.whileRunning(bench.driver(configuration)) {
                try await pollUntil("the event is in failed") { try redis.call("LLEN", "resque:failed").integer == 1 }
            }
            #expect(try redis.call("LINDEX", "resque:failed", "0").string?.contains(job) == true)
            #expect(try redis.residue() == [])
        }
    }

    @Test func theSetOfQueues() async throws {
        try await RoleBench.run { bench in
            let ledger = try await Self.drive(with: "resque:queues", on: bench)
            #expect(try ledger.verdict(on: bench.client()) == .clean)
        }
    }

    @Test(arguments: ["resque:stat:processed", "resque:workers"]) func whatIsOnlyShown(_ key: String) async throws {
        try await RoleBench.run { bench in
            let ledger = try await Self.drive(with: key, on: bench)
            #expect(try ledger.verdict(on: bench.client()) == .clean)
        }
    }

    @Test func theListOfFailures() async throws {
        try await RoleBench.run { bench in
            let poison = ["hello", #"{"class":"Shop::Worker","args":["{}"]}"#]
            let ledger = try await Self.drive(with: "resque:failed", on: bench) { redis in
                for element in poison { try redis.call("RPUSH", "resque:queue:bus_incoming", element) }
                try await pollUntil("they wait") { try redis.call("LLEN", "resque:busdriver:failed").integer == 2 }
                try redis.call("DEL", "resque:failed")
            }
            let redis = try bench.client()
            var expected = Ledger.Verdict.clean
            expected.failed = poison.count
            #expect(try ledger.verdict(on: redis) == expected)
            #expect(try redis.residue() == [])
        }
    }

    /// The third recovery of an event, while `failed` is something else: its entry waits, and nothing of it is lost.
    @Test func theListOfFailuresWhileACrashLoopEnds() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let (culprit, _) = RubyClient.event("ledger_even", ["text": "deadly nightshade"])
            try redis.call("RPUSH", "resque:queue:bus_incoming", culprit)
            let digest = try redis.call("EVAL", "return redis.sha1hex(ARGV[1])", "0", culprit).string ?? ""
            try redis.call("HSET", "resque:busdriver:suspect", digest, "3", "resque:queue:bus_incoming", "1")
            try ledger.publish(10, on: redis)
            try redis.call("SET", "resque:failed", "not what it should be")
            let log = CapturedLog()
            try await bench.whileRunning(bench.driver(try bench.configuration(), log: log)) {
                try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
                try await pollUntil("the log says so") { !log.lines(with: "failures wait").isEmpty }
                #expect(try redis.call("LLEN", "resque:busdriver:failed").integer == 1)
                try redis.call("DEL", "resque:failed")
                try await pollUntil("it is in failed") { try redis.call("LLEN", "resque:failed").integer == 1 }
            }
            let entry = try #require(try redis.call("LINDEX", "resque:failed", "0").string)
            #expect(entry.contains(culprit) && entry.contains("BusDriver::CrashLoop"))
            #expect(log.lines.count <= 4, "\(log.lines)")
            var expected = Ledger.Verdict.clean
            expected.failed = 1
            #expect(try ledger.verdict(on: redis) == expected)
            #expect(try redis.residue() == [])
        }
    }

    /// F7: an event too large to be loaded, while `failed` is something else: it moves once, and the queue goes on.
    @Test func theListOfFailuresWhileAnEventIsTooLarge() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let large = [UInt8](repeating: UInt8(ascii: "x"), count: (48 << 20) + 1)
            for _ in 1...2 {
                try ledger.publish(10, on: redis)
                try redis.call([Array("RPUSH".utf8), Array("resque:queue:bus_incoming".utf8), large])
            }
            try redis.call("SET", "resque:failed", "not what it should be")
            let log = CapturedLog()
            let driver = bench.driver(try bench.configuration(), log: log)
            try await bench.whileRunning(driver) {
                try ledger.publish(10, on: redis)
                try await pollUntil("everything is driven", within: .seconds(20)) { try ledger.isDriven(on: redis) }
                #expect(try redis.call("KEYS", "resque:busdriver:oversized:*").strings.count == 2)
                #expect(try redis.call("LLEN", "resque:busdriver:failed").integer == 2)
                #expect(await driver.statistics.reconnects == 0)
                try redis.call("DEL", "resque:failed")
                try await pollUntil("the entries are in failed") {
                    try redis.call("LLEN", "resque:failed").integer == 2
                }
            }
            #expect(log.lines(with: "failures wait").count == 1, "\(log.lines)")
            let lists = try redis.call("KEYS", "resque:busdriver:oversized:*").strings.sorted()
            let entries = try redis.call("LRANGE", "resque:failed", "0", "-1").strings
            #expect(zip(lists, entries).allSatisfy { $1.contains($0) }, "\(lists) \(entries)")
            for list in lists { #expect(try redis.call("LLEN", list).integer == 1) }
            #expect(try redis.residue() == lists)
        }
    }

    /// A driver that is refused for ever ends when it is told to, at whatever moment.
    @Test func stoppingWhileTheIncomingListIsNone() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try redis.call("SET", "resque:queue:bus_incoming", "no list")
            for round in 1...6 {
                let driver = bench.driver(try bench.configuration())
                let running = bench.start(driver)
                try await letPass(.milliseconds(150 * round), until: "some moment")
                await driver.stop()
                #expect(try await running.value == .drained)
                #expect(try redis.residue() == [])
            }
        }
    }

    @Test func theIncomingListItself() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let incoming = "resque:queue:bus_incoming"
            try redis.call("SET", incoming, "no list")
            let log = CapturedLog()
            try await bench.whileRunning(bench.driver(try bench.configuration(), log: log)) {
                try await pollUntil("the log says so") { !log.lines(with: incoming).isEmpty }
                try redis.call("DEL", incoming)
                try ledger.publish(100, on: redis)
                try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
            }
            #expect(try ledger.verdict(on: redis) == .clean)
            #expect(log.lines.count < 10, "\(log.lines)")
        }
    }
}
