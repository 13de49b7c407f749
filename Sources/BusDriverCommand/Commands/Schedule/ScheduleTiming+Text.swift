import BusCalendar
import BusScheduler
import BusWire
import CommandInterface

extension ScheduleTiming {
    /// `cron 0 3 * * *`, `every 1h`, `every 1h, first in 5m, until 2026-12-24T18:00:00, 3 times`
    var text: String {
        var parts: [String] = []
        switch rhythm {
        case .cron(let line): parts.append("cron \(line.text)")
        case .every(let interval): parts.append("every \(DurationText.text(.milliseconds(interval)))")
        }
        if let first, first != ordinaryFirst { parts.append("first \(first.text)") }
        switch last {
        case .after(let time): parts.append("for \(DurationText.text(.milliseconds(time)))")
        case .at, .local: parts.append("until \(last?.time ?? "")")
        case nil: break
        }
        if let times { parts.append(times == 1 ? "once" : "\(times) times") }
        return parts.joined(separator: ", ")
    }

    /// The members that tell it in JSON; of the two that do not apply one is null.
    var members: [JSONMember] {
        var members: [JSONMember]
        switch rhythm {
        case .cron(let line): members = [JSONMember("cron", .string(line.text)), JSONMember("every", nil)]
        case .every(let interval): members = [JSONMember("cron", nil), JSONMember("every", .seconds(interval))]
        }
        if let first { members.append(first.member("first")) }
        if let last { members.append(last.member("last")) }
        if let times { members.append(JSONMember("times", .integer(times))) }
        return members
    }

    /// When an interval begins of which nothing else is said.
    private var ordinaryFirst: ScheduleMoment? {
        if case .every(let interval) = rhythm { .after(interval) } else { nil }
    }
}

extension ScheduleMoment {
    /// `in 5m`, `at 2026-12-24T18:00:00`
    fileprivate var text: String {
        if case .after(let time) = self { "in \(DurationText.text(.milliseconds(time)))" } else { "at \(time)" }
    }

    /// ISO 8601; without a zone, where none was named.
    fileprivate var time: String {
        switch self {
        case .after: ""
        case .at(let epoch): TimeText.text(epoch)
        case .local(let epoch): String(TimeText.text(epoch).dropLast())
        }
    }

    /// - Parameter name: what the member's name begins with.
    fileprivate func member(_ name: String) -> JSONMember {
        if case .after(let time) = self {
            JSONMember("\(name)_in", .seconds(time))
        } else {
            JSONMember("\(name)_at", .string(time))
        }
    }
}
