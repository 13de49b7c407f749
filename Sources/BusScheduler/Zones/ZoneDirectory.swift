import BusWire
import Foundation

/// The time zone database of the system, each zone read once.
///
/// Not for several tasks at once; an actor keeps its own. A new directory sees what an update of tzdata has brought.
public final class ZoneDirectory {
    private let path: String
    private var known: [String: ZoneRules] = [:]
    /// Of everything in the folder.
    private lazy var names: Set<String> = {
        let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String }
        return Set(all ?? [])
    }()

    /// - Parameter path: the folder of the compiled zones.
    public init(path: String = "/usr/share/zoneinfo") {
        self.path = path
    }

    /// A zone by its name in the database: `Europe/Paris`, `UTC`, `EST5EDT`.
    ///
    /// - Throws: `ScheduleError` if there is no such zone, or it cannot be read.
    public func zone(named name: String) throws(ScheduleError) -> ZoneRules {
        if let rules = known[name] { return rules }
        guard Self.isName(name), let bytes = FileManager.default.contents(atPath: "\(path)/\(name)") else {
            throw unknown(name)
        }
        let rules = try ZoneFile.rules(name: name, bytes: Array(bytes))
        known[name] = rules
        return rules
    }

    /// The zone of this process: the variable `TZ`, else what the system is set to, else UTC.
    ///
    /// - Parameter environment: of the process.
    /// - Throws: `ScheduleError` if that zone is not in the database.
    public func local(environment: [String: String]) throws(ScheduleError) -> ZoneRules {
        if let name = environment["TZ"], !name.isEmpty {
            return try zone(named: name.hasPrefix(":") ? String(name.dropFirst()) : name)
        }
        if let bytes = FileManager.default.contents(atPath: "/etc/timezone") {
            let name = String(decoding: bytes, as: UTF8.self)
            return try zone(named: name.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        guard let bytes = FileManager.default.contents(atPath: "/etc/localtime") else { return .utc }
        return try ZoneFile.rules(name: "/etc/localtime", bytes: Array(bytes))
    }

    /// The zone at the end of a line of cron, as et-orbi 1.2.2 finds it: an offset below twelve hours (`+05:45`,
    /// `-0330`), or the longest name of the database with which `text` begins.
    func zone(inCronLine text: String) throws(ScheduleError) -> ZoneRules {
        guard text.utf8.first != UInt8(ascii: "+"), text.utf8.first != UInt8(ascii: "-") else {
            return try Self.fixedZone(text)
        }
        guard Self.isCronName(text) else { throw unknown(text) }
        var name = String(text.prefix(Self.longestName))
        while !name.isEmpty {
            if Self.isOffsetFromUTC(name) {
                throw ScheduleError(
                    "'\(text.abbreviated)' is not a time zone; write the offset alone: \(name.dropFirst(3)):00.")
            }
            if names.contains(name), let zone = try? zone(named: name) { return zone }
            name.removeLast()
        }
        throw unknown(text)
    }

    /// More letters than any name has.
    private static let longestName = 64

    private func unknown(_ name: String) -> ScheduleError {
        guard FileManager.default.fileExists(atPath: path) else {
            return ScheduleError("There is no time zone database in \(path); install tzdata.")
        }
        return ScheduleError(
            "'\(name.abbreviated)' is not a time zone; write a name such as Europe/Paris or an offset such as +05:45.")
    }

    /// `+HH:MM` or `+HHMM`, in quarters of an hour. The minutes of `-00:30` count forward, as et-orbi has it.
    private static func fixedZone(_ text: String) throws(ScheduleError) -> ZoneRules {
        let digits = text.dropFirst().filter { $0 != ":" }
        let colons = text.utf8.count - 1 - digits.utf8.count
        guard digits.utf8.count == 4, digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            colons == 0 || (colons == 1 && text.dropFirst(3).hasPrefix(":")), let hours = Int(digits.prefix(2)),
            let minutes = Int(digits.suffix(2)), hours < 12, minutes % 15 == 0, minutes < 60
        else {
            throw ScheduleError(
                "'\(text.abbreviated)' is not an offset; write quarters of an hour up to 11:45, or the name of a time zone."
            )
        }
        let sign = text.hasPrefix("-") && hours > 0 ? -1 : 1
        return ZoneRules(name: text, fixedOffset: sign * (hours * 60 + minutes) * 60)
    }

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

    /// `UTC+3`, which et-orbi takes for a name and then does not find.
    private static func isOffsetFromUTC(_ name: String) -> Bool {
        guard name.hasPrefix("UTC+") || name.hasPrefix("UTC-"), let hours = Int(name.dropFirst(4)) else { return false }
        return hours <= 12
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
