import BusProtocol
import BusWire
import RedisConnection
import RedisTestSupport
import Testing

/// The schedules in Redis, of which Ruby writes some and we others.
@Suite(.timeLimit(.minutes(1))) struct ScheduleRegistryTests {
    private func registry(_ bench: StoreBench) -> ScheduleRegistry {
        ScheduleRegistry(connection: bench.connection, bus: bench.bus)
    }

    private static func json(_ number: Int) -> [UInt8] { Array(#"{"every":"\#(number + 1)s","queue":"q"}"#.utf8) }

    @Test func theKeysAreRubys() {
        let bus = BusKeys()
        #expect(bus.persistentSchedules == "resque:persistent_schedules")
        #expect(bus.schedulesChanged == "resque:schedules_changed")
    }

    @Test func aNewLeaderFindsEverythingAndForgetsWhatWasAnnounced() async throws {
        let bench = try await StoreBench()
        let registry = registry(bench)
        let empty = try await registry.load()
        #expect(empty.persistent.isEmpty && empty.states.isEmpty && empty.paused.isEmpty)
        // Ruby's set_schedule, word for word.
        try bench.raw.call("HSET", "resque:persistent_schedules", "nightly", #"{"cron":"0 3 * * *"}"#)
        try bench.raw.call("SADD", "resque:schedules_changed", "nightly")
        try bench.raw.call("HSET", bench.bus.scheduleFirings, "nightly", "5000 cron:0_3_*_*_*")
        try bench.raw.call("SADD", bench.bus.pausedSchedules, "hourly")
        let contents = try await registry.load()
        #expect(contents.persistent.map(\.name) == ["nightly"])
        #expect(contents.persistent[0].json == Array(#"{"cron":"0 3 * * *"}"#.utf8))
        #expect(contents.states == [ExactString("nightly"): "5000 cron:0_3_*_*_*"])
        #expect(contents.paused == [ExactString("hourly")])
        #expect(try await registry.takeChanges() == [])
    }

    /// What another process sets meanwhile is among what was read, or announced afterwards.
    @Test func aChangeWhileANewLeaderReadsIsNotMissed() async throws {
        let bench = try await StoreBench()
        let registry = registry(bench)
        let (server, bus) = (bench.server, bench.bus)
        let ruby = RepeatingThread {
            let redis = try server.connect()
            var number = 0
            return {
                try redis.call("HSET", bus.persistentSchedules, String(number), #"{"every":"1s","queue":"q"}"#)
                try redis.call("SADD", bus.schedulesChanged, String(number))
                number += 1
            }
        }
        for _ in 0..<100 {
            let read = try await registry.load().persistent.map(\.name)
            let known = Set((try await read + registry.takeChanges()).compactMap(Int.init))
            if let first = known.min(), let last = known.max() { #expect(known == Set(first...last)) }
            try bench.raw.call("DEL", bus.persistentSchedules, bus.schedulesChanged)
        }
        try ruby.finish()
    }

    /// Whoever looks on must not take the announcements from the leader.
    @Test func toLookIsNotToTake() async throws {
        let bench = try await StoreBench()
        let registry = registry(bench)
        _ = try await registry.put("a", json: Self.json(0))
        #expect(try await registry.contents().persistent.count == 1)
        #expect(try await registry.takeChanges() == ["a"])
    }

    @Test func tenThousandSchedulesAreReadTakenAndPublished() async throws {
        let bench = try await StoreBench()
        let registry = registry(bench)
        let names = (0..<10_000).map { "schedule \($0)" }
        try bench.raw.pipeline(
            names.enumerated().flatMap { number, name in
                [
                    ["HSET", bench.bus.persistentSchedules, name, String(decoding: Self.json(number), as: UTF8.self)],
                    ["HSET", bench.bus.scheduleFirings, name, "\(number) every:1000:1000"],
                    ["HSET", bench.bus.lastEnqueuedAt, name, "2026-11-21 06:00:00 UTC"],
                    ["SADD", bench.bus.schedulesChanged, name],
                ]
            })
        #expect(try await Set(registry.takeChanges()) == Set(names))
        #expect(try await registry.pause(names) == 10_000)
        let contents = try await registry.contents()
        let found = Dictionary(uniqueKeysWithValues: contents.persistent.map { ($0.name, $0.json) })
        #expect(found == Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Self.json($0)) }))
        #expect(contents.states.count == 10_000 && contents.paused.count == 10_000)
        #expect(contents.states[ExactString("schedule 77")] == "77 every:1000:1000")
        let current = try await registry.current(names)
        #expect(current.map(\.name) == names)
        #expect(current.enumerated().allSatisfy { $1.json == Self.json($0) && $1.isPaused })
        #expect(try await registry.lastEnqueued().count == 10_000)
        let published = names.enumerated().map { number, name in
            PublishedSchedule(name: name, source: .redis, definition: Self.json(number))
        }
        try await registry.publish(published)
        #expect(try await Set(registry.published()) == Set(published))
        #expect(try bench.raw.call("KEYS", "resque:busdriver:schedules*").strings == [bench.bus.publishedSchedules])
        try await registry.publish(changed: [], removed: Array(names.dropFirst()))
        #expect(try await registry.published() == [published[0]])
    }

    /// Each announcement is heard by one of those who ask, and none is heard twice.
    @Test func namesOfOneLookAreTakenOnce() async throws {
        let bench = try await StoreBench()
        let registry = registry(bench)
        try bench.raw.pipeline((0..<1000).map { ["SADD", bench.bus.schedulesChanged, "n\($0)"] })
        let names = try await registry.takeChanges() + registry.takeChanges()
        #expect(names.sorted() == (0..<1000).map { "n\($0)" }.sorted())
    }

    @Test func anEntryIsPutAndRemovedAndEachIsAnnounced() async throws {
        let bench = try await StoreBench()
        let registry = registry(bench)
        #expect(try await registry.put("a", json: Self.json(0)))
        #expect(try await registry.put("a", json: Self.json(1)) == false)
        #expect(
            try bench.raw.call("HGETALL", "resque:persistent_schedules").strings == [
                "a", #"{"every":"2s","queue":"q"}"#,
            ])
        #expect(try await registry.takeChanges() == ["a"])
        #expect(
            try await registry.current(["a", "b"]) == [
                .init(name: "a", json: Self.json(1), state: nil, lastEnqueued: nil, isPaused: false),
                .init(name: "b", json: nil, state: nil, lastEnqueued: nil, isPaused: false),
            ])
        try bench.raw.call("HSET", bench.bus.scheduleFirings, "a", "1 every:2000:2000 5", "b", "1 x")
        #expect(try await registry.pause(["a", "b"]) == 2)
        #expect(try await registry.takeChanges().sorted() == ["a", "b"])
        #expect(try await registry.current(["a"])[0].state == "1 every:2000:2000 5")
        #expect(try await registry.remove("a"))
        #expect(try await registry.takeChanges() == ["a"])
        #expect(try await registry.remove("a") == false)
        #expect(
            try await registry.current(["a", "b"]) == [
                .init(name: "a", json: nil, state: nil, lastEnqueued: nil, isPaused: false),
                .init(name: "b", json: nil, state: "1 x", lastEnqueued: nil, isPaused: true),
            ])
        try await registry.forgetState("b")
        #expect(try await registry.current(["b"])[0].state == nil)
    }

    @Test func pausingTwiceIsPausingOnce() async throws {
        let bench = try await StoreBench()
        let registry = registry(bench)
        #expect(try await registry.pause([]) == 0)
        #expect(try await registry.pause(["a"]) == 1)
        #expect(try await registry.pause(["a"]) == 0)
        #expect(try await registry.resume(["a", "b"]) == 1)
        #expect(try await registry.contents().paused.isEmpty)
    }

    /// Ruby tells "é" from "é"; Swift's `String` does not.
    @Test func namesAreKeptApartByTheirBytes() async throws {
        let bench = try await StoreBench()
        let registry = registry(bench)
        let names = ["caf\u{e9}", "cafe\u{301}"]
        for (number, name) in names.enumerated() {
            _ = try await registry.put(name, json: Self.json(number))
            try bench.raw.call("HSET", bench.bus.scheduleFirings, name, "\(number) x")
            try bench.raw.call("HSET", bench.bus.lastEnqueuedAt, name, "t")
        }
        let schedules = names.map { PublishedSchedule(name: $0, source: .redis, definition: Self.json(0)) }
        try await registry.publish(schedules)
        #expect(try await registry.published().count == 2)
        #expect(try await registry.lastEnqueued().count == 2)
        let contents = try await registry.load()
        #expect(contents.persistent.count == 2)
        #expect(names.map { contents.states[ExactString($0)] } == ["0 x", "1 x"])
        #expect(try await registry.pause([names[0]]) == 1)
        #expect(try await registry.current(names).map(\.isPaused) == [true, false])
    }

    @Test func aLeaderPublishesWhatItRunsInsteadOfWhatAnEarlierOneRan() async throws {
        let bench = try await StoreBench()
        let registry = registry(bench)
        func schedule(_ name: String, _ source: PublishedSchedule.Source, _ number: Int = 0) -> PublishedSchedule {
            PublishedSchedule(name: name, source: source, definition: Self.json(number))
        }
        #expect(try await registry.published() == [])
        try await registry.publish([schedule("a", .file), schedule("b", .code)])
        #expect(
            try bench.raw.call("HGET", "resque:busdriver:schedules", "a").string
                == #"{"source":"file","definition":{"every":"1s","queue":"q"}}"#)
        try await registry.publish(changed: [schedule("c", .redis), schedule("b", .code, 1)], removed: ["a", "z"])
        #expect(try await registry.published() == [schedule("b", .code, 1), schedule("c", .redis)])
        // What somebody else wrote there is nobody's schedule.
        try bench.raw.call(
            "HSET", bench.bus.publishedSchedules, "x", "text", "y", #"{"source":"moon","definition":{}}"#)
        #expect(try await registry.published().map(\.name) == ["b", "c"])
        // A leader died while it published.
        try bench.raw.call("HSET", "resque:busdriver:schedules:new", "left over", "{}")
        try await registry.publish([schedule("d", .file)])
        #expect(try await registry.published() == [schedule("d", .file)])
        try await registry.publish([])
        #expect(try await registry.published() == [])
        try await registry.publish(changed: [], removed: [])
    }

    @Test(arguments: ["persistent_schedules", "schedules_changed", "busdriver:cron", "busdriver:paused"])
    func aKeyOfAnotherTypeIsNamed(name: String) async throws {
        let bench = try await StoreBench()
        let registry = registry(bench)
        try bench.raw.call("RPUSH", bench.bus.key(name), "x")
        let calls: [(keys: [String], () async throws -> Void)] = [
            (
                ["persistent_schedules", "busdriver:cron", "busdriver:paused"],
                { _ = try await registry.load() }
            ),
            (
                ["persistent_schedules", "busdriver:cron", "busdriver:paused"],
                { _ = try await registry.current(["a"]) }
            ),
            (["persistent_schedules", "schedules_changed"], { _ = try await registry.put("a", json: Self.json(0)) }),
            (
                ["persistent_schedules", "schedules_changed", "busdriver:cron", "busdriver:paused"],
                { _ = try await registry.remove("a") }
            ),
            (["schedules_changed", "busdriver:paused"], { try await registry.pause(["a"]) }),
            (["schedules_changed", "busdriver:paused"], { try await registry.resume(["a"]) }),
        ]
        // load() deletes what is announced, of whatever type, so it comes last.
        for (keys, call) in calls.dropFirst() + calls.prefix(1) where keys.contains(name) {
            let error = await #expect(throws: RedisError.self) { try await call() }
            #expect(
                error?.message
                    == "resque:\(name) has another type of value than it should; rename or delete that key.")
        }
    }

    @Test func whatMayNotBeDoneIsNotHalfDone() async throws {
        let bench = try await StoreBench()
        try bench.raw.call("CONFIG", "SET", "maxmemory", "1")
        let error = await #expect(throws: RedisError.self) {
            try await registry(bench).put("a", json: Self.json(0))
        }
        #expect(error?.message.contains("OOM") == true)
        #expect(try bench.raw.call("EXISTS", "resque:persistent_schedules", "resque:schedules_changed").integer == 0)
    }
}
