import ArgumentParser
import BusOperations
import BusSession
import BusWire
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

    /// The most events that are searched for: each generation takes a walk through Redis.
    private static let mostEvents = 1000

    func validate() throws {
        if id.isEmpty { throw ValidationError("Give the bus_id of an event.") }
    }

    func run() async throws {
        try await redis.withSession { session in
            var timeline = Timeline(id: id)
            for path in log { try await read(path, into: &timeline) }
            try await search(session, for: &timeline)
            let entries = timeline.entries
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

    /// Looks through Redis for the event and those that it has caused, and again for what these have caused, until nothing new
    /// is found.
    private func search(_ session: Session, for timeline: inout Timeline) async throws {
        var searched: Set<ExactString> = []
        var next = [id] + timeline.descendants
        while !next.isEmpty {
            guard searched.count + next.count <= Self.mostEvents else {
                return StandardError.write(
                    "note: it has led to more than \(Self.mostEvents) events; what the last of them caused is not shown.\n"
                )
            }
            searched.formUnion(next.map(ExactString.init))
            try await EventSearch(connection: session.connection, bus: session.keys, ids: next).visit {
                timeline.add($0)
            }
            next = timeline.descendants.filter { !searched.contains(ExactString($0)) }
        }
    }

    private func read(_ path: String, into timeline: inout Timeline) async throws {
        let input = try Input.open(path)
        var unreadable = 0
        let (needle, kinship) = (id, ByteSearch(for: #""bus_parent_id""#))
        var unlinked = timeline
        try await input.forEachLine { line, _ in
            let isMeant = String(decoding: line, as: UTF8.self).contains(needle)
            guard isMeant || line.withUnsafeBytes(kinship.isFound) else { return }
            if let event = (try? JSONValue.parse(line))?.members {
                unlinked.add(event, loggedIn: input.name)
            } else if isMeant {
                unreadable += 1
            }
        }
        timeline = unlinked
        if unreadable > 0 {
            StandardError.write("note: \(unreadable) lines of \(input.name) name the event and are not JSON.\n")
        }
    }
}
