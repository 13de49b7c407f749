import ArgumentParser
import BusStore
import BusWire
import CommandInterface

/// `busdriver subscriptions`
struct Subscriptions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists what every application has subscribed, and the records that cannot be used.",
        discussion: """
            Example:
              busdriver subscriptions
              busdriver subscriptions app_b --json
            """)

    @Argument(help: "Only this application.")
    var application: String?

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let live = try await LiveSubscriptions(session, application: application)
            if output.json {
                for subscription in live.subscriptions { StandardOutput.write(Self.json(subscription)) }
                for fault in live.faults { StandardOutput.write(fault.json) }
                return
            }
            var table = TextTable(
                ("APPLICATION", .left), ("KEY", .left), ("QUEUE", .left), ("CLASS", .left), ("FILTERS", .left))
            for subscription in live.subscriptions {
                table.add(
                    subscription.appKey, subscription.key, subscription.queue, subscription.className,
                    subscription.filters.map(FilterText.text).joined(separator: " "))
            }
            StandardOutput.write(live.subscriptions.isEmpty ? "No subscriptions.\n" : table.text)
            for fault in live.faults { StandardError.write("left out: \(fault.text)\n") }
        }
    }

    private static func json(_ subscription: Subscription) -> JSONValue {
        [
            "application": .string(subscription.appKey), "key": .string(subscription.key),
            "queue": .string(subscription.queue), "class": .string(subscription.className),
            "filters": .object(subscription.filters.map { JSONMember($0.name, .string($0.pattern)) }),
        ]
    }
}
