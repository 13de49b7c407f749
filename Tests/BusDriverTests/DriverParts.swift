import BusWire
import RedisConnection

@testable import BusDriver

/// What the parts of a driver are made of in tests.
struct DriverParts {
    let tools: DraftingTools
    let context: DraftContext

    init() {
        let configuration = DriverConfiguration(
            redis: RedisConfiguration(endpoint: RedisEndpoint(address: .unix(path: "/none"))), host: "host",
            processID: 1,
            now: { 600 }, uuid: { "00000000-0000-4000-8000-000000000000" }, localOffset: { _ in 0 })
        tools = DraftingTools(configuration)
        context = tools.context(now: 600, worker: "host+swift:1:bus_incoming")
    }

    /// A batch of so many events.
    static func batch(_ count: Int, sequence: Int = 1) -> HeldBatch {
        let event = #"{"class":"QueueBus::Driver","args":["{\"bus_event_type\":\"x\"}"]}"#
        return HeldBatch(
            events: .list(Array(repeating: event, count: count)), sequence: sequence, barrier: 2, recoveries: nil)
    }

    /// Subscriptions of one application, another value each time.
    static func subscriptions() -> CompiledSubscriptions {
        var registry = RegistryModel()
        registry.put("shop", [(field: "key", value: RegistryModel.record(key: "key", filter: "a"))])
        return ChangedSubscriptions(registry).compiled
    }
}
