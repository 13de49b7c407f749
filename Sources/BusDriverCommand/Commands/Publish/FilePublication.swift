import BusOperations
import BusWire
import CommandInterface
import Foundation
import ResqueBus

/// Publishes the lines of a file in their order. Where that ends midway it says which are published, so that nobody
/// publishes a line twice.
struct FilePublication {
    private let lines: Input
    private let bus: Bus
    private let due: Date?
    private var publication = LinePublication<BusEvent>()
    private var progress = PublishProgress()
    /// Redis has ended it, and what it ended with is said.
    private var isCutOff = false

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
                if publication.add(try event(line, number), line: number) { try await publish() }
            }
        } catch let complaint as Complaint where !isCutOff {
            // What stands before a line that is at fault is published, so that one can go on with that line.
            try await publish()
            throw Complaint("\(complaint.message) \(publication.account); mend it and publish from there.")
        }
        try await publish()
        return publication.count
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
        let batch = publication.takeWaiting()
        guard !batch.isEmpty else { return }
        do throws(BusError) {
            try await bus.publishAll(batch.map(\.event))
        } catch {
            switch error.code {
            case .invalidEvent, .callbackFailed: return try await publishSingly(batch)
            case .outcomeUnknown, .refused: throw cutOff(error, publication.account(of: batch, isUncertain: true))
            default: throw cutOff(error, publication.account(of: batch, isUncertain: false))
            }
        }
        note(published: batch)
    }

    /// Finds the event that the bus does not take. Nothing of the batch was sent.
    private mutating func publishSingly(_ batch: [LinePublication<BusEvent>.Line]) async throws {
        for line in batch {
            do throws(BusError) {
                try await bus.publishAll([line.event])
            } catch {
                switch error.code {
                case .outcomeUnknown, .refused: throw cutOff(error, publication.account(of: line, after: .uncertain))
                case .invalidEvent, .callbackFailed:
                    throw cutOff(error, publication.account(of: line, after: .faulty))
                default: throw cutOff(error, publication.account(of: line, after: .unsent))
                }
            }
            note(published: [line])
        }
    }

    private mutating func note(published lines: [LinePublication<BusEvent>.Line]) {
        publication.note(published: lines)
        progress.add(lines.count)
    }

    private mutating func cutOff(_ error: BusError, _ account: String) -> Complaint {
        isCutOff = true
        let complaint = Complaint(error)
        let sentence = complaint.message.hasSuffix(".") ? complaint.message : complaint.message + "."
        return Complaint("\(sentence) \(account)", code: complaint.code)
    }
}
