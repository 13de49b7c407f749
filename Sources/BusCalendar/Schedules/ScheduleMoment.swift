import BusWire

/// The first or the last time of a schedule, as its entry has it.
package enum ScheduleMoment: Hashable, Sendable {
    /// So many milliseconds after the schedule was first seen.
    case after(Int)
    /// Seconds since 1970.
    case at(Int)
    /// What a clock on the wall shows then: seconds since 1970, as though it were UTC.
    case local(Int)

    /// When that is, in milliseconds since 1970. Of a local time that is skipped or repeated it is the
    /// first instant.
    ///
    /// - Parameters:
    ///   - now: when the schedule was first seen.
    ///   - zone: of the clock on the wall.
    func resolved(seenAt now: Int, in zone: ZoneRules) -> Int {
        switch self {
        case .after(let milliseconds): now + milliseconds
        case .at(let epoch): epoch * 1000
        case .local(let local): zone.firstInstant(ofLocal: local) * 1000
        }
    }

    /// Names the moment in Redis, without blanks.
    var fingerprint: String {
        switch self {
        case .after(let milliseconds): "\(milliseconds)"
        case .at(let epoch): "@\(CivilTime(epoch: epoch).isoText)"
        case .local(let local): "@\(CivilTime(epoch: local).isoText.dropLast())"
        }
    }
}

extension ScheduleMoment {
    /// Seconds since 1970 that can be noted, two days to spare for any zone.
    private static let years = 172_800...253_402_300_799 - 172_800

    /// Reads a date, or a date and a time, and perhaps a zone: `2026-11-30 04:31 Europe/Paris`, `2026-11-30T04:31:00Z`.
    /// Ruby takes many more ways to write it.
    ///
    /// - Throws: `ScheduleError` for a date or a zone that does not exist; nil for what is no such text.
    static func date(_ text: String, zones: ZoneDirectory) throws(ScheduleError) -> ScheduleMoment? {
        let form =
            #/(\d{4})[-/](\d\d?)[-/](\d\d?)(?:(?:[Tt]| +)(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(?: *(\S+))?/#
        guard let match = text.wholeMatch(of: form)?.output else { return nil }
        func number(_ digits: Substring?) -> Int { digits.flatMap { Int($0) } ?? 0 }
        let local = ISOTime.epoch(
            date: [match.1, match.2, match.3].map(number), time: [match.4, match.5, match.6].map(number))
        guard let local else { throw ScheduleError("'\(text.abbreviated)' is not a date and time that exists.") }
        let moment: ScheduleMoment =
            if let zone = match.7 { .at(try epoch(local, in: String(zone), zones: zones)) } else { .local(local) }
        guard years.contains(local) else {
            throw ScheduleError("'\(text.abbreviated)' is out of range; write a time after 1970.")
        }
        return moment
    }

    private static func epoch(
        _ local: Int, in zone: String, zones: ZoneDirectory
    ) throws(ScheduleError) -> Int {
        if zone == "Z" || zone == "z" { return local }
        if let match = zone.wholeMatch(of: #/([+-])(\d\d):?(\d\d)?/#)?.output {
            let seconds = (Int(match.2) ?? 0) * 3600 + (match.3.flatMap { Int($0) } ?? 0) * 60
            return match.1 == "-" ? local + seconds : local - seconds
        }
        return ScheduleMoment.local(local).resolved(seenAt: 0, in: try zones.zone(named: zone)) / 1000
    }
}
