import ArgumentParser
import BusCalendar
import BusWire
import CommandInterface
import Foundation

/// `busdriver cron`
struct Cron: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says when lines of cron fire, and how long intervals are. Needs no Redis.",
        discussion: """
            Each line of standard input is {"cron":"…","from":epoch,"tz":"…"}, answered by the five times after that one, or
            {"every":"…"}, answered by its seconds and whether a schedule may have it. Without from it is now; tz is a name or
            an offset, without it the zone of this process. What cannot be read is answered by an error; there is one line
            for each.

            Example:
              echo '{"cron":"30 2 * * mon-fri","tz":"Europe/Paris"}' | busdriver cron
              echo '{"every":"1h30m"}' | busdriver cron
            """)

    private static let answers = 5

    func run() async throws {
        try await Complaint.onFailure {
            let zones = ZoneDirectory()
            let local = zones.local(environment: ProcessInfo.processInfo.environment)
            if let warning = local.warning { StandardError.write("warning: \(TextTable.oneLine(warning))\n") }
            let input = Input.standard
            try await input.forEachLine { line, number in
                do {
                    StandardOutput.write(try Self.answer(try input.json(line, number: number), zones, local.rules))
                } catch let error as Complaint {
                    StandardOutput.write(["error": .string(error.message)])
                } catch let error as ScheduleError {
                    StandardOutput.write(["error": .string(error.description)])
                }
            }
        }
    }

    private static func answer(
        _ question: JSONValue, _ zones: ZoneDirectory, _ local: ZoneRules
    ) throws -> JSONValue {
        if let text = question["cron"]?.string { return try times(text, question, zones, local) }
        guard let text = question["every"]?.string else {
            throw Complaint("Write {\"cron\":\"…\",\"from\":epoch,\"tz\":\"…\"} or {\"every\":\"…\"}.")
        }
        let interval = try ScheduleInterval(text)
        let seconds = Int(exactly: interval.seconds).map { JSONValue.integer($0) } ?? .float(interval.seconds)
        return ["seconds": seconds, "accepted": .bool(interval.isAccepted)]
    }

    private static func times(
        _ text: String, _ question: JSONValue, _ zones: ZoneDirectory, _ local: ZoneRules
    ) throws -> JSONValue {
        let line = try CronExpression(text, zones: zones)
        let home =
            switch question["tz"] {
            case .string(let name): try zones.zone(named: name)
            case nil: local
            default: throw Complaint("tz is the name of a time zone or an offset: \"tz\":\"Europe/Paris\".")
            }
        var time = try question["from"].map(epoch) ?? Int(Date().timeIntervalSince1970)
        var times: [JSONValue] = []
        while times.count < answers, let next = line.next(after: time, zone: home) {
            times.append(.integer(next))
            time = next
        }
        guard !times.isEmpty else { throw Complaint("'\(text)' does not fire within a hundred years.") }
        return ["next": .array(times)]
    }

    private static func epoch(_ value: JSONValue) throws -> Int {
        guard case .number(let text) = value, let epoch = Int(text) else {
            throw Complaint("from is in whole seconds since 1970: \"from\":1767225600.")
        }
        return epoch
    }
}
