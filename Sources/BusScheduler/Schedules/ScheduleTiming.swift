import BusWire

/// When the slots of a schedule are.
public enum ScheduleTiming: Hashable, Sendable {
    case cron(CronExpression)
    /// The first slot is `firstIn` milliseconds after the schedule was first seen, the others follow `interval`
    /// milliseconds apart.
    case every(interval: Int, firstIn: Int)

    /// Names the timing in Redis, without blanks: a schedule whose timing has changed begins anew.
    public var fingerprint: String {
        switch self {
        case .cron(let line): "cron:" + line.text.split { $0 == " " || $0 == "\t" }.joined(separator: "_")
        case .every(let interval, let firstIn): "every:\(interval):\(firstIn)"
        }
    }
}

extension ScheduleTiming {
    /// Of two members that may be there, `cron` wins, as it does in Ruby (contract §7).
    init(
        definition: JSONValue, zones: ZoneDirectory, warnings: inout [String]
    ) throws(ScheduleError) {
        if let cron = try Self.value(of: "cron", in: definition) {
            if definition["every"] != nil { warnings.append("every is ignored where there is a cron") }
            warnings += cron.options.map { "the option \($0.key.abbreviated) of cron is ignored" }
            self = .cron(try CronExpression(cron.text, zones: zones))
            return
        }
        guard let every = try Self.value(of: "every", in: definition) else {
            throw ScheduleError("It says no time; write cron: \"0 3 * * *\" or every: 1h.")
        }
        let interval = try ScheduleInterval(every.text)
        guard interval.isAccepted else {
            throw ScheduleError("'\(every.text.abbreviated)' is too short for every; the least is 0.3s.")
        }
        var firstIn = try Self.milliseconds(interval, every.text)
        for option in every.options {
            guard option.key == "first_in" else {
                warnings.append("the option \(option.key.abbreviated) of every is ignored")
                continue
            }
            let text = try Self.short(RubyText.text(of: option.value), "first_in")
            firstIn = try text == "now" ? 0 : Self.milliseconds(ScheduleInterval(text), text)
        }
        self = .every(interval: try Self.milliseconds(interval, every.text), firstIn: firstIn)
    }

    /// A text, or a list of it and of rufus-scheduler's options. Of any other list the first element counts, without
    /// options, and an empty one is as good as none, as in Ruby.
    private static func value(
        of key: String, in definition: JSONValue
    ) throws(ScheduleError) -> (text: String, options: [JSONMember])? {
        switch definition[key] {
        case nil, .null, .string(""), .array([]), .object([]): return nil
        case .string(let text): return (try short(text, key), [])
        case .number(let text): return (try short(text, key), [])
        case .array(let elements):
            guard case .string(let text) = elements[0] else { break }
            return (try short(text, key), elements.count == 2 ? elements[1].members ?? [] : [])
        default: break
        }
        throw ScheduleError("'\(key)' is a text, or a list of a text and options: [\"30s\", {\"first_in\": \"2m\"}].")
    }

    private static func short(_ text: String, _ key: String) throws(ScheduleError) -> String {
        guard text.utf8.count <= longestText else {
            throw ScheduleError("'\(key)' is longer than \(longestText) bytes, which no time needs.")
        }
        return text
    }

    private static func milliseconds(_ interval: ScheduleInterval, _ text: String) throws(ScheduleError) -> Int {
        guard 0...Double(Self.longest) ~= interval.seconds else {
            throw ScheduleError("'\(text.abbreviated)' is out of range; write a time between 0s and 100y.")
        }
        return Int((interval.seconds * 1000).rounded())
    }

    /// Bytes.
    private static let longestText = 1000

    /// Seconds; a hundred years as fugit counts them.
    private static let longest = 100 * 365 * 86400
}
