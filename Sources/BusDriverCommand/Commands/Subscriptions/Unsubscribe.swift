import ArgumentParser
import BusOperations
import BusWire
import CommandInterface

/// `busdriver unsubscribe`
struct Unsubscribe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Removes an application, one of its subscriptions, or those to one queue.",
        discussion: """
            Example:
              busdriver unsubscribe app_b                        everything
              busdriver unsubscribe app_b user_created           one subscription
              busdriver unsubscribe app_b --queue app_b_critical those to a queue

            Jobs that are on queues already stay there.
            """)

    @Argument(help: "The application.")
    var application: String

    @Argument(help: "One subscription's key. Default: all of the application.")
    var key: String?

    @Option(help: "Only subscriptions to this queue, written as in busdriver subscriptions.")
    var queue: String?

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard key == nil || queue == nil else { throw ValidationError("Give a key or --queue, not both.") }
        guard BusName.applicationKey(application) != nil else {
            throw ValidationError(
                "'\(application)' is not a name for an application; it needs an ASCII letter or digit.")
        }
    }

    func run() async throws {
        try await redis.withSession { session in
            let appKey = BusName.normalize(application)
            let removal = SubscriptionRemoval(connection: session.connection, bus: session.keys)
            let scope: SubscriptionRemoval.Scope = key.map { .key($0) } ?? queue.map { .queue($0) } ?? .all
            report(try await removal.remove(scope, of: appKey), of: appKey)
        }
    }

    private func report(_ removed: [String], of appKey: String) {
        if output.json {
            StandardOutput.write([
                "application": .string(appKey), "removed": .array(removed.map { .string($0) }),
            ])
        } else if removed.isEmpty {
            StandardOutput.write("\(appKey) had no such subscription.\n")
        } else {
            for key in removed { StandardOutput.write("removed \(appKey)/\(TextTable.oneLine(key))\n") }
        }
    }
}
