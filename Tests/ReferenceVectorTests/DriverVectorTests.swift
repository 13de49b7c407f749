import BusDriver
import BusWire
import Foundation
import LibevExecutor
import Logging
import RedisConnection
import RedisTestSupport
import Testing

/// One job as the real Ruby driver handled it (`vectors/README.md`).
private struct DriverVector: Decodable {
    let note: String
    let now: Int
    let tz: String
    let apps: [String: [String: String]]
    let busApps: [String]
    let strings: [String: String]?
    let incomingQueue: String
    let incoming: String
    let out: [String: [String]]
    let raised: String?
    let otherKeys: [String: JSONAny]?

    static func all() throws -> [DriverVector] {
        let url = try #require(Bundle.module.url(forResource: "vectors/driver", withExtension: "jsonl"))
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(DriverVector.self, from: Data($0.utf8))
        }
    }
}

/// A JSON value of which only strings matter here.
private struct JSONAny: Decodable {
    let string: String?

    init(from decoder: any Decoder) throws {
        string = try? decoder.singleValueContainer().decode(String.self)
    }
}

/// Every job of `vectors/driver.jsonl` through the real driver and a real Redis.
///
/// Where Ruby loses the event, ours keeps it: in `failed` when the event is at fault, or driven to the other
/// subscriptions when a subscription record is at fault. Each such case is named here.
@Suite(.timeLimit(.minutes(1))) struct DriverVectorTests {
    /// Ruby raises on the event, or drops it as done: here it is in `failed`, byte for byte.
    private static let eventAtFault: Set<String> = [
        "number 1e400", "nesting limit (JSON gem max_nesting 100)", "inner JSON is an array: worker raises",
        "inner JSON is a string: silently dropped", "inner JSON null: silently dropped",
        "inner JSON empty string: raises", "inner JSON broken: raises", "inner JSON trailing garbage",
        "no class proxy: silently dropped", "unknown class proxy: silently dropped",
        "class proxy is the driver without module: silently dropped", "args is not an array (hash)", "args missing",
        "two args", "arg is a hash, not a string", "unknown resque class goes to the failed list",
        "outer JSON garbage: element lost, worker exits", "compat: ResqueBus::Driver with an empty hash raises",
        "compat: ResqueBus::Driver without args raises",
    ]

    /// Ruby raises on a subscription record and loses the event for all; here it reaches so many other subscriptions.
    private static let recordAtFault: [String: Int] = [
        "bus_apps holds an invalid name (only underscores): driver raises": 1,
        "two fields with the same inner key: SubscriptionList raises": 1,
        "subscription without matcher: driver raises": 0, "matcher null: driver raises": 0,
        "subscription value is JSON null: driver raises": 1, "subscription value is a JSON array: driver raises": 1,
        "subscription value is a JSON number: driver raises": 1,
        "one app raising after another (SMEMBERS order decides): matching happens before any enqueue, so nothing is enqueued":
            1,
    ]

    @Test func everyJobEndsWhereRubyPutsIt() async throws {
        let server = try RedisServer()
        let executor = LibevExecutor(name: "vectors")
        defer {
            server.stop()
            executor.stop()
        }
        let redis = try server.connect()
        let vectors = try DriverVector.all()
        #expect(vectors.count == 152)
        for vector in vectors {
            _ = try redis.call("FLUSHALL")
            try load(vector, into: redis)
            try await drive(vector, server, executor)
            try check(vector, redis)
        }
    }

    /// Where republished events go, so that the driver does not drive them as well.
    private static let publishQueue = "republished"

    private func load(_ vector: DriverVector, into redis: RawRedis) throws {
        for (key, fields) in vector.apps {
            for (field, value) in fields.sorted(by: { $0.key < $1.key }) {
                _ = try redis.call("HSET", "resque:" + key, field, value)
            }
        }
        for app in vector.busApps { _ = try redis.call("SADD", "resque:bus_apps", app) }
        for (key, value) in vector.strings ?? [:] { _ = try redis.call("SET", "resque:" + key, value) }
        _ = try redis.call("RPUSH", "resque:queue:" + vector.incomingQueue, vector.incoming)
    }

    private func drive(_ vector: DriverVector, _ server: RedisServer, _ executor: LibevExecutor) async throws {
        let zone = try #require(TimeZone(identifier: vector.tz))
        var configuration = DriverConfiguration(
            redis: RedisConfiguration(endpoint: try RedisEndpoint(parsing: server.url)), host: "test-host",
            processID: getpid(),
            now: { vector.now }, uuid: { "00000000-0000-4000-8000-000000000000" },
            localOffset: { zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval($0))) })
        configuration.queue = vector.incomingQueue
        configuration.publishQueue = Self.publishQueue
        configuration.drains = true
        let logger = Logger(label: "vectors") { _ in SwiftLogNoOpLogHandler() }
        let ending = try await Driver(configuration: configuration, executor: executor, logger: logger).run()
        #expect(ending == .drained, "\(vector.note)")
    }

    private func check(_ vector: DriverVector, _ redis: RawRedis) throws {
        let note = Comment(rawValue: vector.note)
        var out: [String: [String]] = [:]
        for key in try redis.call("KEYS", "resque:queue:*").strings {
            let name = key == "resque:queue:" + Self.publishQueue ? "queue:bus_incoming" : String(key.dropFirst(7))
            out[name] = try redis.call("LRANGE", key, "0", "-1").strings
        }
        let failed = try redis.call("LRANGE", "resque:failed", "0", "-1").strings
        if Self.eventAtFault.contains(vector.note) {
            #expect(out.isEmpty, note)
            #expect(failed.count == 1, note)
            let entry = try #require(failed.first, note)
            let original = try originalBytes(entry)
            #expect(original == Array(vector.incoming.utf8), note)
        } else if let copies = Self.recordAtFault[vector.note] {
            #expect(out.values.reduce(0) { $0 + $1.count } == copies, note)
            #expect(failed.isEmpty, note)
        } else if vector.note == "compat: ResqueBus::Driver with a JSON string arg" {
            #expect(out.isEmpty, note)
            #expect(failed.count == 1, "Ruby drops it in silence")
        } else {
            #expect(failed.isEmpty, note)
            #expect(out.keys.sorted() == vector.out.keys.sorted(), note)
            for (queue, jobs) in vector.out {
                let expected = try jobs.map(Self.meaning).sorted()
                #expect(try (out[queue] ?? []).map(Self.meaning).sorted() == expected, note)
            }
            for (key, value) in vector.otherKeys ?? [:] where key.hasPrefix("bus:heartbeat") {
                #expect(try redis.call("GET", "resque:" + key).string == value.string, note)
            }
        }
    }

    /// The exact element that an entry of `failed` keeps.
    private func originalBytes(_ entry: String) throws -> [UInt8] {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(entry.utf8)) as? [String: Any])
        if let raw = object["busdriver_raw"] as? String {
            let bytes = try #require(Data(base64Encoded: raw))
            return Array(bytes)
        }
        // The payload stands in the entry byte for byte.
        let start = try #require(entry.range(of: #""payload":"#)).upperBound
        let end = try #require(entry.range(of: #","exception":"#)).lowerBound
        return Array(entry[start..<end].utf8)
    }

    /// A job's meaning: both levels parsed as Ruby parses them, members in any order, the numbers' spelling normalised.
    private static func meaning(_ job: String) throws -> String {
        let outer = try JSONValue.parse(job)
        let argument = try #require(outer["args"]?.elements?.first?.string)
        let inner = try JSONValue.parse(argument)
        return "\(outer["class"]?.string ?? "?") \(try canonical(inner))"
    }

    private static func canonical(_ value: JSONValue) throws -> String {
        switch value {
        case .object(let members):
            let pairs = try members.map { "\($0.key.debugDescription):\(try canonical($0.value))" }
            return "{\(pairs.sorted().joined(separator: ","))}"
        case .array(let elements): return "[\(try elements.map(canonical).joined(separator: ","))]"
        case .number(let text): return RubyText.number(text)
        default: return String(decoding: try value.encoded(), as: UTF8.self)
        }
    }
}
