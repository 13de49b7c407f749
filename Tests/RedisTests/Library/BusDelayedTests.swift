import BusWire
import Foundation
import RedisTestSupport
import ResqueBus
import Testing

/// What waits for its time, seen through the API of applications, beside what Ruby writes.
@Suite(.timeLimit(.minutes(1))) struct BusDelayedTests {
    private static func time(in seconds: Int) -> Date { Date(timeIntervalSince1970: Double(BusBench.now + seconds)) }

    @Test func whatWaitsIsShown() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        #expect(try await bus.delayed.nextTime() == nil)
        #expect(try await bus.delayed.count() == 0)
        try await bus.enqueue("Emailer", 42, "x", to: "emails", in: .seconds(90))
        try await bus.enqueue("Emailer", 43, to: "emails", in: .seconds(90))
        try await bus.publish("reminder_due", at: Self.time(in: 30))
        try bench.raw.call("RPUSH", "resque:delayed:\(BusBench.now + 90)", "not json")
        #expect(try await bus.delayed.count() == 4)
        #expect(try await bus.delayed.nextTime() == Self.time(in: 30))
        let times = try await bus.delayed.times()
        #expect(times.map(\.time) == [Self.time(in: 30), Self.time(in: 90)] && times.map(\.count) == [1, 3])
        #expect(try await bus.delayed.times(after: Self.time(in: 30), count: 5).map(\.time) == [Self.time(in: 90)])
        #expect(try await bus.delayed.times(of: "Emailer", 42, "x", on: "emails") == [Self.time(in: 90)])

        let jobs = try await bus.delayed.jobs(at: Self.time(in: 90) + 0.9)
        #expect(jobs.map(\.isJob) == [true, true, false])
        #expect(jobs.map(\.className) == ["Emailer", "Emailer", ""])
        #expect(jobs.map(\.arguments) == [[42, "x"], [43], []])
        #expect(jobs.map(\.queue) == ["emails", "emails", ""])
        #expect(jobs[0].time == Self.time(in: 90))
        #expect(jobs[2].bytes == Array("not json".utf8))
        #expect(try await bus.delayed.jobs(at: Self.time(in: 90), from: 1, count: 1) == [jobs[1]])
        let event = try #require(try await bus.delayed.jobs(at: Self.time(in: 30)).first)
        #expect(event.className == "QueueBus::Worker" && event.queue == "bus_incoming")
        await bus.close()
    }

    @Test func jobsAreTakenOutAsRubyWouldDoIt() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        await bus.declare(job: "Emailer", queue: "emails")
        for delay in [30, 60] {
            try await bus.enqueue("Emailer", 1, in: .seconds(delay))
            try await bus.enqueue("Emailer", 2, in: .seconds(delay))
            try await bus.enqueue("Emailer", in: .seconds(delay))
        }
        #expect(try await bus.delayed.remove("Emailer", 1.0) == 0)
        #expect(try await bus.delayed.remove("Emailer", 1, from: "others") == 0)
        #expect(try await bus.delayed.remove("Emailer") == 2)
        #expect(try await bus.delayed.remove("Emailer", 1) == 2)
        let noted = #"resque:timestamps:{"class":"Emailer","args":[1],"queue":"emails"}"#
        #expect(try bench.raw.call("EXISTS", noted).integer == 0)
        #expect(try await bus.delayed.remove(at: Self.time(in: 60)) { $0.arguments == [2] } == 1)
        #expect(try await bus.delayed.times().map(\.count) == [1, 0])
        #expect(try await bus.delayed.remove { $0.queue == "emails" } == 1)
        #expect(try await bus.delayed.count() == 0)
        await bus.close()
    }

    @Test func jobsAreRunBeforeTheirTime() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        for delay in [60, 30] {
            for number in [1, 2] {
                try await bus.enqueue("Emailer", .integer(number * delay), to: "emails", in: .seconds(delay))
            }
        }
        #expect(try await bus.delayed.run("Emailer", 120, from: "emails") == 1)
        #expect(try bench.queue("emails") == [#"{"class":"Emailer","args":[120]}"#])
        #expect(try await bus.delayed.run { $0.className == "Emailer" } == 3)
        #expect(try await bus.peek("emails", from: 1, count: 9).map(\.arguments) == [[30], [60], [60]])
        #expect(try await bus.delayed.count() == 0)
        await bus.close()
    }

    @Test func aClassWithoutQueueIsRefused() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let error = await #expect(throws: BusError.self) { try await bus.delayed.remove("Emailer", 1) }
        #expect(error?.code == .invalidJob)
        await bus.close()
    }
}
