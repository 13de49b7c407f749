import RedisTestSupport
import ResqueBus
import Testing

@Suite(.timeLimit(.minutes(1))) struct ApplicationSubscribeTests {
    @Test func anApplicationReplacesAllThatItHadSubscribed() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        try await bus.subscribe("App-B", to: ["old"])
        let application = Application("App-B") {
            Subscribe("user_created", queue: "critical") { _ in }
            OnHeartbeat("nightly", minute: 0, hour: 3) { _ in }
            Job("Emailer", queue: "emails") { _ in }
        }
        try await application.subscribe(on: bus)
        #expect(try bench.raw.call("SMEMBERS", "resque:bus_apps").strings == ["app_b"])
        #expect(
            try bench.raw.call("HGETALL", "resque:bus_app:app_b").fields == [
                "user_created":
                    #"{"queue_name":"app_b_critical","key":"user_created","class":"::QueueBus::Rider","#
                    + #""matcher":{"bus_event_type":"user_created"}}"#,
                "nightly":
                    #"{"queue_name":"app_b_default","key":"nightly","class":"::QueueBus::Rider","#
                    + #""matcher":{"bus_event_type":"heartbeat_minutes","minute":"0","hour":"3"}}"#,
            ])
        await bus.close()
    }

    @Test func aMistakeChangesNothing() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        try await bus.subscribe("app_b", to: ["old"])
        let application = Application("app_b") { Subscribe("a", where: [:]) { _ in } }
        let error = await #expect(throws: BusError.self) { try await application.subscribe(on: bus) }
        #expect(error?.code == .invalidSubscription)
        #expect(try bench.raw.call("HKEYS", "resque:bus_app:app_b").strings == ["old"])
        await bus.close()
    }
}
