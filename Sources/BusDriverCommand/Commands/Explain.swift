import ArgumentParser
import BusMatching
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
            let attributes = try Self.attributes(of: try Input.standard.read())
            try await redis.withSession { session in
                let live = try await LiveSubscriptions(session, application: application)
                for subscription in live.subscriptions { tell(subscription, attributes) }
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

    private func tell(_ subscription: Subscription, _ attributes: [JSONMember]) {
        let explanation = Explanation(subscription, attributes: attributes)
        let views = subscription.filters.map { FilterView($0, attributes) }
        let isMatch = explanation.outcome == .matches
        if output.json {
            var line: JSONValue = [
                "application": .string(subscription.appKey), "key": .string(subscription.key),
                "queue": .string(subscription.queue), "match": .bool(isMatch),
            ]
            switch explanation.outcome {
            case .matches, .hasNoFilters: break
            case .fails(let filter, _), .undecided(let filter, _, _):
                line = line.setting("failed", to: views.first { $0.review.filter == filter }?.json ?? nil)
            }
            line = line.setting("filters", to: .array(views.map(\.json)))
            StandardOutput.write(line.setting("reason", to: .string(explanation.sentence)))
        } else {
            let name = TextTable.oneLine("\(subscription.appKey)/\(subscription.key)")
            let reason = TextTable.oneLine(explanation.sentence)
            let queue = TextTable.oneLine(subscription.queue)
            let worthSaying = views.filter { $0.review.isRegex || !$0.review.remarks.isEmpty }
            StandardOutput.write(isMatch ? "+  \(name) -> \(queue)\n" : "-  \(name): \(reason)\n")
            StandardOutput.write(worthSaying.map { $0.text(indent: "     ") }.joined())
        }
    }

    /// The attributes in an event, or in a job that carries one.
    static func attributes(of bytes: [UInt8]) throws -> [JSONMember] {
        guard let value = try? JSONValue.parse(bytes), let members = value.members else {
            throw Complaint("Standard input is not a JSON object: give the attributes of an event, or a job.")
        }
        guard let arguments = value["args"]?.elements, value["class"] != nil else { return members }
        let inner = arguments.last.flatMap { $0.string.flatMap { try? JSONValue.parse($0) } ?? $0 }
        guard let attributes = inner?.members else {
            throw Complaint("The job on standard input does not carry the attributes of an event.")
        }
        return attributes
    }
}
