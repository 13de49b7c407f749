import BusWire
import Foundation
import RedisTestSupport
import ResqueBus
import Testing

/// Queues seen and changed from an application, beside Ruby's commands on the same keys.
@Suite(.timeLimit(.minutes(1))) struct QueueInspectionTests {
    /// As `Resque.enqueue` of a Ruby process.
    private func push(_ element: String, to queue: String, on bench: BusBench) throws {
        try RubyClient(bench.raw, incoming: queue).push(element)
    }

    @Test func peekShowsJobsAndWhatIsNone() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let elements = [
            #"{"class":"Emailer","args":[42,"x"]}"#, #"{"class":"NoArguments"}"#, "not json", "[]",
            #"{"class":"C","args":{"a":1}}"#,
        ]
        for element in elements { try push(element, to: "emails", on: bench) }
        try bench.raw.call([Array("RPUSH".utf8), Array("resque:queue:emails".utf8), [0xFF, 0]])
        #expect(try await bus.size(of: "emails") == 6)
        #expect(try await bus.size(of: "nothing") == 0)
        let jobs = try await bus.peek("emails", from: 0, count: .max)
        #expect(jobs.map(\.bytes) == elements.map { Array($0.utf8) } + [[0xFF, 0]])
        #expect(jobs.map(\.isJob) == [true, true, false, false, false, false])
        #expect(jobs[0].className == "Emailer")
        #expect(jobs[0].arguments == [42, "x"])
        #expect(jobs[1].arguments == [])
        #expect(try await bus.peek("emails").map(\.className) == ["Emailer"])
        #expect(try await bus.peek("emails", from: 1, count: 2) == Array(jobs[1...2]))
        #expect(try await bus.peek("emails", from: 9).isEmpty)
        #expect(try await bus.peek("emails", from: .max, count: .max).isEmpty)
        #expect(try await bus.peek("emails", from: -3, count: 1) == [jobs[0]])
        #expect(try await bus.peek("emails", count: 0).isEmpty)
        #expect(try await bus.peek("emails", count: -1).isEmpty)
        await bus.close()
    }

    @Test func dequeueRemovesTheExactJob() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        for argument in ["1", "1.0", "1", #""1""#, "1,null"] {
            try push(#"{"class":"C","args":[\#(argument)]}"#, to: "q", on: bench)
        }
        #expect(try await bus.dequeue("C", 1, from: "q") == 2)
        #expect(try await bus.dequeue("C", 1, from: "q") == 0)
        #expect(try await bus.dequeue("C", 1.0, from: "q") == 1)
        #expect(try await bus.dequeue("C", arguments: [1, nil], from: "q") == 1)
        #expect(try bench.queue("q") == [#"{"class":"C","args":["1"]}"#])
        await bus.close()
    }

    @Test func dequeueWithoutArgumentsRemovesTheClass() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        var kept: [String] = []
        // Several pages, with doubles, and elements that are no jobs.
        for number in 0..<300 {
            let element =
                switch number % 4 {
                case 0: #"{"class":"C","args":[\#(number % 8)]}"#
                case 1: #"{"class":"CC","args":[\#(number)]}"#
                case 2: #"{ "args": [], "class": "C" }"#
                default: "junk \(number)"
                }
            if number % 2 == 1 { kept.append(element) }
            try push(element, to: "q", on: bench)
        }
        #expect(try await bus.dequeue("C", from: "q") == 150)
        #expect(try bench.queue("q") == kept)
        #expect(try await bus.dequeue("C", from: "nothing") == 0)
        await bus.close()
    }

    @Test func queuesComeAndGo() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        #expect(try await bus.queues().isEmpty)
        try await bus.enqueue("C", to: "b")
        try await bus.enqueue("C", to: "a")
        #expect(try await bus.queues() == ["a", "b"])
        try await bus.removeQueue("a")
        try await bus.removeQueue("never there")
        #expect(try await bus.queues() == ["b"])
        #expect(try bench.raw.call("EXISTS", "resque:queue:a").integer == 0)
        await bus.close()
    }
}

/// The `failed` list from an application, beside what resque-web does to it (contract §6).
@Suite(.timeLimit(.minutes(1))) struct FailureFacadeTests {
    private static func entry(_ number: Int, queue: String = "emails") -> String {
        #"{"failed_at":"2026/11/21 05:37:31 UTC","payload":{"class":"Emailer","args":[\#(number)]},"#
            + #""exception":"NameError","error":"e","backtrace":["a:1:in `m'"],"worker":"h:1:emails","queue":"\#(queue)"}"#
    }

    private func bench(entries: [String]) throws -> (BusBench, Bus) {
        let bench = try BusBench()
        for entry in entries { try bench.raw.call("RPUSH", "resque:failed", entry) }
        return (bench, Bus(try bench.configuration()))
    }

    @Test func entriesAreRead() async throws {
        let (bench, bus) = try bench(entries: [Self.entry(0), Self.entry(1), "not json"])
        #expect(try await bus.failures.count() == 3)
        let all = try await bus.failures.all()
        #expect(all.map(\.place) == [0, 1, 2])
        #expect(all[1].className == "Emailer")
        #expect(all[1].arguments == [1])
        #expect(all[1].exception == "NameError")
        #expect(all[1].message == "e")
        #expect(all[1].backtrace == ["a:1:in `m'"])
        #expect(all[1].worker == "h:1:emails")
        #expect(all[1].queue == "emails")
        #expect(all[1].failedAt == "2026/11/21 05:37:31 UTC")
        #expect(all[1].retriedAt == nil)
        #expect(all[2].className == "" && all[2].arguments.isEmpty)
        #expect(try await bus.failures.all(from: 1, count: 1).map(\.bytes) == [all[1].bytes])
        #expect(try await bus.failures.all(from: -5, count: 0).isEmpty)
        #expect(try await bus.failures.all(from: 2, count: .max).count == 1)
        #expect(try bench.raw.call("LLEN", "resque:failed").integer == 3, "reading changes nothing")
        await bus.close()
    }

    @Test func requeuePushesAndMarksAsResqueWebDoes() async throws {
        let (bench, bus) = try bench(entries: [Self.entry(0), Self.entry(1)])
        let failure = try #require(try await bus.failures.all().last)
        // resque-web removes the first entry meanwhile: LSET index "", LREM 1 "".
        try bench.raw.call("LSET", "resque:failed", "0", "")
        try bench.raw.call("LREM", "resque:failed", "1", "")
        #expect(try await bus.failures.requeue(failure))
        #expect(try bench.queue("emails") == [#"{"class":"Emailer","args":[1]}"#])
        #expect(try bench.raw.call("SMEMBERS", "resque:queues").strings == ["emails"])
        let marked = Self.entry(1).dropLast() + #","retried_at":"2023/11/14 22:13:20 UTC"}"#
        #expect(try bench.raw.call("LRANGE", "resque:failed", "0", "-1").strings == [String(marked)])
        #expect(try await !bus.failures.requeue(failure), "it was changed since it was read")
        let again = try #require(try await bus.failures.all().first)
        #expect(again.retriedAt == "2023/11/14 22:13:20 UTC")
        #expect(try await bus.failures.requeue(again, to: "elsewhere"))
        #expect(try bench.queue("elsewhere").count == 1)
        await bus.close()
    }

    @Test func whatHoldsNoJobIsNotRequeued() async throws {
        let (bench, bus) = try bench(entries: ["not json", "{}", Self.entry(0, queue: "")])
        for failure in try await bus.failures.all() {
            let error = await #expect(throws: BusError.self) { try await bus.failures.requeue(failure) }
            #expect(error?.code == .invalidJob)
        }
        #expect(try bench.raw.call("LLEN", "resque:failed").integer == 3)
        await bus.close()
    }

    @Test func removeAndClear() async throws {
        let (bench, bus) = try bench(entries: [Self.entry(0), Self.entry(1), Self.entry(2)])
        let failures = try await bus.failures.all()
        #expect(try await bus.failures.remove(failures[1]))
        #expect(try await !bus.failures.remove(failures[1]))
        #expect(
            try bench.raw.call("LRANGE", "resque:failed", "0", "-1").strings == [Self.entry(0), Self.entry(2)])
        #expect(try await bus.failures.clear() == 2)
        #expect(try await bus.failures.count() == 0)
        await bus.close()
    }
}
