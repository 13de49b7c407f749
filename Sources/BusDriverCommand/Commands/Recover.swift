import ArgumentParser
import BusOperations
import BusProtocol
import BusWire
import CommandInterface

/// `busdriver recover`
struct Recover: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings back what dead drivers and riders held, in order, at the head of its queue.",
        discussion: """
            Running drivers and riders do so by themselves, each for its kind. This is for going back to Ruby, whose workers
            leave ours alone, or for doing it at once.

            Example:
              busdriver recover          of those whose lease ran out
              busdriver recover --all    also of those that may be alive; these then register anew
            """)

    @Flag(help: "Also of those whose lease still runs.")
    var all = false

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let recovery = DeadRecovery(
                connection: session.connection, bus: session.keys, leases: all ? .ignored : .respected)
            try await recovery.run { outcome in
                switch outcome {
                case .driver(let id, let outcome, let remaining): report(outcome, of: id, remaining: remaining)
                case .rider(let id, let outcome, let remaining): report(outcome, of: id, remaining: remaining)
                case .unlisted(let id):
                    tell(["worker": .string(id), "listed": false], "\(id) is gone, and no longer among the workers")
                }
            }
        }
    }

    private func report(_ outcome: DriverRecovery.Outcome, of id: String, remaining: Duration) {
        switch outcome {
        case .recovered(let events, let queue):
            tell(
                ["driver": .string(id), "recovered": .integer(events), "queue": .string(queue)],
                "\(id): \(events) events are back on \(queue)")
        case .alive: tellAlive("driver", id, remaining)
        case .unknown:
            tell(["driver": .string(id), "recovered": 0], "\(id) held nothing")
        case .stuck(let key):
            tell(
                ["driver": .string(id), "recovered": 0, "stuck": true],
                "\(id): its events wait in flight, because \(key) is not a list; rename or delete that key")
        }
    }

    private func report(_ outcome: RiderRecovery.Outcome, of id: String, remaining: Duration) {
        switch outcome {
        case .recovered(let jobs):
            tell(["rider": .string(id), "recovered": .integer(jobs)], "\(id): \(jobs) jobs are back on their queues")
        case .stuck(let jobs):
            tell(
                ["rider": .string(id), "recovered": .integer(jobs), "stuck": true],
                "\(id): \(jobs) jobs are back; others stay reserved, because their queue's key is not a list: "
                    + "rename that key and recover again")
        case .alive: tellAlive("rider", id, remaining)
        case .unknown: tell(["rider": .string(id), "recovered": 0], "\(id) held nothing")
        }
    }

    private func tellAlive(_ kind: String, _ id: String, _ remaining: Duration) {
        // One that has renewed its lease since that was read may have had nothing left.
        let rest = remaining > .zero ? " (its lease runs for \(DurationText.text(remaining)))" : ""
        tell(
            .object([JSONMember(kind, .string(id)), JSONMember("alive", true)]),
            "\(id) is alive\(rest); --all takes what it holds anyway")
    }

    private func tell(_ json: JSONValue, _ text: String) {
        if output.json { StandardOutput.write(json) } else { StandardOutput.write(TextTable.oneLine(text) + "\n") }
    }
}
