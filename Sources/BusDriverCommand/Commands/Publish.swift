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
        guard time == nil || delay == nil else { throw ValidationError("Give --at or --in, not both.") }
    }

    func run() async throws {
        try await redis.withBus(incoming: incoming) { bus in
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
        var progress = PublishProgress()
        var batch: [BusEvent] = []
        try await lines.forEachLine { line, number in
            guard let members = try lines.json(line, number: number).members else {
                throw Complaint(
                    "Line \(number) of \(lines.name) is not a JSON object; \(progress.count) events are published.")
            }
            guard let type = members.last(where: { $0.key == "bus_event_type" })?.value.string else {
                throw Complaint(
                    "Line \(number) of \(lines.name) has no bus_event_type; \(progress.count) events are published.")
            }
            batch.append(BusEvent(type, EventAttributes(members.map { ($0.key, $0.value) }), at: due))
            guard batch.count == 512 else { return }
            try await bus.publishAll(batch)
            progress.add(batch.count)
            batch.removeAll(keepingCapacity: true)
        }
        try await bus.publishAll(batch)
        progress.add(batch.count)
        progress.end()
        if output.json {
            StandardOutput.write(["published": .integer(progress.count)])
        } else {
            StandardOutput.write("published \(progress.count) events\n")
        }
    }
}

/// Shows on a terminal how far a long publish has come, once a second.
private struct PublishProgress {
    private(set) var count = 0
    private let began = ContinuousClock.now
    private var shown = ContinuousClock.now
    private var isShown = false

    mutating func add(_ events: Int) {
        count += events
        guard StandardError.isTerminal, ContinuousClock.now - shown >= .seconds(1) else { return }
        shown = .now
        isShown = true
        let rate = Double(count) / ((shown - began) / .seconds(1))
        StandardError.write("\r\(count) events, \(Int(rate))/s ")
    }

    func end() {
        if isShown { StandardError.write("\r") }
    }
}
