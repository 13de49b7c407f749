import BusWire

/// What may stand beside an interval or a line of cron: the options of rufus-scheduler 3.8, whose names and precedence
/// these are.
struct RepeatOptions {
    private(set) var first: ScheduleMoment?
    private(set) var last: ScheduleMoment?
    private(set) var times: Int?
    /// `discard_past: false`
    private(set) var keepsPast = false

    /// Bytes.
    static let longestText = 1000

    /// Of several the first counts.
    private static let firsts = ["first", "first_time", "first_at", "first_in"]
    private static let lasts = ["last", "last_at", "last_in"]
    /// What a job that is only pushed does not notice.
    private static let withoutEffect = [
        "overlap", "allow_overlap", "allow_overlapping", "blocking", "timeout", "mutex", "name", "n", "tag", "tags",
        "locals", "l", "job",
    ]
    private static let names = firsts + lasts + ["times", "discard_past"] + withoutEffect

    /// - Parameters:
    ///   - options: as they are written.
    ///   - key: the member that they belong to.
    ///   - zones: where the zone of a date is looked up.
    ///   - warnings: receives what is ignored.
    /// - Throws: `ScheduleError` for what ends Ruby's scheduler, or would leave open when the schedule fires.
    init(
        _ options: [JSONMember], of key: String, zones: ZoneDirectory, warnings: inout [ScheduleWarning]
    ) throws(ScheduleError) {
        func given(_ names: [String]) -> (name: String, value: JSONValue)? {
            for name in names {
                let value = options.first { $0.key.isExactly(name) }?.value ?? .null
                if value != .null && value != .bool(false) { return (name, value) }
            }
            return nil
        }
        for option in options where !Self.names.contains(where: option.key.isExactly) {
            warnings.appendUnknown(option.key, "option", of: key, among: Self.names)
        }
        if let (name, value) = given(Self.firsts) { first = try Self.moment(value, name, zones) }
        if let (name, value) = given(Self.lasts) {
            last = try Self.moment(value, name, zones)
            guard last != .after(0) else { throw ScheduleError("'\(name)' leaves no time; write a longer one.") }
        }
        if let (name, value) = given(["timeout"]) { _ = try Self.moment(value, name, zones) }
        times = try Self.times(options.first { $0.key.isExactly("times") }?.value)
        guard let pastIsKept = options.first(where: { $0.key.isExactly("discard_past") })?.value else { return }
        if key == "cron" {
            warnings.append(
                ScheduleWarning(
                    "the option discard_past means nothing for cron, as in Ruby", at: [key, "discard_past"]))
        } else {
            keepsPast = pastIsKept == .bool(false)
        }
    }

    private static func times(_ value: JSONValue?) throws(ScheduleError) -> Int? {
        guard let value, value != .null else { return nil }
        guard case .number(let text) = value, let number = Int(text) else {
            throw ScheduleError("'times' must be a whole number.")
        }
        return max(0, number)
    }

    /// A duration, or a date.
    private static func moment(
        _ value: JSONValue, _ name: String, _ zones: ZoneDirectory
    ) throws(ScheduleError) -> ScheduleMoment {
        let text: String
        switch value {
        case .string(let written), .number(let written): text = written
        default: throw ScheduleError("'\(name)' must be a text, such as 5m or 2026-11-30 04:31.")
        }
        guard text.utf8.count <= longestText else {
            throw ScheduleError("'\(name)' is longer than \(longestText) bytes, which no time needs.")
        }
        if text == "now" { return .after(0) }
        if let interval = try? ScheduleInterval(text) { return .after(try interval.milliseconds(text)) }
        guard let date = try ScheduleMoment.date(text, zones: zones) else {
            throw ScheduleError(
                "'\(text.abbreviated)' is no time for \(name); write a duration (5m) or a date (2026-11-30 04:31).")
        }
        return date
    }
}
