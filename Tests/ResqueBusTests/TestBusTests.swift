import FoundationEssentials
import ResqueBus
import ResqueBusTesting
import Testing

/// Applications as a developer tests them.
@Suite(.timeLimit(.minutes(1))) struct TestBusTests {
    struct User: Decodable, Sendable {
        var id: Int
        var name: String
    }

    struct Unreachable: Error {}

    static func greeter(_ bus: Bus) -> Application {
        Application("greeter") {
            Subscribe("user_created") { (user: User) in
                try await bus.publish(
                    "welcome_sent", ["user_id": .integer(user.id), "text": .string("Hi \(user.name)")])
                try await bus.publish(
                    "reminder_due", ["user_id": .integer(user.id)], at: .init(timeIntervalSince1970: 1_700_086_400))
                try await bus.enqueue("Emailer", .integer(user.id), to: "emails")
            }
            OnHeartbeat("nightly", minute: 0, hour: 3) { _ in try await bus.publish("report_written") }
            OnHeartbeat("often", queue: "often", minuteInterval: 15) { _ in try await bus.publish("polled") }
        }
    }

    @Test func aPublishGoesThroughDriverAndRider() async throws {
        let kit = try TestBus { [Self.greeter($0)] }
        let event = try await kit.publish("user_created", ["id": 1, "name": "Zoë"])
        #expect(event.id == "1700000000-00000000-0000-4000-8000-000000000001")
        #expect(try await kit.drain() == 1)
        let welcome = try #require(await kit.published("welcome_sent").first)
        #expect(welcome["text"] == "Hi Zoë")
        #expect(welcome["bus_parent_id"]?.string == event.id)
        #expect(welcome["bus_published_at"] == 1_700_000_000)
        #expect(await kit.published().map(\.type) == ["user_created", "welcome_sent"])
        #expect(await kit.jobs(on: "emails").map(\.arguments) == [[1]])
        #expect(await kit.failures.isEmpty)
    }

    @Test func whatIsForLaterComesWhenTheClockIsMoved() async throws {
        let kit = try TestBus { [Self.greeter($0)] }
        try await kit.publish("user_created", ["id": 1, "name": "Zoë"])
        try await kit.publish("user_created", ["id": 2, "name": "Ann"], in: .seconds(60))
        try await kit.drain()
        #expect(await kit.waiting.map(\.delay) == [.seconds(60), .seconds(86_400)])
        try await kit.advance(by: .seconds(59))
        #expect(await kit.published("welcome_sent").count == 1)
        try await kit.advance(by: .seconds(1))
        #expect(await kit.published("welcome_sent").map { $0["text"] } == ["Hi Zoë", "Hi Ann"])
        try await kit.advance(by: .seconds(86_400))
        let reminders = await kit.published("reminder_due")
        #expect(reminders.map { $0["user_id"] } == [1, 2])
        #expect(reminders.map { $0["bus_published_at"] } == [1_700_086_400, 1_700_086_400])
    }

    @Test func retriesHappenAtTheirTimeAndGiveUp() async throws {
        let kit = try TestBus(applications: [
            Application("shop") { Subscribe("order_placed", queue: "orders") { _ in throw Unreachable() } }
        ])
        try await kit.publish("order_placed", ["id": 7])
        #expect(try await kit.drain() == 2, "the first retry comes at once")
        #expect(await kit.waiting.map(\.delay) == [.seconds(60)])
        #expect(await kit.failures.isEmpty)
        #expect(try await kit.advance(by: .seconds(60 + 600 + 3600 + 10800)) == 4)
        #expect(await kit.waiting.map(\.delay) == [.seconds(21600)])
        #expect(try await kit.advance(by: .seconds(21600)) == 1)
        let failure = try #require(await kit.failures.first)
        #expect(failure.exception == "Unreachable")
        #expect(failure.queue == "shop_orders")
        #expect(failure.backtrace.first?.hasSuffix(":in `order_placed'") == true)
        #expect(await kit.waiting.isEmpty)
    }

    @Test func aRetryThatSucceedsForgetsItsAttempts() async throws {
        actor Mailbox {
            var isOpen = false
            var letters = 0
            func deliver() throws { if isOpen { letters += 1 } else { throw Unreachable() } }
            func open(_ isOpen: Bool) { self.isOpen = isOpen }
        }
        let mailbox = Mailbox()
        let kit = try TestBus(applications: [
            Application("post") { Job("Letter", queue: "letters") { _ in try await mailbox.deliver() } }
        ])
        for _ in 0..<2 {
            await mailbox.open(false)
            try await kit.bus.enqueue("Letter", "a", to: "letters")
            #expect(try await kit.drain() == 2)
            await mailbox.open(true)
            #expect(try await kit.advance(by: .seconds(60)) == 1)
        }
        #expect(await mailbox.letters == 2)
        #expect(await kit.failures.isEmpty)
    }

    @Test func heartbeatsAreTicked() async throws {
        // 02:58:20 UTC
        let kit = try TestBus(startingAt: 1_700_017_100) { [Self.greeter($0)] }
        try await kit.tickHeartbeat()
        try await kit.tickHeartbeat()
        #expect(await kit.published("heartbeat_minutes").map { $0["minute"] } == [58])
        try await kit.advance(by: .seconds(3600), heartbeats: true)
        #expect(await kit.published("heartbeat_minutes").count == 61)
        #expect(await kit.published("report_written").count == 1)
        #expect(await kit.published("polled").count == 4)
    }

    @Test func anyBusInAHandlerPublishesHere() async throws {
        let elsewhere = try Bus(redis: "redis://localhost:1")
        let kit = try TestBus(applications: [
            Application("a") { Subscribe("x") { _ in try await elsewhere.publish("y", ["n": 1]) } }
        ])
        try await kit.publish("x")
        try await kit.drain()
        #expect(await kit.failures.map(\.message) == [])
        #expect(await kit.published("y").map { $0["bus_published_at"] } == [1_700_000_000])
    }

    @Test func jobsAreEnqueuedOnceAndLater() async throws {
        let kit = try TestBus(applications: [])
        #expect(try await kit.bus.enqueueOnce("Sweep", to: "chores", for: .seconds(10)))
        #expect(try await !kit.bus.enqueueOnce("Sweep", to: "chores", for: .seconds(10)))
        try await kit.bus.enqueue("Mop", "floor", to: "chores", in: .seconds(10))
        #expect(await kit.jobs(on: "chores").map(\.className) == ["Sweep"])
        try await kit.advance(by: .seconds(10))
        #expect(try await kit.bus.enqueueOnce("Sweep", to: "chores", for: .seconds(10)))
        #expect(await kit.jobs(on: "chores").map(\.className) == ["Sweep", "Mop", "Sweep"])
    }

    @Test func eachSubscriberGetsItsCopyAndMisfitsAreSeen() async throws {
        let kit = try TestBus(applications: [
            Application("a") { Subscribe("user_created") { (_: User) in } },
            Application("b") { Subscribe(regex: "^user_") { _ in } },
            Application("c") { Subscribe("user_created", where: ["page": .present]) { _ in } },
        ])
        try await kit.publish("user_created", ["id": "one", "name": "Z"])
        #expect(try await kit.drain() == 2)
        #expect(await kit.failures.map(\.message) == ["id: expected Int but found a string"])
    }

    @Test func publishingForeverIsFound() async throws {
        let kit = try TestBus { bus in [Application("a") { Subscribe("x") { _ in try await bus.publish("x") } }] }
        try await kit.publish("x")
        let error = await #expect(throws: TestBusError.self) { try await kit.drain(atMost: 50) }
        #expect(error?.description.hasPrefix("Something was left after 50 steps") == true)
    }
}
