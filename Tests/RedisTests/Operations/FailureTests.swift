import BusOperations
import BusProtocol
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
        let failures = FailureLists(connection: bench.connection, bus: bench.bus)
        try fill(bench, 3)
        let record = try #require(try await failures.entries(from: 1, count: 1).first)
        #expect(record.className == "C")
        #expect(record.index == 1)
        // Places shift: another operator removes the oldest entry.
        try bench.raw.call("LPOP", "resque:failed")
        #expect(
            try await failures.retry([record], removing: false, now: 1_795_240_800) == [.pushed(queue: "bus_incoming")])
        #expect(
            try bench.raw.call("LRANGE", "resque:queue:bus_incoming", "0", "-1").strings == [
                #"{"class":"C","args":[1]}"#
            ])
        let marked = entry(1).dropLast() + #","retried_at":"2026/11/21 06:00:00 UTC"}"#
        #expect(try bench.raw.call("LRANGE", "resque:failed", "0", "-1").strings == [String(marked), entry(2)])
        #expect(try await failures.retry([record], removing: false, now: 0) == [.gone])
        #expect(try bench.raw.call("LLEN", "resque:queue:bus_incoming").integer == 1)
    }

    @Test func retryPushesTheExactBytes() async throws {
        let bench = try await StoreBench()
        let failures = FailureLists(connection: bench.connection, bus: bench.bus)
        let bytes: [UInt8] = [0xFF, 0x00, 0x7B, 0x0A]
        let failure = FailureEntry(failedAt: 0, exception: "E", message: "m", worker: "w", queue: "q")
        let entry = bytes.withUnsafeBytes { failure.encoded(for: $0) }
        try bench.raw.call([Array("RPUSH".utf8), Array("resque:failed".utf8), entry])
        let record = try #require(try await failures.entries(from: 0, count: 5).first)
        #expect(try await failures.retry([record], removing: true, now: 0) == [.pushed(queue: "q")])
        #expect(try bench.raw.call("LPOP", "resque:queue:q") == .bytes(bytes))
        #expect(try await failures.count() == 0)
    }

    @Test func aRefusedPushLeavesTheEntry() async throws {
        let bench = try await StoreBench()
        let failures = FailureLists(connection: bench.connection, bus: bench.bus)
        try fill(bench, 1)
        try bench.raw.call("SET", "resque:queue:bus_incoming", "no list")
        let record = try #require(try await failures.entries(from: 0, count: 1).first)
        let outcome = try await failures.retry([record], removing: true, now: 0)[0]
        guard case .refused(let refusal) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(refusal.kind == .wrongType)
        #expect(try bench.raw.call("LRANGE", "resque:failed", "0", "-1").strings == [entry(0)])
    }

    @Test func entriesWithoutAJobAreLeftAlone() async throws {
        let bench = try await StoreBench()
        let failures = FailureLists(connection: bench.connection, bus: bench.bus)
        for text in ["not json", "[]", "{}", #"{"payload":{"class":"C"},"queue":""}"#] {
            try bench.raw.call("RPUSH", "resque:failed", text)
        }
        for record in try await failures.entries(from: 0, count: 10) {
            #expect(try await failures.retry([record], removing: true, now: 0) == [.unusable])
        }
        #expect(try await failures.count() == 4)
    }

    @Test func everyEntryIsVisitedOnceWhileEntriesGo() async throws {
        let bench = try await StoreBench()
        let failures = FailureLists(connection: bench.connection, bus: bench.bus)
        try fill(bench, 200)
        #expect(try await failures.entries(from: 70, count: 100).map(\.index) == Array(70..<170))
        let visited = Mutex<[String]>([])
        try await failures.visit { page throws(RedisError) in
            let every = visited.withLock { texts in
                page.filter { record in
                    texts.append(String(decoding: record.bytes, as: UTF8.self))
                    return texts.count.isMultiple(of: 3)
                }
            }
            let removed = try await failures.remove(every)
            return page.count - removed.count { $0 }
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
        let failures = FailureLists(connection: bench.connection, bus: bench.bus)
        let lists = try ["h:1:ab:1", "h:1:ab:2", "h:1:ab:3"].map { try setAside(bench, $0) }
        let records = try await failures.entries(from: 0, count: 3)
        #expect(try await failures.retry([records[0]], removing: true, now: 0) == [.setAside(list: lists[0])])
        #expect(try await failures.remove([records[0]]) == [true])
        #expect(try bench.raw.call("EXISTS", lists[0]).integer == 0)
        // Somebody else has changed the entry, which still names its list.
        try bench.raw.call("LSET", "resque:failed", "0", "changed")
        #expect(try await failures.remove([records[1]]) == [false])
        #expect(try bench.raw.call("EXISTS", lists[1], lists[2]).integer == 2)
        try bench.raw.call("RPUSH", "resque:busdriver:failed", "an entry that waits to be moved")
        #expect(try await failures.clear() == 3)
        #expect(try bench.raw.call("KEYS", "*").strings.isEmpty)
    }

    @Test func anEntryCannotNameAnotherKey() async throws {
        let bench = try await StoreBench()
        let failures = FailureLists(connection: bench.connection, bus: bench.bus)
        try bench.raw.call("SET", "other:busdriver:oversized:x", "text")
        try bench.raw.call(
            "RPUSH", "resque:failed", #"{"exception":"BusDriver::Oversized","error":"other:busdriver:oversized:x"}"#)
        let record = try #require(try await failures.entries(from: 0, count: 1).first)
        #expect(try await failures.retry([record], removing: true, now: 0) == [.unusable])
        #expect(try await failures.remove([record]) == [true])
        #expect(try bench.raw.call("EXISTS", "other:busdriver:oversized:x").integer == 1)
    }

    // MARK: - Many at once

    /// What is refused does not keep the others from being pushed.
    @Test func oneBadQueueStopsNobodyElse() async throws {
        let bench = try await StoreBench()
        let failures = FailureLists(connection: bench.connection, bus: bench.bus)
        for number in 0..<6 { try bench.raw.call("RPUSH", "resque:failed", entry(number, queue: "q\(number % 3)")) }
        try bench.raw.call("SET", "resque:queue:q1", "no list")
        let outcomes = try await failures.retry(
            try await failures.entries(from: 0, count: 6), removing: true, now: 0)
        #expect(outcomes.count { if case .refused = $0 { true } else { false } } == 2)
        #expect(
            try bench.raw.call("LRANGE", "resque:failed", "0", "-1").strings == [1, 4].map { entry($0, queue: "q1") })
        #expect(try bench.raw.call("LLEN", "resque:queue:q0").integer == 2)
        #expect(try bench.raw.call("LLEN", "resque:queue:q2").integer == 2)
    }

    /// Entries are found by their bytes, wherever others have moved them meanwhile; an entry that is there twice is
    /// used twice.
    @Test func changedPlacesDoNotMatter() async throws {
        let bench = try await StoreBench()
        let failures = FailureLists(connection: bench.connection, bus: bench.bus)
        for number in [0, 1, 2, 1, 3, 4] { try bench.raw.call("RPUSH", "resque:failed", entry(number)) }
        let records = try await failures.entries(from: 0, count: 6)
        #expect(Set(records.map(\.id)).count == 6)
        #expect(records[3].id == records[1].id + "-2")
        #expect(records[1].isMeant(by: String(records[1].id.prefix(6))) && !records[3].isMeant(by: records[1].id))
        #expect(records[3].isMeant(by: records[3].shortID) && !records[1].isMeant(by: records[3].shortID))
        try bench.raw.call("LREM", "resque:failed", "1", entry(0))
        try bench.raw.call("LREM", "resque:failed", "1", entry(3))
        let outcomes = try await failures.retry(Array(records[1...]), removing: true, now: 0)
        #expect(outcomes.map { $0 == .gone } == [false, false, false, true, false])
        #expect(try bench.raw.call("LLEN", "resque:queue:bus_incoming").integer == 4)
        #expect(try bench.raw.call("EXISTS", "resque:failed").integer == 0)
    }

    /// F29: the time of choosing some grows with the list and not with its square.
    @Test func manyOfManyAreRetried() async throws {
        let bench = try await StoreBench()
        let failures = FailureLists(connection: bench.connection, bus: bench.bus)
        for start in stride(from: 0, to: 6000, by: 500) {
            let entries = (start..<start + 500).map { entry($0, queue: "q\($0 % 3)") }
            try bench.raw.call((["RPUSH", "resque:failed"] + entries).map { Array($0.utf8) })
        }
        try bench.raw.call("CONFIG", "RESETSTAT")
        try await failures.visit { page throws(RedisError) in
            let chosen = page.filter { $0.queue == "q1" }
            let outcomes = try await failures.retry(chosen, removing: true, now: 0)
            return page.count - outcomes.count
        }
        #expect(try bench.raw.call("LLEN", "resque:queue:q1").integer == 2000)
        #expect(try await failures.count() == 4000)
        let statistics = try #require(try bench.raw.call("INFO", "commandstats").string)
        #expect(!statistics.contains("cmdstat_lpos"))
        let removals = try #require(statistics.split(separator: "cmdstat_lrem:calls=").last?.prefix { $0.isNumber })
        #expect(try #require(Int(removals)) < 6000 / 200)
    }

    // MARK: - RedisMultiQueue

    @Test func listsOfRedisMultiQueueAreReadAndChanged() async throws {
        let bench = try await StoreBench()
        let failures = FailureLists(connection: bench.connection, bus: bench.bus)
        try bench.raw.call(
            "SADD", "resque:failed_queues", "b_failed", "a_failed", "queue:x_failed", "odd", "none_failed")
        try bench.raw.call("RPUSH", "resque:failed", entry(0))
        try bench.raw.call("RPUSH", "resque:a_failed", entry(1, queue: "a"), entry(2, queue: "a"))
        try bench.raw.call("RPUSH", "resque:b_failed", entry(3, queue: "b"))
        try bench.raw.call("RPUSH", "resque:queue:x_failed", "a job")
        #expect(try await failures.lists().map(\.name) == ["failed", "a_failed", "b_failed", "none_failed"])
        #expect(try await failures.lists().map(\.queue) == [nil, "a", "b", "none"])
        #expect(try await failures.count() == 4)
        let records = try await failures.entries(from: 1, count: 2)
        #expect(records.map(\.list) == ["a_failed", "a_failed"] && records.map(\.index) == [0, 1])
        #expect(try await failures.newest(3).count == 3)
        #expect(
            try await failures.retry(records, removing: true, now: 0) == [.pushed(queue: "a"), .pushed(queue: "a")])
        #expect(try bench.raw.call("LLEN", "resque:queue:a").integer == 2)
        #expect(try await failures.clear() == 2)
        #expect(try bench.raw.call("LLEN", "resque:queue:x_failed").integer == 1)
    }

    /// Ours go where Ruby's go: by queue while RedisMultiQueue is in use or asked for, else to `failed`.
    @Test(arguments: [
        (FailureBackend.found, false, "failed"), (.found, true, "q_failed"), (.redis, true, "failed"),
        (.multiQueue, false, "q_failed"), (.multiQueue, true, "q_failed"),
    ])
    func oursGoWhereRubysGo(backend: FailureBackend, isInUse: Bool, list: String) async throws {
        let bench = try await StoreBench()
        if isInUse { try bench.raw.call("SADD", "resque:failed_queues", "other_failed") }
        try await move(self.ours("q"), bench, backend)
        #expect(try bench.raw.call("LLEN", "resque:\(list)").integer == 1)
        let isNamed = try bench.raw.call("SISMEMBER", "resque:failed_queues", list).integer == 1
        #expect(isNamed == (list != "failed"))
    }

    /// Names that are no plain text, and keys of another type, are no reason to keep an entry back.
    @Test(arguments: ["odd\"name", "back\\slash", "taken", String(repeating: "long", count: 300)])
    func whatHasNoListOfItsOwnGoesToFailed(queue: String) async throws {
        let bench = try await StoreBench()
        try bench.raw.call("SET", "resque:taken_failed", "no list")
        try await move(ours(queue), bench, .multiQueue)
        #expect(try bench.raw.call("LLEN", "resque:failed").integer == 1)
        #expect(try bench.raw.call("EXISTS", "resque:failed_queues").integer == 0)
    }

    private func ours(_ queue: String) -> [UInt8] {
        // No JSON, so that the entry holds the bytes as well.
        [0x7B, 0xFF].withUnsafeBytes { element in
            FailureEntry(failedAt: 0, exception: "E", message: "m", worker: "w", queue: queue).encoded(for: element)
        }
    }

    private func move(_ entry: [UInt8], _ bench: StoreBench, _ backend: FailureBackend) async throws {
        try bench.raw.call([Array("RPUSH".utf8), Array("resque:busdriver:failed".utf8), entry])
        var pipeline = RedisPipeline()
        pipeline.appendMoveOfFailures(bus: BusKeys(failureBackend: backend))
        #expect(try await bench.connection.sendChecked(pipeline)[0].integer == 0)
    }

    @Test func clearSaysHowMany() async throws {
        let bench = try await StoreBench()
        let failures = FailureLists(connection: bench.connection, bus: bench.bus)
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
