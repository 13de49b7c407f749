import BusWire

/// A line of cron, as fugit 1.5.2 on et-orbi 1.4, and so resque-scheduler, reads it (contract §7).
///
/// Five fields: minutes, hours, days of the month, months, days of the week; six with the seconds before them. Each is
/// a list of `*`, numbers, names (`jan`, `mon`), ranges, which may wrap (`22-2`), and steps (`*/5`, `10-40/10`). Days
/// of the month may count from its end (`L`, `last`, `-2`), days of the week may be chosen within the month (`fri#2`,
/// `mon#-1`, `tue#L`) or by weeks (`mon%2+1`). If both kinds of day are restricted, either is enough. A time zone may
/// follow. Or one of `@yearly`, `@annually`, `@monthly`, `@weekly`, `@daily`, `@midnight`, `@noon`, `@hourly`.
package struct CronExpression: Hashable, Sendable, CustomStringConvertible {
    /// The line as it was written.
    package let text: String
    /// The time zone at the line's end, if there is one.
    package let zone: ZoneRules?
    let fields: CronFields

    package var description: String { text }

    private static let nicknames = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
        "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@noon": "0 12 * * *", "@hourly": "0 * * * *",
    ]

    /// - Parameter zones: where a zone in the line is looked up.
    /// - Throws: `ScheduleError` that says what cannot be read.
    package init(_ text: String, zones: ZoneDirectory) throws(ScheduleError) {
        self.text = text
        let line = Self.nicknames[text] ?? text
        guard !line.hasPrefix("@") else {
            throw ScheduleError(
                "'\(text.abbreviated)' is not known; write @hourly, @daily, @weekly, @monthly or @yearly.")
        }
        var words = line.split(omittingEmptySubsequences: false) { $0 == " " || $0 == "\t" }
        guard words.first != "", words.last != "" else {
            throw ScheduleError("A line of cron begins and ends without a blank.")
        }
        words.removeAll { $0 == "" }
        guard 5...7 ~= words.count else {
            throw ScheduleError("A line of cron has five fields, or six with seconds, and may end with a time zone.")
        }
        if words.count == 7 || (words.count == 6 && Self.looksLikeZone(words[5])) {
            let name = words.removeLast()
            guard !line[..<name.startIndex].hasSuffix("\t") else {
                throw ScheduleError("The time zone is set off by spaces, not by tabs.")
            }
            zone = try zones.zone(inCronLine: String(name))
        } else {
            if words.count == 6, !CronWeekdays.canRead(words[5]), let name = zones.name(like: String(words[5])) {
                throw ScheduleError("'\(words[5])' is not a time zone; write \(name).")
            }
            zone = nil
        }
        fields = try CronFields(words.count == 5 ? ["0"] + words : words)
    }

    /// An offset, or a capital at the head of something that is no list of weekdays.
    private static func looksLikeZone(_ word: Substring) -> Bool {
        guard let first = word.utf8.first else { return false }
        switch first {
        case UInt8(ascii: "+"), UInt8(ascii: "-"): return true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): return !CronWeekdays.canRead(word)
        default: return false
        }
    }
}
