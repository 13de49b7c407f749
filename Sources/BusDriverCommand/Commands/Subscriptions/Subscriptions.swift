import ArgumentParser
import BusOperations
import BusWire
import CommandInterface

/// `busdriver subscriptions`
struct Subscriptions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists what every application has subscribed, and the records that cannot be used.",
        discussion: """
            Standard error names the records that are left out, and the filters that can never be judged. With --json each \
            subscription has "judged", how each of its filters is judged, and "notes" on what is wrong with them or may be \
            meant otherwise.

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
            let live = try await LiveSubscriptions(
                connection: session.connection, bus: session.keys, application: application)
            if output.json {
                for subscription in live.subscriptions {
                    StandardOutput.write(subscription.summary)
                }
                for fault in live.faults { StandardOutput.write(fault.json) }
                return
            }
            var table = TextTable(
                ("APPLICATION", .left), ("KEY", .left), ("QUEUE", .left), ("CLASS", .left), ("FILTERS", .left))
            for subscription in live.subscriptions {
                table.add(
                    subscription.appKey, subscription.key, subscription.queue, subscription.className,
                    subscription.filters.map(FilterNotation.text).joined(separator: " "))
            }
            StandardOutput.write(live.subscriptions.isEmpty ? "No subscriptions.\n" : table.text)
            for fault in live.faults { StandardError.write("left out: \(fault.text)\n") }
            for subscription in live.subscriptions {
                FilterRemarks(subscription.filters).tellUnjudgeable(of: "\(subscription.appKey)/\(subscription.key)")
            }
        }
    }
}
