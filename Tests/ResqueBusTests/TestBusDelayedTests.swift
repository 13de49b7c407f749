import Foundation
import ResqueBus
import ResqueBusTesting
import Testing

/// What waits for its time in memory.
@Suite(.timeLimit(.minutes(1))) struct TestBusDelayedTests {
    private static func mailing() throws -> TestBus {
        try TestBus(applications: [
            Application("mailing") { Job("Emailer", queue: "emails") { (number: Int) in _ = number } }
        ])
    }

    @Test func delayedJobsRunWhenTheClockIsMoved() async throws {
        let kit = try Self.mailing()
        try await kit.bus.enqueue("Emailer", 1, to: "emails", in: .seconds(60))
        try await kit.bus.enqueue("Emailer", 2, to: "emails", at: kit.clock.date + 30)
        #expect(try await kit.drain() == 0)
        #expect(try await kit.advance(by: .seconds(30)) == 1)
        #expect(try await kit.bus.delayed.times(of: "Emailer", 1, on: "emails") == [kit.clock.date + 30])
        #expect(try await kit.advance(by: .seconds(30)) == 1)
        #expect(try await kit.bus.delayed.count() == 0)
    }

    @Test func whatWaitsIsShown() async throws {
        let kit = try Self.mailing()
        let delayed = kit.bus.delayed
        #expect(try await delayed.nextTime() == nil)
        for delay in [60, 30, 60] {
            try await kit.bus.enqueue("Emailer", .integer(delay), to: "emails", in: .seconds(delay))
        }
        try await kit.publish("reminder_due", in: .seconds(90))
        let start = kit.clock.date
        #expect(try await delayed.count() == 4)
        #expect(try await delayed.nextTime() == start + 30)
        #expect(try await delayed.times().map(\.time) == [start + 30, start + 60, start + 90])
        #expect(try await delayed.times().map(\.count) == [1, 2, 1])
        #expect(try await delayed.times(after: start + 30, count: 1).map(\.time) == [start + 60])
        #expect(try await delayed.times(of: "Emailer", 60, on: "emails") == [start + 60])
        let jobs = try await delayed.jobs(at: start + 60)
        #expect(jobs.map(\.className) == ["Emailer", "Emailer"] && jobs.allSatisfy { $0.queue == "emails" })
        #expect(try await delayed.jobs(at: start + 60, from: 1, count: 5).count == 1)
        #expect(try await delayed.jobs(at: start + 90).first?.className == "QueueBus::Worker")
    }

    @Test func jobsAreTakenOutAndRun() async throws {
        let kit = try Self.mailing()
        let delayed = kit.bus.delayed
        for number in 1...4 {
            for delay in [60, 30] {
                try await kit.bus.enqueue("Emailer", .integer(number), to: "emails", in: .seconds(delay))
            }
        }
        #expect(try await delayed.remove("Emailer", 1.0, from: "emails") == 0)
        #expect(try await delayed.remove("Emailer", 1, from: "emails") == 2)
        #expect(try await delayed.remove(at: kit.clock.date + 30) { $0.arguments == [2] } == 1)
        #expect(try await delayed.run("Emailer", 3, from: "emails") == 2)
        #expect(try await delayed.run(at: kit.clock.date + 60) { $0.className == "Emailer" } == 2)
        #expect(await kit.jobs(on: "emails").map(\.arguments) == [[3], [3], [2], [4]])
        #expect(try await delayed.count() == 1)
        #expect(try await kit.drain() == 4)
        #expect(await kit.failures.isEmpty)
    }

    @Test func schedulesNeedRedis() async throws {
        let kit = try Self.mailing()
        let bus = kit.bus
        for call in [
            { try await bus.schedules.set("s", .cron("0 3 * * *"), job: "Emailer", queue: "emails") },
            { try await bus.schedules.remove("s") }, { try await bus.schedules.all().isEmpty },
        ] as [() async throws -> Bool] {
            let error = await #expect(throws: BusError.self) { try await call() }
            #expect(error?.code == .configuration)
            #expect(error?.message.contains("Redis") == true)
        }
    }

    @Test func aTransportWithoutAViewSaysSo() async throws {
        var configuration = try BusConfiguration()
        configuration.localMode = .transport(LocalTransport(now: { 0 }, push: { _ in true }))
        let bus = Bus(configuration)
        let error = await #expect(throws: BusError.self) { try await bus.delayed.count() }
        #expect(error?.code == .configuration)
        await bus.close()
    }
}
