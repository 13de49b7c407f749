import ArgumentParser
import BusOperations
import CommandInterface

/// `busdriver trace`
struct Trace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells where an event is, and what happened to it.",
        discussion: """
            Looks through all queues, what drivers and riders have in hand, what waits for its time or for a retry, and what failed;
            and through logs with one event in a line of JSON, as busdriver tail --json and the example's logger write them. Also
            finds the events that it has caused (bus_parent_id), those that these have caused, and so on, each step indented.
            Of what is done only the copies are known that a logger kept.

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
            var trace = EventTrace(id: id)
            for path in log { try await read(path, into: &trace) }
            if try await !trace.search(connection: session.connection, bus: session.keys) {
                StandardError.write(
                    "note: it has led to more than \(EventTrace.mostEvents) events; "
                        + "what the last of them caused is not shown.\n")
            }
            let entries = trace.timeline.entries
            guard !entries.isEmpty else {
                throw Complaint(
                    "No event \(id) was found in Redis\(log.isEmpty ? "" : " or in the logs"); one that is done is only in logs: give them with --log."
                )
            }
            defer {
                StandardError.write("note: of what is done only the copies are known that a logger kept (--log).\n")
            }
            for entry in entries {
                if output.json { StandardOutput.write(entry.json) } else { StandardOutput.write(entry.line) }
            }
        }
    }

    private func read(_ path: String, into trace: inout EventTrace) async throws {
        let input = try Input.open(path)
        var unreadable = 0
        var reading = trace
        try await input.forEachLine { line, _ in
            if !reading.read(line, of: input.name) { unreadable += 1 }
        }
        trace = reading
        if unreadable > 0 {
            StandardError.write("note: \(unreadable) lines of \(input.name) name the event and are not JSON.\n")
        }
    }
}
