import BusOperations
import BusProtocol
import BusWire
import RedisConnection
import RedisTestSupport
import Testing

/// What waits for its time, as a Ruby client has written it.
@Suite(.timeLimit(.minutes(1))) struct DelayedJobsTests {
    private typealias Scripts = PromoterBench

    private func delayed(_ bench: StoreBench) -> DelayedQueue {
        DelayedQueue(connection: bench.connection, bus: bench.bus)
    }

    private func delay(_ bench: StoreBench, _ items: [String], until time: Int) throws {
        var commands: [[String]] = []
        for item in items {
            commands.append(["RPUSH", bench.bus.delayed(time), item])
            commands.append(["SADD", bench.bus.timestamps(item), BusKeys.delayedName(time)])
            commands.append(["ZADD", bench.bus.delayedSchedule, String(time), String(time)])
        }
        try bench.raw.pipeline(commands)
    }

    private func list(_ bench: StoreBench, _ key: String) throws -> [String] {
        try bench.raw.call("LRANGE", key, "0", "-1").strings
    }

    private func payload(_ number: Int) -> JobPayload {
        JobPayload(className: "Job", arguments: [.integer(number)])
    }

    @Test(.timeLimit(.minutes(1))) func timesThatNoClientWritesArePassedOver() async throws {
        let bench = try await StoreBench()
        let delayed = delayed(bench)
        for (score, name) in [("100", "5"), ("7.5", "7.5"), ("8", "08"), ("inf", "9"), ("11", "soon")] {
            try bench.raw.call("ZADD", bench.bus.delayedSchedule, score, name)
        }
        try delay(bench, [Scripts.item(1)], until: 10)
        #expect(try await delayed.count() == 1)
        #expect(try await delayed.dueTimes(count: 100).map(\.time) == [10])
        #expect(try await delayed.remove { _ in true } == 1)
    }

    @Test func timesAndJobsAreReadByPages() async throws {
        let bench = try await StoreBench()
        let delayed = delayed(bench)
        #expect(try await delayed.nextTime() == nil)
        #expect(try await delayed.count() == 0)
        for time in 0..<1500 { try delay(bench, [Scripts.item(time)], until: 10_000 + time) }
        try delay(bench, (0..<200).map { Scripts.item($0) }, until: 10_001)
        #expect(try await delayed.count() == 1700)
        #expect(try await delayed.timeCount() == 1500)
        #expect(try await delayed.nextTime() == 10_000)
        let first = try await delayed.dueTimes(count: 2)
        #expect(first.map(\.time) == [10_000, 10_001] && first.map(\.count) == [1, 201])
        #expect(try await delayed.dueTimes(after: 11_498, count: 5).map(\.time) == [11_499])
        #expect(try await delayed.dueTimes(after: 11_499, count: 5).isEmpty)
        let jobs = try await delayed.jobs(at: 10_001, from: 100, count: 500)
        #expect(jobs.map(\.payload) == (99..<200).map(payload))
        #expect(jobs.allSatisfy { $0.queue == "jobs" && $0.time == 10_001 })
        #expect(try await delayed.times(of: payload(1), on: "jobs") == [10_001])
        #expect(try await delayed.times(of: payload(5), on: "jobs") == [10_001, 10_005])
        #expect(try await delayed.times(of: payload(5), on: "others") == [])
    }

    @Test func whatIsNoJobIsShownAsItIs() async throws {
        let bench = try await StoreBench()
        try delay(bench, ["not json", #"{"class":"Job","args":[]}"#], until: 5)
        let jobs = try await delayed(bench).jobs(at: 5, count: 10)
        #expect(jobs.map(\.payload) == [nil, nil])
        #expect(jobs[0].bytes == Array("not json".utf8))
    }

    /// A scheduler has to deal with it all the same.
    @Test func aTimeThatIsNoNumberIsNotPassedBy() async throws {
        let bench = try await StoreBench()
        try bench.raw.call("ZADD", bench.bus.delayedSchedule, "4.5", "text")
        try delay(bench, [Scripts.item(1)], until: 7)
        #expect(try await delayed(bench).nextTime() == 5)
        #expect(try await delayed(bench).count() == 1)
        #expect(try await delayed(bench).remove { _ in true } == 1)
    }

    @Test func aJobIsRemovedFromEveryTime() async throws {
        let bench = try await StoreBench()
        let items = [Scripts.item(1), Scripts.item(2), Scripts.item(1)]
        try delay(bench, items, until: 5)
        try delay(bench, items, until: 6)
        #expect(try await delayed(bench).remove(payload(1), on: "others") == 0)
        #expect(try await delayed(bench).remove(payload(1), on: "jobs") == 4)
        #expect(try list(bench, "resque:delayed:5") == [items[1]])
        #expect(try bench.raw.call("EXISTS", bench.bus.timestamps(items[0])).integer == 0)
        #expect(try bench.raw.call("SCARD", bench.bus.timestamps(items[1])).integer == 2)
        #expect(try await delayed(bench).remove(payload(1), on: "jobs") == 0)
        #expect(try await delayed(bench).remove(payload(2), on: "jobs") == 2)
        // As in Ruby, the schedule is tidied when the time has come.
        #expect(try bench.raw.call("KEYS", "*").strings == ["resque:delayed_queue_schedule"])
    }

    @Test func aPredicateFindsWhatIsMeant() async throws {
        let bench = try await StoreBench()
        let items = (0..<300).map { Scripts.item($0 % 150) }
        try delay(bench, items, until: 5)
        try delay(bench, items, until: 6)
        // The Data adapter notes nothing in `timestamps:`.
        try bench.raw.call("RPUSH", "resque:delayed:6", Scripts.item(1000))
        try bench.raw.call("SET", "resque:delayed:7", "text")
        try bench.raw.call("ZADD", bench.bus.delayedSchedule, "7", "7")
        let removed = try await delayed(bench).remove { job in
            guard case .number(let text)? = job.payload?.arguments.first, let number = Int(text) else { return false }
            return number.isMultiple(of: 2) || (job.time == 6 && number < 10)
        }
        #expect(removed == 150 + 160 + 1)
        #expect(
            try list(bench, "resque:delayed:5")
                == (0..<300).map { $0 % 150 }.filter { $0 % 2 == 1 }.map { Scripts.item($0) })
        #expect(
            try list(bench, "resque:delayed:6")
                == (0..<300).map { $0 % 150 }.filter { $0 % 2 == 1 && $0 >= 10 }.map { Scripts.item($0) })
        #expect(try bench.raw.call("EXISTS", bench.bus.timestamps(Scripts.item(2))).integer == 0)
        #expect(try bench.raw.call("SMEMBERS", bench.bus.timestamps(Scripts.item(3))).strings == ["delayed:5"])
    }

    @Test func aJobRunsNow() async throws {
        let bench = try await StoreBench()
        let items = [Scripts.item(1), Scripts.item(2), Scripts.item(1)]
        try delay(bench, items, until: 5)
        try delay(bench, items, until: 6)
        #expect(try await delayed(bench).run(payload(1), on: "jobs") == 4)
        #expect(try list(bench, "resque:queue:jobs") == Array(repeating: Scripts.pushed(1), count: 4))
        #expect(try bench.raw.call("SMEMBERS", "resque:queues").strings == ["jobs"])
        #expect(try list(bench, "resque:delayed:6") == [items[1]])
        #expect(try bench.raw.call("EXISTS", bench.bus.timestamps(items[0])).integer == 0)
        #expect(try await delayed(bench).run(payload(1), on: "jobs") == 0)
    }

    @Test func whatAPredicateFindsRunsInOrder() async throws {
        let bench = try await StoreBench()
        try delay(bench, (100..<200).map { Scripts.item($0) } + ["not json"], until: 6)
        try delay(bench, (0..<100).map { Scripts.item($0) } + [#"{"class":"Job","queue":"jobs","args":5}"#], until: 5)
        #expect(try await delayed(bench).run { _ in true } == 201)
        #expect(
            try list(bench, "resque:queue:jobs")
                == (0..<100).map { Scripts.pushed($0) } + [Scripts.pushed(5)] + (100..<200).map { Scripts.pushed($0) })
        #expect(try list(bench, "resque:delayed:6") == ["not json"])
        #expect(try bench.raw.call("KEYS", "resque:timestamps:*").strings == ["resque:timestamps:not json"])
    }

    @Test func aJobThatCannotRunStays() async throws {
        let bench = try await StoreBench()
        try delay(bench, [Scripts.item(1)], until: 5)
        try bench.raw.call("SET", "resque:queue:jobs", "text")
        let before = try bench.raw.call("DEBUG", "DIGEST").string
        let error = await #expect(throws: RedisError.self) { try await delayed(bench).run(payload(1), on: "jobs") }
        #expect(error?.message.contains("resque:queue:jobs") == true)
        #expect(try bench.raw.call("DEBUG", "DIGEST").string == before)
    }

    @Test(arguments: ["lrem", "rpush", "sadd", "srem", "type"])
    func whatAUserMayNotDoIsNotBegun(command: String) async throws {
        let bench = try await StoreBench()
        try delay(bench, [Scripts.item(1)], until: 5)
        let user = try bench.server.user(without: command)
        let before = try bench.raw.call("DEBUG", "DIGEST").string
        let answer = try user.reply(
            to: [
                "EVAL", Self.runDelayed, "4", "resque:delayed:5", "resque:queues", "resque:queue:jobs",
                bench.bus.timestamps(Scripts.item(1)), "5", Scripts.item(1), "0", "jobs", Scripts.pushed(1),
            ])
        #expect(answer.words[0].contains("NOPERM") || answer.words[0].contains("can't run this command"))
        #expect(try bench.raw.call("DEBUG", "DIGEST").string == before)
    }

    private static let runDelayed = Script.runDelayed.text

    @Test func aFullMemoryKeepsNothingFromRunning() async throws {
        let bench = try await StoreBench()
        try delay(bench, [Scripts.item(1)], until: 5)
        try bench.raw.call("CONFIG", "SET", "maxmemory", "1")
        #expect(try await delayed(bench).run(payload(1), on: "jobs") == 1)
        #expect(try list(bench, "resque:queue:jobs") == [Scripts.pushed(1)])
    }

    /// A client that died between RPUSH and ZADD (contract §9, no. 10).
    @Test func orphanedListsAreAdopted() async throws {
        let bench = try await StoreBench()
        try delay(bench, [Scripts.item(1)], until: 5)
        for time in [7, 3, 1_795_240_800] { try bench.raw.call("RPUSH", "resque:delayed:\(time)", Scripts.item(2)) }
        try bench.raw.call("HSET", "resque:delayed:last_enqueued_at", "name", "time")
        try bench.raw.call("SET", "resque:delayed:9", "text")
        try bench.raw.call("RPUSH", "resque:delayed:007", "x")
        try bench.raw.call("RPUSH", "other:delayed:8", "x")
        #expect(try await delayed(bench).adoptOrphans() == [3, 7, 1_795_240_800])
        #expect(
            try bench.raw.call("ZRANGE", bench.bus.delayedSchedule, "0", "-1", "WITHSCORES").strings
                == ["3", "3", "5", "5", "7", "7", "1795240800", "1795240800"])
        #expect(try await delayed(bench).adoptOrphans() == [])
    }
}
