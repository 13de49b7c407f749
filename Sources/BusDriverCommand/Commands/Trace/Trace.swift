import ArgumentParser
import BusStore
import BusWire
import CommandInterface

/// `busdriver trace`
struct Trace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells where an event is, and what happened to it.",
        discussion: """
            Looks through all queues, what drivers and riders have in hand, what waits for its time or for a retry, and what failed;
            and through logs with one event in a line of JSON, as busdriver tail --json and the example's logger write them. Also
            finds the events that it has caused (bus_parent_id). What was done and left no log cannot be found.

            Example:
              busdriver trace 1795240524-3f8e2c1a-5b7d-4e0f-9a6b-c2d1e0f9a8b7
              busdriver trace 1795240524-3f8e2c1a-5b7d-4e0f-9a6b-c2d1e0f9a8b7 --log events.jsonl --log old/events.jsonl
            """)

    @Argument(help: "The event's bus_id.")
    var id: String

    @Option(
        help: ArgumentHelp(
            "A file with an event in each line; - is standard input. May be repeated.", valueName: "file"))
    var log: [String] = []

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if id.isEmpty { throw ValidationError("Give the bus_id of an event.") }
    }

    func run() async throws {
        try await redis.withSession { session in
            var timeline = Timeline(id: id)
            for path in log { try await read(path, into: &timeline) }
            try await EventSearch(connection: session.connection, bus: session.keys, id: id).visit { timeline.add($0) }
            let entries = timeline.entries
            guard !entries.isEmpty else {
                throw Complaint(
                    "No event \(id) was found in Redis\(log.isEmpty ? "" : " or in the logs"); one that is done is only in logs: give them with --log."
                )
            }
            for entry in entries {
                if output.json { StandardOutput.write(entry.json) } else { StandardOutput.write(entry.line) }
            }
        }
    }

    private func read(_ path: String, into timeline: inout Timeline) async throws {
        let input = try Input.open(path)
        var unreadable = 0
        let needle = id
        var found: [[JSONMember]] = []
        try await input.forEachLine { line, _ in
            guard String(decoding: line, as: UTF8.self).contains(needle) else { return }
            if let event = (try? JSONValue.parse(line))?.members { found.append(event) } else { unreadable += 1 }
        }
        for event in found { timeline.add(event, loggedIn: input.name) }
        if unreadable > 0 {
            StandardError.write("note: \(unreadable) lines of \(input.name) name the event and are not JSON.\n")
        }
    }
}
