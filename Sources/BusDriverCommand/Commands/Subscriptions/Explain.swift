import ArgumentParser
import BusMatching
import BusOperations
import BusWire
import CommandInterface

/// `busdriver explain`
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says which live subscriptions an event matches, and for the others why not.",
        discussion: """
            The event is on standard input: its attributes as a JSON object, or a job as it stands on a queue. Attributes that \
            publish adds (bus_published_at and the like) are seen only if they are written there.

            Below each subscription stand the regular expressions among its filters: + or - for whether it holds, the value \
            seen, how it is judged (as literal text, by an automaton, within a budget of steps), and notes on what is wrong \
            with it or may be meant otherwise.

            Example:
              echo '{"bus_event_type":"user_created","user_id":42}' | busdriver explain
              redis-cli lindex resque:queue:bus_incoming 0 | busdriver explain --application app_b
            """)

    @Option(help: "Only this application's subscriptions.")
    var application: String?

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await Complaint.onFailure {
            let attributes = try GivenEvent.attributes(of: try Input.standard.read(), from: "standard input")
            try await redis.withSession { session in
                let live = try await LiveSubscriptions(
                    connection: session.connection, bus: session.keys, application: application)
                for subscription in live.subscriptions { tell(SubscriptionTrial(subscription, on: attributes)) }
                for fault in live.faults {
                    if output.json {
                        StandardOutput.write(fault.json)
                    } else {
                        StandardOutput.write("!  \(fault.text)\n")
                    }
                }
                if live.subscriptions.isEmpty, live.faults.isEmpty, !output.json {
                    StandardOutput.write("No subscriptions.\n")
                }
            }
        }
    }

    private func tell(_ trial: SubscriptionTrial) {
        guard !output.json else { return StandardOutput.write(trial.json) }
        let subscription = trial.subscription
        let name = TextTable.oneLine("\(subscription.appKey)/\(subscription.key)")
        let reason = TextTable.oneLine(trial.explanation.sentence)
        let queue = TextTable.oneLine(subscription.queue)
        let worthSaying = trial.filters.filter { $0.review.isRegex || !$0.review.remarks.isEmpty }
        StandardOutput.write(trial.isMatch ? "+  \(name) -> \(queue)\n" : "-  \(name): \(reason)\n")
        StandardOutput.write(worthSaying.map { $0.text(indent: "     ") }.joined())
    }
}
