import BusWire
import Foundation
import RedisTestSupport
import Testing

/// Whatever stands in Redis, no command lets it steer the terminal of whoever looks (F24).
@Suite(.timeLimit(.minutes(1))) struct HostileTextTests {
    /// ESC, C1, DEL, overrides and isolates of direction, and a line that others would believe.
    private static let hostile = "x\u{1B}[2J\u{9B}31m\u{7F}\u{202E}\u{2066}\u{2028}\u{85}\r\nFAKE: all is well"

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x20..<0x7F: true
        case ..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: false
        default: true
        }
    }

    /// Puts the text wherever a name or a value can stand.
    private func fill(_ redis: RawRedis) throws {
        let text = Self.hostile
        let anHourOn = String(Int(Date().timeIntervalSince1970 + 3600) * 1000)
        func json(_ value: JSONValue) throws -> String { String(decoding: try value.encoded(), as: UTF8.self) }
        let job: JSONValue = ["class": .string(text), "args": [.string(text)], "queue": .string(text)]
        let failure: JSONValue = [
            "failed_at": .string(text), "payload": job, "exception": .string(text), "error": .string(text),
            "backtrace": [.string(text)], "worker": .string(text), "queue": .string(text),
        ]
        let event = RubyClient.job(
            [("bus_event_type", .string(text)), ("bus_id", "1-a"), ("bus_app_hostname", .string(text))],
            proxy: "QueueBus::Driver")
        let commands: [[String]] = [
            ["SADD", "resque:queues", text], ["RPUSH", "resque:queue:\(text)", event],
            ["RPUSH", "resque:queue:bus_incoming", event],
            ["SADD", "resque:workers", "\(text):1:\(text)", "\(text)+swift:1:\(text)"],
            [
                "SET", "resque:worker:\(text):1:\(text)",
                try json(["queue": .string(text), "run_at": .string(text), "payload": job]),
            ],
            ["SET", "resque:worker:\(text):1:\(text):started", text],
            ["HSET", "resque:workers:heartbeat", "\(text):1:\(text)", text],
            ["SADD", "resque:bus_apps", text, "broken\(text)"],
            [
                "HSET", "resque:bus_app:\(BusName.normalize(text))", text,
                try json([
                    "queue_name": .string(text), "key": .string(text), "class": .string(text),
                    "matcher": ["a\(text)": .string(text)],
                ]),
            ],
            ["HSET", "resque:bus_app:\(BusName.normalize("broken" + text))", text, text],
            ["RPUSH", "resque:failed", try json(failure), text],
            ["ZADD", "resque:busdriver:drivers", "1", "\(text):1:a"],
            ["HSET", "resque:busdriver:d:\(text):1:a", "queue", text, "claimed", "0"],
            ["ZADD", "resque:busdriver:riders", "1", "\(text):1:b", anHourOn, "\(text):2:b"],
            ["HSET", "resque:busdriver:r:\(text):1:b", "claimed", "0", "settled", "0"],
            ["HSET", "resque:busdriver:r:\(text):2:b", "claimed", "0", "settled", "0", "paused", "1"],
            ["HSET", "resque:persistent_schedules", text, text],
            [
                "HSET", "resque:persistent_schedules", "b\(text)",
                try json(["cron": "* * * * *", "class": .string(text), "queue": .string(text), "args": [.string(text)]]
                ),
            ],
            ["HSET", "resque:persistent_schedules", "c\(text)", try json(["cron": .string(text), "class": "C"])],
            ["HSET", "resque:delayed:last_enqueued_at", text, text],
            ["SET", "resque:resque:resque_scheduler_master_lock", text],
            ["ZADD", "resque:delayed_queue_schedule", "1900000000", "1900000000"],
            ["RPUSH", "resque:delayed:1900000000", try json(job), text],
            ["SET", "resque:pause-all-workers", text],
        ]
        for command in commands { _ = try redis.reply(to: command) }
    }

    @Test(arguments: [
        ["queues"], ["workers"], ["subscriptions"], ["failed"], ["failed", "show", "--all"],
        ["delayed", "list", "--at", "1900000000"], ["schedule"], ["schedule", "next"], ["trace", "1-a"], ["explain"],
        ["recover"], ["doctor"],
    ])
    func noCommandRepeatsIt(words: [String]) throws {
        let server = try RedisServer()
        try fill(try server.connect())
        for format in [[], ["--json"]] {
            let event = String(
                decoding: try JSONValue.object([JSONMember("a\(Self.hostile)", .string(Self.hostile))]).encoded(),
                as: UTF8.self)
            let result = try BuiltCommand.runAll(words + format + ["--redis", server.url], input: event)
            let text = result.output + result.errors
            #expect(result.status < (words == ["doctor"] ? 3 : 2), "\(words): \(result.errors)")
            #expect(text.contains("FAKE"), "\(words) \(format) shows nothing of it: \(text)")
            let harmful = text.unicodeScalars.filter { !Self.isHarmless($0) }
            #expect(harmful.isEmpty, "\(words) \(format): \(harmful.map { String($0.value, radix: 16) })")
            #expect(!text.split(separator: "\n").contains { $0.hasPrefix("FAKE") }, "\(words) \(format): \(text)")
        }
    }
}
