import ArgumentParser
import BusOperations
import BusProtocol
import BusWire
import CommandInterface
import RedisConnection

/// `busdriver failed retry`
struct FailedRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Pushes failed jobs to their queues again, byte for byte as they were.",
        discussion: """
            An entry stays and says when it was retried, as with resque-web, unless --remove is given. Its ID changes then.

            Example:
              busdriver failed retry 3f2a91
              busdriver failed retry --all --remove
              busdriver failed retry --class Emailer --from-queue emails --no-retried
            """)

    @Flag(help: "Take the entries out of the list in the same step.")
    var remove = false

    @Option(help: "Push to this queue instead of the entry's own.")
    var queue: String?

    @OptionGroup var selection: FailureSelection
    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let failures = FailureLists(connection: session.connection, bus: session.keys)
            let now = try await session.now()
            var unusable = 0
            try await selection.visit(in: failures) { entries throws(RedisError) in
                let outcomes = try await failures.retry(entries, removing: remove, to: queue, now: now)
                var left = 0
                for (entry, outcome) in zip(entries, outcomes) {
                    tell(entry, outcome)
                    switch outcome {
                    case .pushed, .gone: left += remove ? 0 : 1
                    case .unusable, .setAside, .refused:
                        unusable += 1
                        left += 1
                    }
                }
                return left
            }
            if unusable > 0 { throw Complaint("\(unusable) entries were not retried.") }
        }
    }

    private func tell(_ entry: FailureRecord, _ outcome: FailureLists.RetryOutcome) {
        let words =
            switch outcome {
            case .pushed(let queue): (json: "pushed", text: "pushed to \(queue)")
            case .gone: (json: "gone", text: "is gone: somebody else retried or removed it")
            case .unusable: (json: "unusable", text: "does not say what to push, or where")
            case .refused(let refusal):
                (json: "refused", text: "was not pushed: Redis refused it (\(ShownText.cut(refusal.message)))")
            case .setAside(let list):
                (
                    json: "oversized",
                    text: "is too large for every driver and rider: read it with LINDEX \(list) 0, publish it in "
                        + "smaller parts, then busdriver failed remove \(entry.id), which removes that list too"
                )
            }
        if output.json {
            StandardOutput.write(["id": .string(entry.id), "outcome": .string(words.json)])
        } else {
            StandardOutput.write("\(entry.id) \(words.text)\n")
        }
    }
}
