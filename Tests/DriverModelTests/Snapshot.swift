import BusWire
import Glibc
import RedisTestSupport

/// Where every event is at one moment. Nothing reaches Redis while it is taken, because the test delivers everything.
struct Snapshot {
    private(set) var incoming: [Int] = []
    private(set) var inFlight: [Int] = []
    /// Each destination that is a list.
    private(set) var lists: [String: [Int]] = [:]
    /// Events of batches that wait for the janitor.
    private(set) var kept: [Int] = []
    /// Events that went to `failed` as a whole.
    private(set) var failed: [Int] = []
    /// Copies that went to `failed`, by the queue that they were for.
    private(set) var failedCopies: [String: [Int]] = [:]

    init(_ redis: RawRedis, _ keys: BusKeys) throws {
        incoming = try Self.numbers(redis, keys.queue("bus_incoming"))
        for key in try redis.call("KEYS", keys.inFlightPattern).strings { inFlight += try Self.numbers(redis, key) }
        for key in try redis.call("HKEYS", keys.keptBatches).strings { kept += try Self.numbers(redis, key) }
        for destination in EventBook.destinations {
            let key = keys.queue(destination)
            if try redis.call("TYPE", key).string == "list" { lists[destination] = try Self.numbers(redis, key) }
        }
        for entry in try Self.failures(redis, keys) {
            let number = Self.number(in: Array(entry.utf8))
            if let queue = EventBook.destinations.first(where: { entry.contains(#""queue":"\#($0)""#) }) {
                failedCopies[queue, default: []].append(number)
            } else {
                failed.append(number)
            }
        }
    }

    /// Where the model keeps the list `failed` while another value stands there.
    static let rescuedFailures = "rescued"

    /// Every entry of `failed`, those that wait for it among them.
    private static func failures(_ redis: RawRedis, _ keys: BusKeys) throws -> [String] {
        let isList = try redis.call("TYPE", keys.failed).string == "list"
        let lists = (isList ? [keys.failed] : []) + [rescuedFailures, keys.waitingFailures]
        return try lists.flatMap { try redis.call("LRANGE", $0, "0", "-1").strings }
    }

    /// Every event once, if all is well. Destination `a` gets each event that is driven.
    var whole: [Int] { incoming + inFlight + failed + (lists["a"] ?? []) }

    /// The event numbers of a list, in order.
    static func numbers(_ redis: RawRedis, _ key: String) throws -> [Int] {
        try numbers(of: redis.call("LRANGE", key, "0", "-1"))
    }

    static func numbers(of reply: RawReply) -> [Int] {
        (reply.array ?? []).map { element in
            guard case .bytes(let bytes) = element else { return -1 }
            return number(in: bytes)
        }
    }

    /// The digits behind `bus_id`, however deeply its quotes are escaped.
    private static func number(in bytes: [UInt8]) -> Int {
        (bytes + [0]).withUnsafeBufferPointer { text in
            text.withMemoryRebound(to: CChar.self) { text in
                guard let base = text.baseAddress, let found = strstr(base, "bus_id") else { return -1 }
                let digits = strpbrk(found, "0123456789")
                return digits.map { Int(strtol($0, nil, 10)) } ?? -1
            }
        }
    }
}
