import BusStore
import BusWire
import RedisConnection
import RedisTestSupport
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct FailureTests {
    private func entry(_ number: Int, queue: String = "bus_incoming") -> String {
        #"{"failed_at":"2026/11/21 05:37:31 UTC","payload":{"class":"C","args":[\#(number)]},"exception":"E","#
            + #""error":"e","backtrace":[],"worker":"w","queue":"\#(queue)"}"#
    }

    private func fill(_ bench: StoreBench, _ count: Int) throws {
        for number in 0..<count { try bench.raw.call("RPUSH", "resque:failed", entry(number)) }
    }

    @Test func retryPushesAndMarks() async throws {
        let bench = try await StoreBench()
        let failures = Failures(connection: bench.connection, bus: bench.bus)
        try fill(bench, 3)
        let record = try #require(try await failures.entries(from: 1, count: 1).first)
        #expect(record.className == "C")
        #expect(record.index == 1)
        // Places shift: another operator removes the oldest entry.
        try bench.raw.call("LPOP", "resque:failed")
        #expect(try await failures.retry(record, removing: false, now: 1_795_240_800) == .pushed(queue: "bus_incoming"))
        #expect(
            try bench.raw.call("LRANGE", "resque:queue:bus_incoming", "0", "-1").strings == [
                #"{"class":"C","args":[1]}"#
            ])
        let marked = entry(1).dropLast() + #","retried_at":"2026/11/21 06:00:00 UTC"}"#
        #expect(try bench.raw.call("LRANGE", "resque:failed", "0", "-1").strings == [String(marked), entry(2)])
        #expect(try await failures.retry(record, removing: false, now: 0) == .gone)
        #expect(try bench.raw.call("LLEN", "resque:queue:bus_incoming").integer == 1)
    }

    @Test func retryPushesTheExactBytes() async throws {
        let bench = try await StoreBench()
        let failures = Failures(connection: bench.connection, bus: bench.bus)
        let bytes: [UInt8] = [0xFF, 0x00, 0x7B, 0x0A]
        let failure = FailureEntry(failedAt: 0, exception: "E", message: "m", worker: "w", queue: "q")
        let entry = bytes.withUnsafeBytes { failure.encoded(for: $0) }
        try bench.raw.call([Array("RPUSH".utf8), Array("resque:failed".utf8), entry])
        let record = try #require(try await failures.entries(from: 0, count: 5).first)
        #expect(try await failures.retry(record, removing: true, now: 0) == .pushed(queue: "q"))
        #expect(try bench.raw.call("LPOP", "resque:queue:q") == .bytes(bytes))
        #expect(try await failures.count() == 0)
    }

    @Test func aRefusedPushLeavesTheEntry() async throws {
        let bench = try await StoreBench()
        let failures = Failures(connection: bench.connection, bus: bench.bus)
        try fill(bench, 1)
        try bench.raw.call("SET", "resque:queue:bus_incoming", "no list")
        let record = try #require(try await failures.entries(from: 0, count: 1).first)
        await #expect(throws: RedisError.self) { try await failures.retry(record, removing: true, now: 0) }
        #expect(try bench.raw.call("LRANGE", "resque:failed", "0", "-1").strings == [entry(0)])
    }

    @Test func entriesWithoutAJobAreLeftAlone() async throws {
        let bench = try await StoreBench()
        let failures = Failures(connection: bench.connection, bus: bench.bus)
        for text in ["not json", "[]", "{}", #"{"payload":{"class":"C"},"queue":""}"#] {
            try bench.raw.call("RPUSH", "resque:failed", text)
        }
        for record in try await failures.entries(from: 0, count: 10) {
            #expect(try await failures.retry(record, removing: true, now: 0) == .unusable)
        }
        #expect(try await failures.count() == 4)
    }

    @Test func everyEntryIsVisitedOnceWhileEntriesGo() async throws {
        let bench = try await StoreBench()
        let failures = Failures(connection: bench.connection, bus: bench.bus)
        try fill(bench, 200)
        let visited = Mutex<[String]>([])
        try await failures.visit { record throws(RedisError) in
            let count = visited.withLock { texts in
                texts.append(String(decoding: record.bytes, as: UTF8.self))
                return texts.count
            }
            guard count.isMultiple(of: 3) else { return true }
            return try await !failures.remove(record)
        }
        #expect(visited.withLock { $0 } == (0..<200).map { entry($0) })
        #expect(try await failures.count() == 200 - 66)
    }

    /// An entry and its list, as a driver sets an event aside.
    private func setAside(_ bench: StoreBench, _ name: String) throws -> String {
        let list = "resque:busdriver:oversized:\(name)"
        try bench.raw.call("RPUSH", list, "large")
        try bench.raw.call(
            "RPUSH", "resque:failed",
            #"{"payload":{"class":"C","args":[]},"exception":"BusDriver::Oversized","#
                + #""error":"its bytes are the only element of \#(list)","queue":"q"}"#)
        return list
    }

    @Test func theListOfAnOversizedEventGoesWithItsEntry() async throws {
        let bench = try await StoreBench()
        let failures = Failures(connection: bench.connection, bus: bench.bus)
        let lists = try ["h:1:ab:1", "h:1:ab:2", "h:1:ab:3"].map { try setAside(bench, $0) }
        let records = try await failures.entries(from: 0, count: 3)
        #expect(try await failures.retry(records[0], removing: true, now: 0) == .setAside(list: lists[0]))
        #expect(try await failures.remove(records[0]))
        #expect(try bench.raw.call("EXISTS", lists[0]).integer == 0)
        // Somebody else has changed the entry, which still names its list.
        try bench.raw.call("LSET", "resque:failed", "0", "changed")
        #expect(try await !failures.remove(records[1]))
        #expect(try bench.raw.call("EXISTS", lists[1], lists[2]).integer == 2)
        try bench.raw.call("RPUSH", "resque:busdriver:failed", "an entry that waits to be moved")
        #expect(try await failures.clear() == 3)
        #expect(try bench.raw.call("KEYS", "*").strings.isEmpty)
    }

    @Test func anEntryCannotNameAnotherKey() async throws {
        let bench = try await StoreBench()
        let failures = Failures(connection: bench.connection, bus: bench.bus)
        try bench.raw.call("SET", "other:busdriver:oversized:x", "text")
        try bench.raw.call(
            "RPUSH", "resque:failed", #"{"exception":"BusDriver::Oversized","error":"other:busdriver:oversized:x"}"#)
        let record = try #require(try await failures.entries(from: 0, count: 1).first)
        #expect(try await failures.retry(record, removing: true, now: 0) == .unusable)
        #expect(try await failures.remove(record))
        #expect(try bench.raw.call("EXISTS", "other:busdriver:oversized:x").integer == 1)
    }

    @Test func clearSaysHowMany() async throws {
        let bench = try await StoreBench()
        let failures = Failures(connection: bench.connection, bus: bench.bus)
        #expect(try await failures.clear() == 0)
        try fill(bench, 7)
        #expect(try await failures.clear() == 7)
        #expect(try await failures.count() == 0)
    }
}

@Suite(.timeLimit(.minutes(1))) struct QueueTests {
    @Test func lengthsByName() async throws {
        let bench = try await StoreBench()
        let queues = Queues(connection: bench.connection, bus: bench.bus)
        #expect(try await queues.all().isEmpty)
        try await queues.push([[0x61], [0x62]], to: "b")
        try await queues.push([], to: "nothing")
        try bench.raw.call("SADD", "resque:queues", "a", "wrong")
        try bench.raw.call("SET", "resque:queue:wrong", "x")
        let all = try await queues.all()
        #expect(all.map(\.name) == ["a", "b", "wrong"])
        #expect(all.map(\.length) == [0, 2, nil])
    }

    @Test func largePushesAreCutIntoCommandsInOrder() async throws {
        let bench = try await StoreBench()
        let elements = (0..<40).map { number in
            [UInt8](repeating: UInt8(number), count: number == 20 ? 600_000 : 30_000)
        }
        try await Queues(connection: bench.connection, bus: bench.bus).push(elements, to: "q")
        #expect(try bench.raw.call("LRANGE", "resque:queue:q", "0", "-1") == .array(elements.map { .bytes($0) }))
    }
}
