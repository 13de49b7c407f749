import BusWire
import Foundation
import RedisTestSupport
import Testing

/// `busdriver trace` finds an event wherever it is.
@Suite(.timeLimit(.minutes(1))) struct TraceCommandTests {
    private static let id = "1700000000-00000000-0000-4000-8000-000000000000"

    private static func job(_ members: RubyClient.Members, id: String = id) -> String {
        RubyClient.job(
            [("bus_published_at", 1_700_000_000), ("bus_event_type", "seen"), ("bus_id", .string(id))]
                + members.map { ($0.key, $0.value) }, proxy: "::QueueBus::Rider")
    }

    private static func driven(_ application: String) -> RubyClient.Members {
        [
            "bus_driven_at": 1_700_000_001, "bus_rider_app_key": .string(application), "bus_rider_sub_key": "k",
            "bus_rider_queue": .string("\(application)_default"),
        ]
    }

    private static func trace(_ server: RedisServer, _ words: String...) throws -> [String] {
        try BuiltCommand.runAll(["trace", id, "--redis", server.url] + words).lines
    }

    @Test func everyPlaceIsFound() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        try RubyClient(raw, incoming: "other").push(Self.job(["n": 1], id: "another"))
        try RubyClient(raw).push(Self.job([:]))
        // Far from the tail, and beside what is no job.
        let queue = RubyClient(raw, incoming: "a_default")
        try queue.push(Self.job(Self.driven("a")))
        for number in 0..<300 { try queue.push(number % 2 == 0 ? "junk \(Self.id)" : Self.job([:], id: "x\(number)")) }
        try raw.call("RPUSH", "resque:busdriver:inf:h:1:ab:7", Self.job([:]))
        try raw.call("RPUSH", "resque:busdriver:reserved:h:1:ab:7", Self.job(Self.driven("b")))
        try raw.call("ZADD", "resque:delayed_queue_schedule", "1800000000", "1800000000")
        try raw.call(
            "RPUSH", "resque:delayed:1800000000", Self.job(Self.driven("c")).dropLast() + #","queue":"c_default"}"#)
        func failure(_ at: String, _ application: String) -> String {
            #"{"failed_at":"\#(at)","payload":\#(Self.job(Self.driven(application))),"exception":"NameError","error":"oh","#
                + #""backtrace":[],"worker":"w","queue":"q"}"#
        }
        try raw.call("RPUSH", "resque:failed", "not json", failure("2023/11/14 22:13:25 UTC", "d"))
        try raw.call(
            "SET", "resque:failure-resque-retry:QueueBus::Worker:abc", failure("2023/11/14 22:13:30", "e"))
        try RubyClient(raw).push(Self.job(["bus_parent_id": .string(Self.id)], id: "child-1"))
        try raw.call("SET", "resque:queue:wrong", "type")
        try raw.call("SADD", "resque:queues", "wrong")

        let lines = try Self.trace(server)
        #expect(
            lines.prefix(6) == [
                "2023-11-14T22:13:20Z  published as seen", "2023-11-14T22:13:20Z  caused seen child-1",
                "2023-11-14T22:13:21Z  driven to a/k (queue a_default)",
                "2023-11-14T22:13:21Z  driven to b/k (queue b_default)",
                "2023-11-14T22:13:21Z  driven to c/k (queue c_default)",
                "2023-11-14T22:13:21Z  driven to d/k (queue d_default)",
            ])
        let rest = lines.joined(separator: "\n")
        for text in [
            "2023-11-14T22:13:25Z  the copy for d/k failed with NameError: oh; busdriver failed show ",
            "2023-11-14T22:13:30Z  the copy for e/k failed with NameError: oh, and will be retried",
            "it waits on the queue bus_incoming", "the copy for a/k waits on the queue a_default",
            "it is in the hands of a driver (resque:busdriver:inf:h:1:ab:7)",
            "the copy for b/k is in the hands of a rider", "waits for the scheduler until 2027-01-15T08:00:00Z",
            "the event seen child-1 that it caused waits on the queue bus_incoming",
        ] {
            #expect(rest.contains(text), "\(text)")
        }
        #expect(!rest.contains("another"))
        let entries = try Self.trace(server, "--json").map { try JSONValue.parse($0) }
        #expect(entries.count == lines.count)
        #expect(entries[0] == ["time": 1_700_000_000, "kind": "published", "text": "published as seen"])
    }

    @Test func logsAreRead() throws {
        let server = try RedisServer()
        let path = "\(server.directory)/events.jsonl"
        let lines = [
            #"{"bus_id":"\#(Self.id)","bus_event_type":"seen","bus_published_at":1700000000,"bus_app_hostname":"web-1","#
                + #""bus_driven_at":1700000001,"bus_executed_at":1700000002,"bus_rider_app_key":"log","bus_rider_sub_key":"all"}"#,
            #"{"bus_id":"child","bus_event_type":"next","bus_parent_id":"\#(Self.id)","bus_published_at":1700000003}"#,
            #"{"bus_id":"other","note":"\#(Self.id)"}"#, "broken \(Self.id)", "",
        ]
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let result = try BuiltCommand.run("trace", Self.id, "--redis", server.url, "--log", path)
        #expect(
            result.lines == [
                "2023-11-14T22:13:20Z  published as seen on web-1", "2023-11-14T22:13:21Z  driven to log/all",
                "2023-11-14T22:13:22Z  run by log/all", "2023-11-14T22:13:23Z  caused next child",
            ])
        #expect(
            result.errors == "note: 1 lines of \(path) name the event and are not JSON.\n"
                + "note: of what is done only the copies are known that a logger kept (--log).\n")
        let absent = try BuiltCommand.run("trace", Self.id, "--redis", server.url, "--log", "/no/such/file")
        #expect(absent.status == 1 && absent.errors.contains("/no/such/file"))
    }

    /// Some generations are in the log, some in Redis; the youngest come first.
    @Test func descendantsAreFollowed() throws {
        let server = try RedisServer()
        let client = RubyClient(try server.connect())
        let path = "\(server.directory)/events.jsonl"
        func logged(_ id: String, _ parent: String, _ time: Int) -> String {
            #"{"bus_id":"\#(id)","bus_event_type":"e","bus_parent_id":"\#(parent)","bus_published_at":\#(time)}"#
        }
        try [
            logged("c", "b", 1_700_000_003), logged("a", Self.id, 1_700_000_001), logged("x", "y", 1_700_000_009),
            logged("d", "a", 1_700_000_001), logged(Self.id, "e", 1_700_000_000),
        ].joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        try client.push(Self.job(["bus_parent_id": "c"], id: "e"))
        try client.push(Self.job(["bus_parent_id": "a"], id: "b"))
        try client.push(Self.job(["bus_parent_id": "y"], id: "z"))
        #expect(
            try Self.trace(server, "--log", path) == [
                "2023-11-14T22:13:20Z  published as e, caused by e", "2023-11-14T22:13:20Z    a caused seen b",
                "2023-11-14T22:13:20Z        c caused seen e", "2023-11-14T22:13:21Z  caused e a",
                "2023-11-14T22:13:21Z    a caused e d", "2023-11-14T22:13:23Z      b caused e c",
                "now                     the event seen b that a caused waits on the queue bus_incoming",
                "now                         the event seen e that c caused waits on the queue bus_incoming",
            ])
    }

    @Test func nothingIsFound() throws {
        let server = try RedisServer()
        let result = try BuiltCommand.run("trace", Self.id, "--redis", server.url)
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("No event \(Self.id) was found in Redis"))
        #expect(try BuiltCommand.run("trace", "", "--redis", server.url).status == 64)
    }

    @Test func anIDThatJSONEscapesIsFoundToo() throws {
        let server = try RedisServer()
        let id = "ü\"\\/\n"
        try RubyClient(try server.connect()).push(Self.job([:], id: id))
        let result = try BuiltCommand.run("trace", id, "--redis", server.url)
        #expect(result.status == 0)
        #expect(result.lines.count == 2)
    }
}
