import BusWire
import CommandInterface
import Foundation
import ResqueBus

/// Publishes the lines of a file in their order. Where that ends midway it says which are published, so that nobody publishes
/// a line twice.
struct FilePublication {
    private let lines: Input
    private let bus: Bus
    private let due: Date?
    private var progress = PublishProgress()
    /// The last line that is published, with all before it.
    private var lastPublished = 0
    /// Redis has ended it, and what it ended with is said.
    private var isCutOff = false
    private var batch: [(line: Int, event: BusEvent)] = []

    private static let batchSize = 512

    /// - Parameter due: when to publish them; nil means at once.
    init(of lines: Input, on bus: Bus, due: Date?) {
        self.lines = lines
        self.bus = bus
        self.due = due
    }

    /// Publishes every line, and says how many there were.
    ///
    /// - Throws: `Complaint`.
    mutating func run() async throws -> Int {
        defer { progress.end() }
        do {
            try await lines.forEachLine { line, number in
                batch.append((number, try event(line, number)))
                if batch.count == Self.batchSize { try await publish() }
            }
        } catch let complaint as Complaint where !isCutOff {
            // What stands before a line that is at fault is published, so that one can go on with that line.
            try await publish()
            throw Complaint("\(complaint.message) \(account); mend it and publish from there.")
        }
        try await publish()
        return progress.count
    }

    private func event(_ line: [UInt8], _ number: Int) throws -> BusEvent {
        guard let members = try lines.json(line, number: number).members else {
            throw Complaint("Line \(number) of \(lines.name) is not a JSON object.")
        }
        guard let type = members.last(where: { $0.key == "bus_event_type" })?.value.string else {
            throw Complaint("Line \(number) of \(lines.name) has no bus_event_type.")
        }
        return BusEvent(type, EventAttributes(members.map { ($0.key, $0.value) }), at: due)
    }

    private mutating func publish() async throws {
        guard let first = batch.first?.line, let last = batch.last?.line else { return }
        do throws(BusError) {
            try await bus.publishAll(batch.map(\.event))
        } catch {
            switch error.code {
            case .invalidEvent, .callbackFailed: return try await publishSingly()
            case .outcomeUnknown, .refused: throw cutOff(error, "of lines \(first)–\(last) some may be.")
            default: throw cutOff(error, "publish from line \(first).")
            }
        }
        progress.add(batch.count)
        lastPublished = last
        batch.removeAll(keepingCapacity: true)
    }

    /// Finds the event that the bus does not take. Nothing of the batch was sent.
    private mutating func publishSingly() async throws {
        let events = batch
        batch = []
        for (line, event) in events {
            do throws(BusError) {
                try await bus.publishAll([event])
            } catch {
                switch error.code {
                case .outcomeUnknown, .refused: throw cutOff(error, "line \(line) may be.")
                case .invalidEvent, .callbackFailed:
                    throw cutOff(error, "line \(line) is not: mend it and publish from there.")
                default: throw cutOff(error, "publish from line \(line).")
                }
            }
            progress.add(1)
            lastPublished = line
        }
    }

    private mutating func cutOff(_ error: BusError, _ rest: String) -> Complaint {
        isCutOff = true
        let complaint = Complaint(error)
        let sentence = complaint.message.hasSuffix(".") ? complaint.message : complaint.message + "."
        return Complaint("\(sentence) \(account); \(rest)", code: complaint.code)
    }

    private var account: String {
        progress.count == 0
            ? "No event is published" : "\(progress.count) events (lines 1–\(lastPublished)) are published"
    }
}
