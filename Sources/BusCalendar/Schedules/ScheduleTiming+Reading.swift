import BusWire

extension ScheduleTiming {
    /// Reads the members `cron` and `every`, of which `cron` wins, as it does in Ruby (contract §7).
    ///
    /// - Returns: the timing, and whether firings that were missed are to be made up for (`discard_past: false`).
    static func read(
        _ definition: JSONValue, zones: ZoneDirectory, warnings: inout [ScheduleWarning]
    ) throws(ScheduleError) -> (timing: ScheduleTiming, keepsPast: Bool) {
        if let cron = try value(of: "cron", in: definition) {
            if definition["every"] != nil {
                warnings.append(ScheduleWarning("every is ignored where there is a cron", at: ["every"]))
            }
            let line = try CronExpression(cron.text, zones: zones)
            let options = try RepeatOptions(cron.options, of: "cron", zones: zones, warnings: &warnings)
            return (
                ScheduleTiming(.cron(line), first: options.first, last: options.last, times: options.times), false
            )
        }
        guard let every = try value(of: "every", in: definition) else {
            throw ScheduleError("It says no time; write cron: \"0 3 * * *\" or every: 1h.")
        }
        let interval = try ScheduleInterval(every.text)
        guard interval.isAccepted else {
            throw ScheduleError("'\(every.text.abbreviated)' is too short for every; the least is 0.3s.")
        }
        let rhythm = Rhythm.every(try interval.milliseconds(every.text))
        let options = try RepeatOptions(every.options, of: "every", zones: zones, warnings: &warnings)
        return (
            ScheduleTiming(rhythm, first: options.first, last: options.last, times: options.times), options.keepsPast
        )
    }

    /// A text, or a list of it and of rufus-scheduler's options. Of any other list the first element counts, without
    /// options, and an empty one is as good as none, as in Ruby.
    private static func value(
        of key: String, in definition: JSONValue
    ) throws(ScheduleError) -> (text: String, options: [JSONMember])? {
        switch definition[key] {
        case nil, .null, .string(""), .array([]), .object([]): return nil
        case .string(let text), .number(let text): return (try short(text, key), [])
        case .array(let elements):
            guard case .string(let text) = elements[0].numberAsText else { break }
            return (try short(text, key), elements.count == 2 ? elements[1].members ?? [] : [])
        default: break
        }
        throw ScheduleError("'\(key)' is a text, or a list of a text and options: [\"30s\", {\"first_in\": \"2m\"}].")
    }

    private static func short(_ text: String, _ key: String) throws(ScheduleError) -> String {
        guard text.utf8.count <= RepeatOptions.longestText else {
            throw ScheduleError("'\(key)' is longer than \(RepeatOptions.longestText) bytes, which no time needs.")
        }
        return text
    }
}

extension JSONValue {
    fileprivate var numberAsText: JSONValue {
        if case .number(let text) = self { .string(text) } else { self }
    }
}
