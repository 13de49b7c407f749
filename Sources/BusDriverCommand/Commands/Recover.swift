import ArgumentParser
import BusStore
import BusWire
import CommandInterface

/// `busdriver recover`
struct Recover: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings back the events that dead drivers held, in order, at the head of their queue.",
        discussion: """
            Running drivers do so by themselves. This is for going back to the Ruby driver, or for doing it at once.

            Example:
              busdriver recover          of drivers whose lease ran out
              busdriver recover --all    also of those that may be alive; these then register anew
            """)

    @Flag(help: "Also of drivers whose lease still runs.")
    var all = false

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let recovery = Recovery(
                connection: session.connection, bus: session.keys,
                digests: try await ScriptDigests([.recover], loadingOn: session.connection),
                fallbackQueue: "bus_incoming")
            let clock = try await RedisClock(connection: session.connection)
            for (id, remaining) in try await recovery.leases(now: clock.milliseconds) {
                let outcome = try await recovery.recover(id, leases: all ? .ignored : .respected, suspecting: false)
                report(outcome, of: id, remaining: remaining)
            }
            for (id, sequences) in try await recovery.orphans().sorted(by: { $0.key < $1.key }) {
                report(try await recovery.recoverOrphan(id, sequences: sequences), of: id, remaining: .zero)
            }
        }
    }

    private func report(_ outcome: Recovery.Outcome, of id: String, remaining: Duration) {
        switch outcome {
        case .recovered(let events, let queue):
            tell(
                ["driver": .string(id), "recovered": .integer(events), "queue": .string(queue)],
                "\(id): \(events) events are back on \(queue)")
        case .alive:
            let rest = DurationText.text(remaining)
            tell(
                ["driver": .string(id), "alive": true],
                "\(id) is alive (its lease runs for \(rest)); --all takes them anyway")
        case .unknown:
            tell(["driver": .string(id), "recovered": 0], "\(id) held nothing")
        }
    }

    private func tell(_ json: JSONValue, _ text: String) {
        if output.json { StandardOutput.write(json) } else { StandardOutput.write(text + "\n") }
    }
}
