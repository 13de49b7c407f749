import Foundation
import RedisTestSupport

/// The contents of a Redis as Ruby wrote them (`fixtures/make_ruby_contents.rb`), moved to the present.
struct RubyContents {
    /// What a Ruby scheduler would have pushed.
    struct Push: Decodable {
        let due: Int
        let queue: String
        let element: String
    }
    private struct Key: Decodable {
        let key: String
        let type: String
        let value: Value
        let ttl: Int?
    }
    private enum Value: Decodable {
        case text(String)
        case list([String])
        case fields([String: String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let list = try? container.decode([String].self) {
                self = .list(list)
            } else {
                self = .fields(try container.decode([String: String].self))
            }
        }
    }

    /// The present of the fixture.
    private static let present = 1_600_000_000

    /// The epoch second that took the fixture's place.
    let now: Int
    /// In the order of their times.
    let pushes: [Push]
    private let keys: [Key]

    /// - Parameter now: epoch seconds.
    init(now: Int) throws {
        self.now = now
        keys = try Self.read("ruby-contents", now: now)
        pushes = try Self.read("ruby-pushes", now: now)
    }

    private static func read<Line: Decodable>(_ name: String, now: Int) throws -> [Line] {
        let file = Bundle.module.url(forResource: name, withExtension: "jsonl", subdirectory: "fixtures")
        guard let file else { throw CocoaError(.fileNoSuchFile) }
        let text = try String(contentsOf: file, encoding: .utf8).replacing(
            /\b(1599|1600)\d{6}\b/.wordBoundaryKind(.simple)
        ) { match in
            String((Int(match.0) ?? 0) - present + now)
        }
        return try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    }

    /// Fills an empty Redis.
    func write(to redis: RawRedis) throws {
        for key in keys {
            switch (key.type, key.value) {
            case ("string", .text(let text)): try redis.call("SET", key.key, text)
            case ("list", .list(let elements)): try call(redis, ["RPUSH", key.key] + elements)
            case ("set", .list(let members)): try call(redis, ["SADD", key.key] + members)
            case ("zset", .list(let times)): try call(redis, ["ZADD", key.key] + times.flatMap { [$0, $0] })
            case ("hash", .fields(let fields)):
                try call(redis, ["HSET", key.key] + fields.flatMap { [$0.key, $0.value] })
            default: throw CocoaError(.coderInvalidValue)
            }
            if let ttl = key.ttl { try redis.call("EXPIRE", key.key, String(ttl)) }
        }
        try redis.call("SET", "resque:bus:heartbeat:timestamp", String(now / 60 - 3))
    }

    private func call(_ redis: RawRedis, _ words: [String]) throws { try redis.call(words.map { Array($0.utf8) }) }
}
