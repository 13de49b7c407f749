import BusCalendar
import BusOperations
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
}
