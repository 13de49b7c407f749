import ArgumentParser
import BusWire
import CommandInterface
import Foundation
import ResqueBus

/// `busdriver publish`
struct Publish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Publishes an event, or many from a file.",
        discussion: """
            Example:
              busdriver publish user_created user_id:=42 name=Ann 'tags:=["new"]'
              busdriver publish invoice_due id=7 --in 1h30m
              busdriver publish --file events.jsonl

            Each line of a file is an object of attributes, of which bus_event_type is one. '-' is standard input.
            """)

    @Argument(help: "What happened, such as user_created.")
    var type: String?

    @Argument(help: "Attributes: key=text, or key:=json.", transform: AttributeText.parse)
    var attributes: [JSONMember] = []

    @Option(
        name: .customLong("at"), help: "Publish it then: ISO 8601 with a zone, or epoch seconds.",
        transform: TimeText.parse)
    var time: Int?

    @Option(name: .customLong("in"), help: "Publish it after so long: 5m, 1h30m.", transform: DurationText.parse)
    var delay: Duration?

    @Option(help: ArgumentHelp("Publish each line of this file; '-' is standard input.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("The queue that the driver takes events from.", valueName: "queue"))
    var incoming = "bus_incoming"

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (type == nil) != (file == nil) else {
            throw ValidationError("Give either the type of an event or --file.")
        }
        guard type != "" else { throw ValidationError("The type of an event must not be empty.") }
        guard time == nil || delay == nil else { throw ValidationError("Give --at or --in, not both.") }
    }

    func run() async throws {
        try await redis.withSession { session in
            let bus = session.bus(incoming: incoming)
            if let file { return try await publish(lines: try Input.open(file), on: bus) }
            let attributes = EventAttributes(attributes.map { ($0.key, $0.value) })
            let event =
                if let due {
                    try await bus.publish(type ?? "", attributes, at: due)
                } else {
                    try await bus.publish(type ?? "", attributes)
                }
            if output.json {
                StandardOutput.write(event.json)
            } else {
                let name = event.type ?? ""
                let when = due.map { " for \(TimeText.text(Int($0.timeIntervalSince1970)))" } ?? ""
                StandardOutput.write("published \(TextTable.oneLine(name))\(when), bus_id \(event.id ?? "none")\n")
            }
        }
    }

    private var due: Date? {
        if let time { return Date(timeIntervalSince1970: Double(time)) }
        return delay.map { Date.now.addingTimeInterval($0 / .seconds(1)) }
    }

    private func publish(lines: Input, on bus: Bus) async throws {
        var publication = FilePublication(of: lines, on: bus, due: due)
        let count = try await publication.run()
        if output.json {
            StandardOutput.write(["published": .integer(count)])
        } else {
            StandardOutput.write("published \(count) events\n")
        }
    }
}
