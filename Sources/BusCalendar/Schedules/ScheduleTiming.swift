import BusWire

/// When a schedule fires.
package struct ScheduleTiming: Hashable, Sendable {
    /// What repeats.
    package enum Rhythm: Hashable, Sendable {
        case cron(CronExpression)
        /// So many milliseconds apart.
        case every(Int)
    }

    package let rhythm: Rhythm
    /// The first firing, whether or not a line of cron has it; from then on firings follow the rhythm. Nil if a line of
    /// cron alone decides; an interval always has one.
    package let first: ScheduleMoment?
    /// There are no firings from then on.
    package let last: ScheduleMoment?
    /// How often the schedule fires, 0 times or more; nil for no limit.
    package let times: Int?

    /// - Parameter first: by default an interval begins when it has passed once.
    init(
        _ rhythm: Rhythm, first: ScheduleMoment? = nil, last: ScheduleMoment? = nil, times: Int? = nil
    ) {
        self.rhythm = rhythm
        if case .every(let interval) = rhythm {
            self.first = first ?? .after(interval)
        } else {
            self.first = first
        }
        self.last = last
        self.times = times
    }

    /// A line of cron and nothing else.
    package static func cron(_ line: CronExpression) -> ScheduleTiming { ScheduleTiming(.cron(line)) }

    /// The first firing is `firstIn` milliseconds after the schedule was first seen, the others follow `interval`
    /// milliseconds apart.
    package static func every(interval: Int, firstIn: Int) -> ScheduleTiming {
        ScheduleTiming(.every(interval), first: .after(firstIn))
    }

    /// Names the timing in Redis, without blanks: a schedule whose timing has changed begins anew.
    package var fingerprint: String {
        var text =
            switch rhythm {
            case .cron(let line):
                "cron:" + line.text.split { $0 == " " || $0 == "\t" }.joined(separator: "_")
                    + (first.map { ";first=\($0.fingerprint)" } ?? "")
            case .every(let interval): "every:\(interval):\(first?.fingerprint ?? "")"
            }
        if let last { text += ";last=\(last.fingerprint)" }
        if let times { text += ";times=\(times)" }
        return text
    }
}
