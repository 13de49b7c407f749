import ArgumentParser
import BusOperations
import BusWire
import CommandInterface
import ResqueBus

/// `busdriver subscribe`
struct Subscribe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Adds or replaces one subscription of an application.",
        discussion: """
            Example:
              busdriver subscribe app_b user_created
              busdriver subscribe app_b vip_orders --queue app_b_critical bus_event_type=order_placed amount=/^[0-9]{4,}$/ vip:present

            Filters: name=text, name=/regex/ (Ruby's syntax), name:present (or key, nil, value, empty, blank). An event must \
            satisfy all. Without any, bus_event_type must be KEY. The application's other subscriptions stay.

            Standard error tells of each regular expression how it is judged, what is wrong with it, and what in it may be \
            meant otherwise. Whatever Ruby would store is stored.
            """)

    @Argument(help: "The application; 'App B' and app_b are the same.")
    var application: String

    @Argument(help: "The subscription's name within the application.")
    var key: String

    @Argument(help: "Filters: name=text, name=/regex/, name:present.", transform: FilterText.parse)
    var filters: [SubscriptionFilter] = []

    @Option(help: "The queue that gets the events. Default: APPLICATION_default.")
    var queue: String?

    @Option(name: .customLong("class"), help: "The Ruby class that runs the events.")
    var className = "::QueueBus::Rider"

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        let names = filters.map(\.name)
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw ValidationError("There are two filters on \(twice); one is possible.")
        }
    }

    func run() async throws {
        try await redis.withSession { session in
            var subscription = BusSubscription(
                key, queue: queue.map { .shared($0) } ?? "default", className: className)
            if !filters.isEmpty { subscription.filters = filters.map { ($0.name, .text($0.pattern)) } }
            let isNew = try await session.bus().add(subscription, to: application)
            report(subscription, isNew: isNew)
        }
    }

    private func report(_ subscription: BusSubscription, isNew: Bool) {
        let application = BusName.normalize(application)
        let queue = BusName.normalize(queue ?? "\(application)_default")
        let stored = filters.isEmpty ? [SubscriptionFilter(name: "bus_event_type", pattern: key)] : filters
        let remarks = FilterRemarks(stored)
        remarks.tell()
        if output.json {
            let line = [
                JSONMember("application", .string(application)), JSONMember("key", .string(key)),
                JSONMember("queue", .string(queue)), JSONMember("class", .string(className)),
                JSONMember("added", .bool(isNew)),
                JSONMember("filters", .object(stored.map { JSONMember($0.name, .string($0.pattern)) })),
            ]
            StandardOutput.write(.object(line + remarks.members))
        } else {
            let filters = TextTable.oneLine(stored.map(FilterNotation.text).joined(separator: " "))
            StandardOutput.write(
                "\(isNew ? "added" : "replaced") \(application)/\(TextTable.oneLine(key)): \(filters) -> \(queue)\n")
        }
    }
}
