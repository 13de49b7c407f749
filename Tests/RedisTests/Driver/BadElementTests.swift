import Foundation
import RedisTestSupport
import Testing

/// Elements that no driver can drive: each becomes an entry of `failed` with its exact bytes, and its neighbours flow.
@Suite(.serialized, .timeLimit(.minutes(1))) struct BadElementTests {
    /// An element whose inner text is `inner`.
    private static func element(inner: String) -> [UInt8] {
        Array(#"{"class":"QueueBus::Worker","args":[\#(RubyValue.string(inner).json)]}"#.utf8)
    }

    private static func event(_ members: String) -> [UInt8] {
        element(inner: #"{"bus_event_type":"ledger_even","bus_class_proxy":"QueueBus::Driver",\#(members)}"#)
    }

    private static let elements: [(note: String, bytes: [UInt8])] = [
        ("nothing", []), ("not JSON", Array("hello".utf8)), ("half an object", Array(#"{"class":"#.utf8)),
        ("an array", Array("[1,2]".utf8)), ("null", Array("null".utf8)), ("a string", Array(#""text""#.utf8)),
        ("NUL bytes", [0, 0, 0]), ("a byte-order mark", [0xEF, 0xBB, 0xBF] + event(#""a":1"#)),
        ("no args", Array(#"{"class":"QueueBus::Worker"}"#.utf8)),
        ("args is an object", Array(#"{"class":"QueueBus::Worker","args":{"a":1}}"#.utf8)),
        ("two args", Array(#"{"class":"QueueBus::Worker","args":["{}","{}"]}"#.utf8)),
        ("the arg is a number", Array(#"{"class":"QueueBus::Worker","args":[7]}"#.utf8)),
        ("an unknown class", Array(#"{"class":"Shop::Worker","args":["{}"]}"#.utf8)),
        ("inner text is no JSON", element(inner: "hello")), ("inner array", element(inner: "[]")),
        ("inner null", element(inner: "null")), ("inner text is empty", element(inner: "")),
        ("no class proxy", element(inner: #"{"bus_event_type":"ledger_even"}"#)),
        ("an unknown class proxy", element(inner: #"{"bus_class_proxy":"Shop::Driver"}"#)),
        ("a number out of range", event(#""a":1e400"#)), ("a lone high surrogate", event(#""a":"\ud83d""#)),
        ("a lone low surrogate", event(#""a":"\ude00 and more""#)),
        ("101 levels", event(#""a":"# + String(repeating: "[", count: 101) + String(repeating: "]", count: 101))),
        ("100 000 levels", event(#""a":"# + String(repeating: "[", count: 100_000))),
        (
            "bytes that are no UTF-8",
            Array(#"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"QueueBus::Driver\",\"a\":\""#.utf8)
                + [0xFF, 0xC0, 0x80] + Array(#"\"}"]}"#.utf8)
        ),
        ("more than 8 MiB", event(#""a":"\#(String(repeating: "x", count: 8 << 20))""#)),
    ]

    @Test func inABatch() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            for (_, bytes) in Self.elements {
                try ledger.publish(20, on: redis)
                try redis.call([Array("RPUSH".utf8), Array("resque:queue:bus_incoming".utf8), bytes])
            }
            try ledger.publish(20, on: redis)
            try await bench.drain()
            try Self.check(ledger, redis)
        }
    }

    @Test func oneByOneWhileIdle() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            try await bench.whileRunning(bench.driver(try bench.configuration())) {
                for (note, bytes) in Self.elements {
                    try redis.call([Array("RPUSH".utf8), Array("resque:queue:bus_incoming".utf8), bytes])
                    try await pollUntil("\(note) is handled") { try ledger.isDriven(on: redis) }
                    try ledger.publish(1, on: redis)
                    try await pollUntil("its neighbour is driven") { try ledger.isDriven(on: redis) }
                }
            }
            try Self.check(ledger, redis)
        }
    }

    private static func check(_ ledger: Ledger, _ redis: RawRedis) throws {
        var expected = Ledger.Verdict.clean
        expected.failed = elements.count
        #expect(try ledger.verdict(on: redis) == expected)
        #expect(try redis.call("GET", "resque:stat:failed").string == String(elements.count))
        #expect(
            try redis.call("GET", "resque:stat:processed").string == String(ledger.acknowledged + elements.count))
        let entries = try redis.call("LRANGE", "resque:failed", "0", "-1").array ?? []
        for ((note, bytes), reply) in zip(elements, entries) {
            guard case .bytes(let entry) = reply else { continue }
            try check(Data(entry), holds: Data(bytes), note)
        }
        #expect(try redis.residue() == [])
    }

    /// As resque-web reads it: every member there, a payload that can be pushed again, and the exact bytes somewhere.
    private static func check(_ entry: Data, holds element: Data, _ note: String) throws {
        let members = try #require(try JSONSerialization.jsonObject(with: entry) as? [String: Any], "\(note)")
        for name in ["failed_at", "exception", "error", "worker", "queue"] {
            #expect((members[name] as? String)?.isEmpty == false, "\(note): \(name)")
        }
        #expect(members["backtrace"] is [String], "\(note)")
        #expect(members["queue"] as? String == "bus_incoming", "\(note)")
        let payload = try #require(members["payload"] as? [String: Any], "\(note)")
        #expect(payload["class"] is String && payload["args"] is [Any] || members["busdriver_raw"] == nil, "\(note)")
        if let raw = members["busdriver_raw"] as? String {
            #expect(Data(base64Encoded: raw) == element, "\(note)")
        } else {
            #expect(entry.range(of: element) != nil, "\(note)")
        }
    }
}
