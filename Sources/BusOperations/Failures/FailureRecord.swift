import BusProtocol
package import BusWire

/// An entry of a list of failures as it was read (contract §6): ours, or one that a Ruby worker wrote.
package struct FailureRecord: Sendable {
    /// The list's name without the namespace: `failed`, or `<queue>_failed` of RedisMultiQueue.
    package let list: String
    /// Its place in the list when it was read. Places shift when others remove entries.
    package let index: Int
    /// The entry byte for byte: the only thing that names it safely.
    package let bytes: [UInt8]
    /// Made from list and bytes.
    let digest: String
    /// 1 for the first of equal entries in the list.
    var occurrence = 1
    /// The entry's JSON; nil when it is none.
    package let json: JSONValue?

    package init(list: String = BusKeys.failedName, index: Int, bytes: [UInt8]) {
        self.list = list
        self.index = index
        self.bytes = bytes
        digest = Self.digest(of: bytes, in: list)
        json = try? JSONValue.parse(bytes)
    }

    /// A name that stays while the entry stays as it is. Of equal entries the second has `-2` behind it, and so on.
    package var id: String { digest + suffix }
    /// The beginning of the name, long enough for most purposes.
    package var shortID: String { digest.prefix(8) + suffix }
    private var suffix: String { occurrence > 1 ? "-\(occurrence)" : "" }

    /// Whether the entry has this ID, or one that begins so.
    package func isMeant(by id: String) -> Bool {
        let parts = id.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        return digest.hasPrefix(parts[0]) && occurrence == (parts.count == 2 ? Int(parts[1]) : 1)
    }

    /// When it failed, in words.
    package var failedAt: String { text("failed_at") }
    /// The Ruby class of the exception.
    package var exception: String { text("exception") }
    /// What went wrong.
    package var error: String { text("error") }
    /// Who failed.
    package var worker: String { text("worker") }
    /// Where the job came from, and where a retry goes.
    package var queue: String { text("queue") }
    /// When it was last retried, in words; nil if never.
    package var retriedAt: String? { json?["retried_at"]?.string }
    /// The class of the job.
    package var className: String { json?["payload"]?["class"]?.string ?? "" }

    /// The event was too large to be loaded: a list that the error names holds it, and the entry does not
    /// (protocol §2.5).
    package var isSetAside: Bool { exception == "BusDriver::Oversized" }

    /// The list that holds what was too large; nil when there is none, or it is not one of this namespace.
    func listAside(in bus: BusKeys) -> String? {
        guard isSetAside, let name = error.firstRange(of: bus.oversizedPrefix) else { return nil }
        return String(error[name.lowerBound...])
    }

    /// The bytes that a retry pushes; nil when the entry does not hold a job.
    package var job: [UInt8]? { isSetAside ? nil : json.flatMap(FailureEntry.element) }

    /// The entry as resque-web writes it after a retry, on the clock that contract §6 shows.
    func retried(at epochSeconds: Int) -> [UInt8]? {
        guard let json, json.members != nil else { return nil }
        return try? json.setting("retried_at", to: .string(Self.clock(epochSeconds))).encoded()
    }

    private func text(_ name: String) -> String { RubyText.text(of: json?[name] ?? .null) }

    private static func clock(_ epochSeconds: Int) -> String {
        let time = CivilTime(epoch: epochSeconds)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return
            "\(time.year)/\(two(time.month))/\(two(time.day)) \(two(time.hour)):\(two(time.minute)):\(two(time.second)) UTC"
    }

    /// FNV-1a, 64 bits: a name needs no secrecy, for whatever is done to an entry compares its bytes.
    private static func digest(of bytes: [UInt8], in list: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        if list != BusKeys.failedName { list.utf8.forEach(add) }
        bytes.forEach(add)
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
