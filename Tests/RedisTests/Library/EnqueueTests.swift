import BusWire
import Foundation
import RedisTestSupport
import ResqueBus
import Testing

/// Jobs as Ruby's Resque and resque-scheduler write and find them (contract §2.1, §7).
@Suite(.timeLimit(.minutes(1))) struct EnqueueTests {
    private static let emailer = #"{"class":"Emailer","args":[42,"x"]}"#

    @Test func writesWhatRubyWrites() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        try await bus.enqueue("Emailer", 42, "x", to: "emails")
        try await bus.enqueue("Emailer", arguments: [42, "x"], to: "emails")
        try await bus.enqueue("Emailer", to: "emails")
        try await bus.enqueue("Zoë::J\"b", [1, [:]], ["ключ": nil, "b": true], "é\n\u{1}/\u{7F}", to: "emails")
        #expect(
            try bench.queue("emails") == [
                Self.emailer, Self.emailer, #"{"class":"Emailer","args":[]}"#,
                #"{"class":"Zoë::J\"b","args":[[1,{}],{"ключ":null,"b":true},"é\n\u0001/"# + "\u{7F}" + #""]}"#,
            ])
        #expect(try bench.raw.call("SMEMBERS", "resque:queues").strings == ["emails"])
        await bus.close()
    }

    @Test func numbersAreSpelledAsRubySpellsThem() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        try await bus.enqueue(
            "N", 1.0, 100000.0, 1e20, 1e-5, .number("-0"), -0.0, .number("123456789012345678901234567890"), to: "n")
        #expect(
            try bench.queue("n") == [
                #"{"class":"N","args":[1.0,100000.0,1.0e+20,1.0e-05,0,-0.0,123456789012345678901234567890]}"#
            ])
        await bus.close()
    }

    @Test func delayedJobsWaitAsWithRescueScheduler() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let due = BusBench.now + 90
        try await bus.enqueue("Emailer", 42, "x", to: "emails", in: .seconds(90))
        try await bus.enqueue("Emailer", 42, "x", to: "emails", at: Date(timeIntervalSince1970: Double(due) + 0.9))
        let item = #"{"class":"Emailer","args":[42,"x"],"queue":"emails"}"#
        #expect(try bench.raw.call("LRANGE", "resque:delayed:\(due)", "0", "-1").strings == [item, item])
        #expect(try bench.raw.call("SMEMBERS", "resque:timestamps:\(item)").strings == ["delayed:\(due)"])
        #expect(
            try bench.raw.call("ZRANGE", "resque:delayed_queue_schedule", "0", "-1", "WITHSCORES").strings == [
                String(due), String(due),
            ])
        #expect(try bench.raw.call("EXISTS", "resque:queues").integer == 0)
        await bus.close()
    }

    @Test func aTimeThatHasPassedMeansAtOnce() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let now = Double(BusBench.now)
        for time in [now, now + 0.9, now - 1, -1e300] {
            try await bus.enqueue("Emailer", 42, "x", to: "emails", at: Date(timeIntervalSince1970: time))
        }
        try await bus.enqueue("Emailer", 42, "x", to: "emails", in: .zero)
        try await bus.enqueue("Emailer", 42, "x", to: "emails", in: .seconds(-Int64.max))
        #expect(try bench.queue("emails") == Array(repeating: Self.emailer, count: 6))
        #expect(try bench.raw.call("KEYS", "*").strings.sorted() == ["resque:queue:emails", "resque:queues"])
        await bus.close()
    }

    @Test func theQueueOfADeclaredClass() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let error = await #expect(throws: BusError.self) { try await bus.enqueue("Emailer", 42, "x") }
        #expect(error?.code == .invalidJob)
        #expect(error?.message.contains("Emailer") == true)
        await bus.declare(job: "Emailer", queue: "emails")
        try await bus.enqueue("Emailer", 42, "x")
        try await bus.enqueue("Emailer", 42, "x", to: "other")
        #expect(try bench.queue("emails") == [Self.emailer])
        #expect(try bench.queue("other") == [Self.emailer])
        #expect(try await bus.dequeue("Emailer", 42, "x") == 1)
        // Ruby tells texts apart by their bytes.
        await bus.declare(job: "Caf\u{E9}", queue: "composed")
        await #expect(throws: BusError.self) { try await bus.enqueue("Cafe\u{301}") }
        await bus.close()
    }

    @Test func whatCannotBeAJobIsRefusedBeforeAnythingIsSent() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        func nested(_ depth: Int) -> JSONValue { (1..<depth).reduce([]) { value, _ in [value] } }
        let huge = JSONValue.string(String(repeating: "x", count: 8 << 20))
        let hostile: [(className: String, argument: JSONValue, queue: String)] = [
            ("", 1, "q"), ("C", 1, ""), ("C", .float(.nan), "q"), ("C", .float(.infinity), "q"),
            ("C", .number("1e400"), "q"), ("C", nested(98), "q"), ("C", huge, "q"),
        ]
        for (className, argument, queue) in hostile {
            let error = await #expect(throws: BusError.self) {
                try await bus.enqueue(className, argument, to: queue)
            }
            #expect(error?.code == .invalidJob)
            await #expect(throws: BusError.self) {
                try await bus.enqueue(className, argument, to: queue, in: .seconds(9))
            }
            await #expect(throws: BusError.self) {
                try await bus.enqueueOnce(className, argument, to: queue, for: .seconds(9))
            }
        }
        for time in [Double.infinity, .nan, 1e12] {
            await #expect(throws: BusError.self) {
                try await bus.enqueue("C", to: "q", at: Date(timeIntervalSince1970: time))
            }
        }
        #expect(try bench.raw.call("DBSIZE").integer == 0)
        try await bus.enqueue("C", nested(97), to: "q")
        // What Ruby writes when a worker has the job in hand: three levels more.
        let inHand = try #"{"queue":"q","run_at":"","payload":\#(bench.queue("q")[0])}"#
        #expect(throws: Never.self) { try JSONValue.parse(inHand) }
        await bus.close()
    }

    @Test func aKeyOfAnotherTypeIsRefusedAndLeftAlone() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        try bench.raw.call("SET", "resque:queue:q", "no list")
        let calls: [(String, () async throws -> Void)] = [
            ("enqueue", { try await bus.enqueue("C", to: "q") }),
            ("enqueueOnce", { try await bus.enqueueOnce("C", to: "q", for: .seconds(60)) }),
            ("size", { _ = try await bus.size(of: "q") }), ("peek", { _ = try await bus.peek("q") }),
            ("dequeue", { try await bus.dequeue("C", from: "q") }),
            ("dequeue with arguments", { try await bus.dequeue("C", 1, from: "q") }),
        ]
        for (name, call) in calls {
            let error = await #expect(throws: BusError.self, "\(name)") { try await call() }
            #expect(error?.code == .refused, "\(name)")
        }
        #expect(try bench.raw.call("GET", "resque:queue:q").string == "no list")
        #expect(try bench.raw.call("KEYS", "resque:busdriver:*").strings.isEmpty)
        await bus.close()
    }
}

/// The same job is pushed once in a while.
@Suite(.timeLimit(.minutes(1))) struct EnqueueOnceTests {
    @Test func pushesOnceForEachQueueClassAndArguments() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let other = Bus(try bench.configuration())
        #expect(try await bus.enqueueOnce("C", 1, to: "q", for: .seconds(60)))
        #expect(try await !other.enqueueOnce("C", 1, to: "q", for: .seconds(60)))
        #expect(try await bus.enqueueOnce("C", 1.0, to: "q", for: .seconds(60)))
        #expect(try await bus.enqueueOnce("C", to: "q", for: .seconds(60)))
        #expect(try await bus.enqueueOnce("C", 1, to: "r", for: .seconds(Int64.max)))
        #expect(
            try bench.queue("q") == [
                #"{"class":"C","args":[1]}"#, #"{"class":"C","args":[1.0]}"#, #"{"class":"C","args":[]}"#,
            ])
        #expect(try bench.raw.call("SMEMBERS", "resque:queues").strings.sorted() == ["q", "r"])
        for key in try bench.raw.call("KEYS", "resque:busdriver:once:*").strings {
            #expect(try bench.raw.call("PTTL", key).integer ?? 0 > 0, "every key of ours ends by itself")
        }
        await bus.close()
        await other.close()
    }

    @Test func isForgottenWhenTheTimeIsOver() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        #expect(try await bus.enqueueOnce("C", to: "q", for: .milliseconds(30)))
        try await pollUntil("the reminder has ended") {
            try bench.raw.call("KEYS", "resque:busdriver:once:*").strings.isEmpty
        }
        #expect(try await bus.enqueueOnce("C", to: "q", for: .seconds(60)))
        #expect(try bench.queue("q").count == 2)
        await #expect(throws: BusError.self) { try await bus.enqueueOnce("D", to: "q", for: .zero) }
        await bus.close()
    }

    @Test func ofManyAtOnceOneWins() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let won = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { try await bus.enqueueOnce("C", 7, to: "q", for: .seconds(60)) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(won == 1)
        #expect(try bench.queue("q").count == 1)
        await bus.close()
    }
}
