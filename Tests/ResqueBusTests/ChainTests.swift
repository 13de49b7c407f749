import BusWire
import Testing

@testable import ResqueBus

/// What a publish inside of a handler takes over from the event that is being handled.
@Suite(.timeLimit(.minutes(1))) struct ChainTests {
    /// The event that `attributes` become when they are published by a handler of the sample event.
    private func published(
        _ attributes: EventAttributes, context: JSONValue? = nil
    ) async throws -> EventAttributes {
        var configuration = try BusConfiguration()
        configuration.localMode = .suppress
        configuration.context = "default"
        configuration.locale = { "en" }
        configuration.timeZone = { "UTC" }
        let bus = Bus(configuration)
        let events = Notes<EventAttributes>()
        let router = try JobRouter([
            Application("app_b") {
                Subscribe("user_created") { _ in
                    #expect(Bus.locale == "de")
                    #expect(Bus.timeZone == "Europe/Paris")
                    if let context {
                        try await Bus.withContext(context) { await events.add(try await bus.publish("x", attributes)) }
                    } else {
                        await events.add(try await bus.publish("x", attributes))
                    }
                }
            }
        ])
        #expect(await router.perform(Sample.element()).isDone)
        return try #require(await events.all.first)
    }

    @Test func theChainGoesOn() async throws {
        let event = try await published(["n": 1])
        #expect(event["bus_parent_id"] == "1700000000-u")
        #expect(event["bus_context"] == "req-9")
        #expect(event["bus_locale"] == "de")
        #expect(event["bus_timezone"] == "Europe/Paris")
        #expect(
            event.names == [
                "bus_published_at", "bus_event_type", "bus_id", "bus_app_hostname", "bus_context", "bus_locale",
                "bus_timezone", "bus_parent_id", "n",
            ])
    }

    @Test func explicitAttributesWin() async throws {
        let event = try await published(["bus_parent_id": "mine", "bus_locale": "fr", "bus_context": nil])
        #expect(event["bus_parent_id"] == "mine")
        #expect(event["bus_locale"] == "fr")
        #expect(event["bus_context"] == .null)
        #expect(event["bus_timezone"] == "Europe/Paris")
        #expect(try await published([:], context: "inner")["bus_context"] == "inner")
    }

    @Test func anEventThatIsPublishedAgainIsNotItsOwnParent() async throws {
        #expect(try await published(["bus_id": "1700000000-u"])["bus_parent_id"] == nil)
    }

    @Test func outsideOfHandlersNothingIsAdded() async throws {
        var configuration = try BusConfiguration()
        configuration.localMode = .suppress
        let event = try await Bus(configuration).publish("x")
        #expect(event.names == ["bus_published_at", "bus_event_type", "bus_id", "bus_app_hostname"])
        #expect(Event.current == nil)
        #expect(Bus.locale == nil)
    }
}
