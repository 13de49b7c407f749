import BusOperations
import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// What operators ask of a real Redis, without a process.
@Suite(.timeLimit(.minutes(1))) struct OverviewTests {
    @Test func everybodyWhoWorksIsListed() async throws {
        let bench = try await StoreBench()
        let now = Int(try bench.raw.time()) * 1000
        try bench.raw.call("SADD", "resque:workers", "h+swift:9:bus_incoming", "h:10:other", "a:1:q")
        try bench.raw.call("RPUSH", "resque:worker:a:1:q", "list")
        for (registry, id, lease) in [
            ("drivers", "h:9:ab", 60_000), ("drivers", "h:10:cd", 60_000), ("riders", "h:11:ef", 60_000),
            ("riders", "h:12:ff", -1000),
        ] {
            try bench.raw.call("ZADD", "resque:busdriver:\(registry)", String(now + lease), id)
        }
        let overview = try await WorkerOverview(connection: bench.connection, bus: bench.bus)
        #expect(overview.views.map(\.worker.id) == ["a:1:q", "h+swift:9:bus_incoming", "h:10:other"])
        #expect(overview.views.map(\.isStale) == [false, false, false])
        #expect(overview.unreadable == ["resque:worker:a:1:q"])
        #expect(try await overview.unlisted() == ["h:10:cd", "h:11:ef"])
        #expect(try await !overview.arePaused())
        try bench.raw.call("SET", "resque:pause-all-workers", "true")
        #expect(try await overview.arePaused())
    }

    @Test func queuesStandBesideTheirFailures() async throws {
        let bench = try await StoreBench()
        try bench.raw.call("SADD", "resque:queues", "b", "wrong")
        try bench.raw.call("RPUSH", "resque:queue:b", "job")
        try bench.raw.call("SET", "resque:queue:wrong", "text")
        try bench.raw.call("SADD", "resque:failed_queues", "b_failed", "c_failed")
        try bench.raw.call("RPUSH", "resque:c_failed", "entry")
        func rows() async throws -> [String] {
            try await QueueOverview(connection: bench.connection, bus: bench.bus).rows.map(\.json.text)
        }
        #expect(
            try await rows() == [
                #"{"queue":"b","jobs":1,"failed":0}"#, #"{"queue":"c","jobs":0,"failed":1}"#,
                #"{"queue":"wrong","jobs":null}"#,
            ])
        try bench.raw.call("SET", "resque:failed", "text")
        #expect(try await rows() == [#"{"queue":"b","jobs":1}"#, #"{"queue":"wrong","jobs":null}"#])
    }

    @Test func subscriptionsAreRemovedByScope() async throws {
        let bench = try await StoreBench()
        func fill() throws {
            try bench.raw.call("SADD", "resque:bus_apps", "app_b")
            for (key, queue) in [("a", "q1"), ("b", "q2"), ("c", "q2")] {
                try bench.raw.call(
                    "HSET", "resque:bus_app:app_b", key,
                    #"{"queue_name":"\#(queue)","key":"\#(key)","class":"X","matcher":{"n":"1"}}"#)
            }
        }
        let removal = SubscriptionRemoval(connection: bench.connection, bus: bench.bus)
        try fill()
        #expect(try await removal.remove(.key("a"), of: "app_b") == ["a"])
        #expect(try await removal.remove(.key("a"), of: "app_b") == [])
        #expect(try await removal.remove(.queue("q2"), of: "app_b").sorted() == ["b", "c"])
        try fill()
        #expect(try await removal.remove(.all, of: "app_b").sorted() == ["a", "b", "c"])
        #expect(try bench.raw.call("EXISTS", "resque:bus_app:app_b", "resque:bus_apps").integer == 0)
    }

    /// Drivers, what drivers left that are not registered any more, riders, and then workers that nobody knows.
    @Test func theDeadAreRecoveredInOrder() async throws {
        let bench = try await StoreBench()
        try bench.raw.call("ZADD", "resque:busdriver:drivers", "1", "h:1:gone")
        try bench.raw.call("ZADD", "resque:busdriver:riders", "1", "h:2:gone")
        try bench.raw.call("RPUSH", "resque:busdriver:inf:h:3:orphan:7", "event")
        try bench.raw.call("SADD", "resque:workers", "h+swift:4:q")
        func outcomes() async throws -> [String] {
            var told: [String] = []
            let recovery = DeadRecovery(connection: bench.connection, bus: bench.bus, leases: .respected)
            try await recovery.run { outcome in
                switch outcome {
                case .driver(let id, let outcome, _): told.append("driver \(id) \(outcome)")
                case .rider(let id, let outcome, _): told.append("rider \(id) \(outcome)")
                case .unlisted(let id): told.append("unlisted \(id)")
                }
            }
            return told
        }
        let told = try await outcomes()
        #expect(
            told.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == [
                "driver h:1:gone", "driver h:3:orphan", "rider h:2:gone", "unlisted h+swift:4:q",
            ])
        #expect(try bench.raw.call("LRANGE", "resque:queue:bus_incoming", "0", "-1").strings == ["event"])
        #expect(try await outcomes() == [])
    }

    @Test func schedulesAreNamedOrTheirNamesAreTold() async throws {
        let bench = try await StoreBench()
        try bench.raw.call("HSET", "resque:persistent_schedules", "a", #"{"every":"1h","queue":"q"}"#, "b", "text")
        try bench.raw.call("SET", RawRedis.schedulerLock, "host:1", "EX", "180")
        let known = try await KnownSchedules(
            connection: bench.connection, bus: bench.bus, lock: RawRedis.schedulerLock)
        #expect(known.leader?.isRuby == true)
        #expect(try known.named(["b", "a"]).map(\.status) == [.refused, .running])
        let error = #expect(throws: OperationError.self) { try known.named(["a", "c"]) }
        #expect(
            error?.message == "There is no schedule 'c'; there are a, b. "
                + "What a Ruby scheduler has in its memory cannot be seen.")
    }

    @Test func anEventAndWhatItHasLedToAreFound() async throws {
        let bench = try await StoreBench()
        let client = RubyClient(bench.raw)
        for event in [
            [("bus_event_type", "seen"), ("bus_id", "17-ab"), ("bus_published_at", 1)],
            [("bus_event_type", "next"), ("bus_id", "child"), ("bus_parent_id", "17-ab")],
            [("bus_event_type", "last"), ("bus_id", "c2"), ("bus_parent_id", "child")],
        ] as [[(String, RubyValue)]] {
            try client.push(RubyClient.job(event, proxy: "::QueueBus::Rider"))
        }
        var trace = EventTrace(id: "17-ab")
        let isAll = try await trace.search(connection: bench.connection, bus: bench.bus)
        #expect(isAll)
        #expect(trace.timeline.descendants == ["child", "c2"])
        #expect(trace.timeline.entries.filter { $0.kind == .waiting }.count == 3)
    }
}
