import Foundation
import RedisTestSupport

/// An entry of `failed` for a copy of which nobody knows whether it was wanted.
struct UnjudgedEntry {
    /// Application and key, with a slash between them.
    let subscription: String
    /// Which driver has made it.
    let worker: String
    /// When it was made, to the minute.
    let minute: String
    let message: String

    /// It is one of the strikes that lead to a quarantine.
    var isStrike: Bool { message.contains("exceeded its limit for one search") }
    /// Its pattern was in quarantine.
    var isOfQuarantine: Bool { message.contains("is in quarantine") }
    /// How many copies before it have become no entries.
    var countedBefore: Int {
        message.firstMatch(of: /(\d+) copies before this one were only counted/).flatMap { Int($0.output.1) } ?? 0
    }

    /// - Parameter entry: as it stands in the list.
    /// - Throws: `TestSupportError` for an entry of another kind.
    init(_ entry: String) throws {
        guard let members = try JSONSerialization.jsonObject(with: Data(entry.utf8)) as? [String: Any],
            members["exception"] as? String == "BusDriver::UndecidedMatch",
            let message = members["error"] as? String, let worker = members["worker"] as? String,
            let time = members["failed_at"] as? String,
            let subscription = message.firstMatch(of: /whether this event matches (\S+) is unknown/)?.output.1
        else { throw TestSupportError("an entry of another kind: \(entry.prefix(200)) … \(entry.suffix(400))") }
        self.subscription = String(subscription)
        (self.worker, self.message) = (worker, message)
        // 2026/11/30 08:11:35 UTC
        minute = String(time.prefix(16))
    }

    /// All of the list, in small portions, for an entry holds the event.
    static func all(on redis: RawRedis) throws -> [UnjudgedEntry] {
        var entries: [UnjudgedEntry] = []
        while true {
            let from = entries.count
            let portion = try redis.call("LRANGE", "resque:failed", "\(from)", "\(from + 9)").strings
            if portion.isEmpty { return entries }
            entries += try portion.map(UnjudgedEntry.init)
        }
    }
}
