import BusWire
import Foundation

/// The time zone database of the system, each zone read once.
///
/// Not for several tasks at once; an actor keeps its own. A new directory sees what an update of tzdata has brought.
package final class ZoneDirectory {
    private let path: String
    private var known: [String: ZoneRules] = [:]
    /// Of everything in the folder.
    private lazy var names: Set<String> = {
        let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String }
        return Set(all ?? [])
    }()

    /// - Parameter path: the folder of the compiled zones. Default: `TZDIR`, as for the C library, else
    ///   `/usr/share/zoneinfo`.
    package init(path: String? = nil) {
        self.path =
            path ?? ProcessInfo.processInfo.environment["TZDIR"].flatMap { $0.isEmpty ? nil : $0 }
            ?? "/usr/share/zoneinfo"
    }

    /// A zone by its name in the database, `Europe/Paris`, or by its offset from UTC, `+05:45`. Nothing outside of the
    /// database is read, and for UTC nothing at all.
    ///
    /// - Throws: `ScheduleError` if there is no such zone, or it cannot be read.
    package func zone(named name: String) throws(ScheduleError) -> ZoneRules {
        if let rules = known[name] { return rules }
        guard !Self.isOffset(name) else { return try Self.offsetZone(name) }
        guard let rules = try databaseZone(name) else { throw unknown(name) }
        known[name] = rules
        return rules
    }

    /// The zone at the end of a line of cron, as et-orbi finds it: an offset below twelve hours (`+05:45`, `-0330`), or
    /// the longest name of the database with which `text` begins.
    func zone(inCronLine text: String) throws(ScheduleError) -> ZoneRules {
        guard !Self.isOffset(text) else { return try Self.offsetZone(inCronLine: text) }
        guard Self.isCronName(text) else { throw unknown(text) }
        var name = String(text.prefix(Self.longestName))
        while !name.isEmpty {
            if Self.hoursFromUTC(name) != nil { throw unknown(name) }
            if Self.namesOfUTC.contains(name) || names.contains(name), let zone = try? zone(named: name) { return zone }
            name.removeLast()
        }
        throw unknown(text)
    }

    /// More letters than any name has.
    private static let longestName = 64

    /// Also where there is no database.
    private static let namesOfUTC: Set = [
        "UTC", "UCT", "GMT", "Zulu", "Universal", "Greenwich", "Etc/UTC", "Etc/UCT", "Etc/GMT", "Etc/Zulu",
        "Etc/Universal", "Etc/Greenwich",
    ]

    private func databaseZone(_ name: String) throws(ScheduleError) -> ZoneRules? {
        if name == "Z" || Self.namesOfUTC.contains(name) { return ZoneRules(name: name, fixedOffset: 0) }
        guard Self.isName(name), let bytes = try? ZoneFile.read("\(path)/\(name)") else { return nil }
        return try ZoneFile.rules(name: name, bytes: bytes)
    }

    // MARK: Offsets

    private static func isOffset(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "+") || text.utf8.first == UInt8(ascii: "-")
    }

    private static func offsetZone(_ text: String) throws(ScheduleError) -> ZoneRules {
        guard let offset = UTCOffset(text) else {
            throw ScheduleError(
                "'\(text.abbreviated)' is not an offset; write hours and minutes up to 14:00, such as +05:45 or -03:30."
            )
        }
        return ZoneRules(name: text, fixedOffset: offset.seconds)
    }

    /// `+HH:MM` or `+HHMM`, in quarters of an hour. The minutes of `-00:30` count forward, as et-orbi has it.
    private static func offsetZone(inCronLine text: String) throws(ScheduleError) -> ZoneRules {
        let digits = text.utf8.count { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard digits == 4, let offset = UTCOffset(text), offset.hours < 12, offset.minutes.isMultiple(of: 15) else {
            throw ScheduleError(
                "'\(text.abbreviated)' is not an offset for a line of cron; write quarters of an hour up to 11:45 with "
                    + "four digits, such as +05:45, or the name of a time zone.")
        }
        return ZoneRules(name: text, fixedOffset: offset.hours == 0 ? abs(offset.seconds) : offset.seconds)
    }

    /// The hours of `UTC+3`, which et-orbi takes for a name and then does not find.
    private static func hoursFromUTC(_ name: String) -> Int? {
        guard name.hasPrefix("UTC+") || name.hasPrefix("UTC-"), let hours = Int(name.dropFirst(3)),
            -12...12 ~= hours
        else { return nil }
        return hours
    }

    // MARK: Names

    private static func isName(_ name: String) -> Bool {
        name.utf8.allSatisfy { $0.isZoneLetter || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "_") }
            && !name.hasPrefix("/")
    }

    /// One to three parts, each a capital and more; an underscore is not in the first.
    private static func isCronName(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count <= 3
            && parts.enumerated().allSatisfy { index, part in
                guard let first = part.utf8.first, UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first else { return false }
                return part.utf8.count > 1
                    && part.utf8.allSatisfy { $0.isZoneLetter || (index > 0 && $0 == UInt8(ascii: "_")) }
            }
    }

    /// The zone of the database that somebody may have meant who minds neither capitals nor underscores.
    func name(like text: String) -> String? {
        let spelling = text.replacing(" ", with: "_").lowercased()
        return names.first { $0.lowercased() == spelling && (try? databaseZone($0)) != nil }
    }

    private func unknown(_ name: String) -> ScheduleError {
        let shown = "'\(name.abbreviated)'"
        if let hours = Self.hoursFromUTC(name), abs(hours) < 12 {
            let digits = abs(hours) < 10 ? "0\(abs(hours))" : "\(abs(hours))"
            return ScheduleError(
                "\(shown) is not a time zone; write the offset alone: \(hours < 0 ? "-" : "+")\(digits):00.")
        }
        guard !names.isEmpty else {
            return ScheduleError(
                "\(shown) is not known, for there is no time zone database in \(path); install the package tzdata, or "
                    + "write UTC or an offset such as +05:45.")
        }
        let similar = self.name(like: name)
        return ScheduleError(
            "\(shown) is not a time zone; write \(similar ?? "a name such as Europe/Paris or an offset such as +05:45")."
        )
    }
}

extension UInt8 {
    fileprivate var isZoneLetter: Bool {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
