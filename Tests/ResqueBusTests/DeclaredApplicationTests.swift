import ResqueBus
import Testing

@Suite(.timeLimit(.minutes(1))) struct DeclaredApplicationTests {
    /// A declared application and its subscriptions in Redis are the same to local modes.
    @Test func localModesDeliverToADeclaredApplication() async throws {
        let deliveries = Notes<LocalDelivery>()
        var configuration = try BusConfiguration()
        configuration.localMode = .inline { await deliveries.add($0) }
        let bus = Bus(configuration)
        try await bus.declare(
            Application("App-B") {
                Subscribe("user_created", queue: "critical") { _ in }
                Mailer()
            })
        try await bus.publish("user_created", ["id": 1])
        #expect(await deliveries.all.map(\.key) == ["user_created", "Mailer.user_created"])
        #expect(await deliveries.all.map(\.queue) == ["app_b_critical", "mails"])
        #expect(await deliveries.all.map(\.className) == ["::QueueBus::Rider", "Mailer"])
    }

    @Test func aMistakeIsNotDeclared() async throws {
        let bus = Bus(try BusConfiguration())
        let application = Application("x") { Subscribe("") { _ in } }
        await #expect(throws: BusError.self) { try await bus.declare(application) }
    }
}
