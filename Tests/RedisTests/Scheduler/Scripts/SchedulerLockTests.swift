import BusProtocol
import BusWire
import RedisConnection
import RedisTestSupport
import Testing

/// Every branch of `take_lock.lua`, `renew_lock.lua` and `release_lock.lua`.
@Suite(.timeLimit(.minutes(1))) struct SchedulerLockTests {
    private func lock(_ bench: StoreBench, _ value: String, seconds: Int = 180) -> SchedulerLock {
        SchedulerLock(
            connection: bench.connection, identity: .init(bus: bench.bus, value: value), seconds: seconds)
    }

    private func renew(_ lock: SchedulerLock, _ bench: StoreBench) async throws -> Bool {
        var pipeline = RedisPipeline()
        lock.appendRenewal(to: &pipeline)
        return try await bench.connection.sendChecked(pipeline)[0].integer == 1
    }

    private func leader(_ bench: StoreBench) async throws -> SchedulerLock.Holder? {
        try await SchedulerLock.holder(of: bench.bus.schedulerLock, bench.connection)
    }

    @Test func theKeyIsRubys() {
        #expect(BusKeys().schedulerLock == "resque:resque:resque_scheduler_master_lock")
        let identity = SchedulerLock.Identity(bus: BusKeys(namespace: "ns"), prefix: "blue", value: "v")
        #expect(identity.key == "ns:ns:blue:resque_scheduler_master_lock")
        #expect(BusKeys(namespace: "").schedulerLock(prefix: "blue") == "blue:resque_scheduler_master_lock")
    }

    @Test func oneLeads() async throws {
        let bench = try await StoreBench()
        let first = lock(bench, "h:1:a")
        let second = lock(bench, "h:2:b", seconds: 60)
        #expect(try await leader(bench) == nil)
        #expect(try await first.take() == nil)
        #expect(try await second.take() == "h:1:a")
        #expect(try await renew(second, bench) == false)
        #expect(try await second.release() == false)
        let holder = try #require(try await leader(bench))
        #expect(holder.value == "h:1:a")
        #expect((.seconds(170)...(.seconds(180))).contains(try #require(holder.remaining)))
        #expect(try await first.release())
        #expect(try await leader(bench) == nil)
        #expect(try await second.take() == nil, "the hand-over is immediate")
        #expect(try await renew(first, bench) == false)
        #expect(try await leader(bench)?.value == "h:2:b")
    }

    @Test func theLeaderLeadsOn() async throws {
        let bench = try await StoreBench()
        let lock = lock(bench, "h:1:a")
        #expect(try await lock.take() == nil)
        let key = lock.identity.key
        for again in [lock.take, { try await renew(lock, bench) ? nil : "lost" }] as [() async throws -> String?] {
            try bench.raw.call("EXPIRE", key, "5")
            #expect(try await again() == nil)
            #expect(try #require(bench.raw.call("TTL", key).integer) > 170)
        }
    }

    @Test func aLockThatEndedIsLost() async throws {
        let bench = try await StoreBench()
        let lock = lock(bench, "h:1:a")
        #expect(try await renew(lock, bench) == false)
        #expect(try await lock.release() == false)
        #expect(try bench.raw.call("EXISTS", lock.identity.key).integer == 0)
    }

    /// As a Ruby scheduler writes it, or an operator by hand.
    @Test func aForeignLockIsRespected() async throws {
        let bench = try await StoreBench()
        let lock = lock(bench, "h:1:a")
        try bench.raw.call("SET", lock.identity.key, "localhost:22095")
        #expect(try await lock.take() == "localhost:22095")
        let holder = try #require(try await leader(bench))
        #expect(holder.value == "localhost:22095" && holder.remaining == nil && holder.isRuby)
        #expect(try bench.raw.call("TTL", lock.identity.key).integer == -1)
    }

    @Test(arguments: [
        ("web-1:22095", true), ("web-1.example.com:1", true), ("::1:22095", true), ("by hand", true), ("", true),
        ("h:1:a", false), ("web-1:22095:3f2a", false), ("h:1:12345", false),
    ]) func rubysLeadersAreKnownByTheirValue(value: String, isRuby: Bool) {
        #expect(SchedulerLock.Holder(value: value, remaining: nil).isRuby == isRuby)
    }

    @Test func aLockOfAnotherTypeIsNamed() async throws {
        let bench = try await StoreBench()
        try bench.raw.call("RPUSH", bench.bus.schedulerLock, "x")
        let error = await #expect(throws: RedisError.self) {
            try await SchedulerLock.holder(of: bench.bus.schedulerLock, bench.connection)
        }
        #expect(error?.message.hasPrefix("\(bench.bus.schedulerLock) has another type of value") == true)
    }

    @Test func whenMemoryIsFullALeaderStaysOneAndNobodyBecomesOne() async throws {
        let bench = try await StoreBench()
        let lock = lock(bench, "h:1:a")
        #expect(try await lock.take() == nil)
        try bench.raw.call("CONFIG", "SET", "maxmemory", "1")
        #expect(try await renew(lock, bench))
        #expect(try await lock.take() == nil)
        #expect(try await lock.release())
        await #expect(throws: (any Error).self) { try await lock.take() }
        #expect(try await leader(bench) == nil)
    }
}
