import BusCalendar
import BusDriver
import BusProtocol
import BusScheduler
import BusWire
import Glibc
import RedisConnection
import RedisTestSupport
import Testing

/// The heartbeat that a leading scheduler publishes.
@Suite(.timeLimit(.minutes(1))) struct BusHeartbeatTests {
    private static let minute = HeartbeatBench.minute
    private static let now = HeartbeatBench.now

    @Test func eachMinuteIsPublishedOnce() async throws {
        let bench = try await HeartbeatBench()
        let heartbeat = bench.heartbeat()
        #expect(heartbeat.next(after: Self.now) == Self.now)
        // Every seven seconds for ten minutes.
        for now in stride(from: Self.now, to: Self.now + 600_000, by: 7000) {
            let beat = try await heartbeat.beat(now: now, believed: now)
            let isNew = now % 60_000 < 7000
            #expect(beat.outcome == (isNew ? .published(minutes: 1) : .nothing) && beat.remark == nil)
            #expect(heartbeat.next(after: now) == (now / 60_000 + 1) * 60_000)
        }
        #expect(try bench.minutes() == Array(Self.minute..<Self.minute + 10))
        #expect(try bench.timestamp() == Self.minute + 9)
    }

    /// One event by Ruby's job and our driver, one by a scheduler: the same bytes.
    @Test func theEventIsTheDrivers() async throws {
        try await RoleBench.run { driven in
            let bench = try await HeartbeatBench()
            _ = try await bench.heartbeat().beat(now: Self.now + 31_500, believed: nil)
            let redis = try driven.client()
            try RubyClient(redis).push(
                #"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"::QueueBus::Heartbeat\"}"]}"#)
            // The copy of a subscriber would differ by what the driver adds; the republished event waits on its own
            // list.
            try await driven.drain {
                $0.now = { Self.now / 1000 + 31 }
                $0.publishQueue = "republished"
            }
            let expected = try redis.call("LRANGE", "resque:queue:republished", "0", "-1").strings
            #expect(expected.count == 1)
            #expect(try bench.store.raw.call("LRANGE", "resque:queue:bus_incoming", "0", "-1").strings == expected)
        }
    }

    @Test func missedMinutesArePublishedInBatches() async throws {
        let bench = try await HeartbeatBench()
        try bench.setTimestamp(Self.minute - 300)
        let heartbeat = bench.heartbeat()
        for batch in 1...5 {
            let beat = try await heartbeat.beat(now: Self.now, believed: nil)
            #expect(beat.outcome == .published(minutes: 60))
            #expect(heartbeat.next(after: Self.now) == (batch < 5 ? Self.now : Self.now + 60_000))
            #expect(try bench.timestamp() == Self.minute - 300 + 60 * batch)
        }
        #expect(try bench.minutes() == Array(Self.minute - 299...Self.minute))
    }

    @Test func developersAreSparedTheNight() async throws {
        let bench = try await HeartbeatBench()
        try bench.setTimestamp(Self.minute - 600)
        _ = try await bench.heartbeat(mostBack: 3).beat(now: Self.now, believed: nil)
        #expect(try bench.minutes() == Array(Self.minute - 2...Self.minute))
    }

    @Test func localFieldsOverAChangeOfTheClocks() async throws {
        let bench = try await HeartbeatBench()
        // 2026-10-25 01:00 UTC: three o'clock becomes two o'clock.
        let change = 1_792_890_000
        try bench.setTimestamp(change / 60 - 3)
        let paris = try ZoneDirectory().zone(named: "Europe/Paris")
        _ = try await bench.heartbeat(zone: paris).beat(now: change * 1000 + 60_000, believed: nil)
        let times = try bench.events().map { event in
            ["hour", "minute", "day", "wday", "yday", "epoch_hours"].map { HeartbeatBench.integer(event[$0]) }
        }
        let hours = change / 3600
        #expect(
            times == [
                [2, 58, 25, 0, 298, hours - 1], [2, 59, 25, 0, 298, hours - 1], [2, 0, 25, 0, 298, hours],
                [2, 1, 25, 0, 298, hours],
            ])
    }

    // MARK: - Others who publish

    @Test func aRubyProcessIsWaitedFor() async throws {
        let bench = try await HeartbeatBench()
        let heartbeat = bench.heartbeat()
        try bench.setLock(Self.now / 1000 + 62)
        let beat = try await heartbeat.beat(now: Self.now, believed: nil)
        #expect(beat.outcome == .busy(until: Self.now + 1000))
        #expect(heartbeat.next(after: Self.now) == Self.now + 1000)
        // A clock that went back an hour does not make it wait for an hour.
        #expect(heartbeat.next(after: Self.now - 3_600_000) == Self.now - 3_600_000 + 1000)
        let late = Self.now + 63_000
        #expect(try await heartbeat.beat(now: late, believed: nil).outcome == .published(minutes: 1))
        #expect(try bench.minutes() == [Self.minute + 1])
    }

    @Test func aLockThatCannotBeIsIgnored() async throws {
        let bench = try await HeartbeatBench()
        let heartbeat = bench.heartbeat()
        try bench.setLock(Self.now / 1000 + 86_400)
        var beat = try await heartbeat.beat(now: Self.now, believed: nil)
        #expect(beat.outcome == .published(minutes: 1))
        #expect(beat.remark == .lockIgnored(until: Self.now / 1000 + 86_400))
        beat = try await heartbeat.beat(now: Self.now + 60_000, believed: nil)
        #expect(beat.outcome == .published(minutes: 1) && beat.remark == nil, "it is said once")
    }

    @Test func besideRubyEachMinuteIsPublishedOnce() async throws {
        let bench = try await HeartbeatBench()
        let clock = SharedClock(Self.now)
        let server = bench.store.server
        // The clock moves between Ruby's jobs only: Ruby's lock does not protect a job that was paused for a minute.
        let ruby = RepeatingThread {
            let client = RubyClient(try server.connect())
            var chance = Chance(seed: 5)
            return {
                try client.heartbeat { clock.now / 1000 }
                clock.advance(by: chance.number(5...130) * 1000)
                if chance.happens(50) { poll(nil, 0, 1) }
            }
        }
        let heartbeat = bench.heartbeat()
        let end = Self.now + 400 * 60_000
        // Between a look at this clock and the read of Ruby's lock minutes may pass, so no lock may seem to be held for
        // too long.
        let believed = end + 3_600_000
        while clock.now < end { _ = try await heartbeat.beat(now: clock.now, believed: believed) }
        try ruby.finish()
        let minutes = try bench.minutes()
        #expect(minutes == Array(Self.minute..<Self.minute + minutes.count))
        #expect(minutes.count >= 400)
        let hosts = try bench.events().map { $0["bus_app_hostname"]?.string }
        for host in ["web-1", "test-host"] { #expect(hosts.count { $0 == host } > 20) }
    }

    @Test func twoLeadersPublishEachMinuteOnce() async throws {
        let bench = try await HeartbeatBench()
        let clock = SharedClock(Self.now)
        let server = bench.store.server
        let chaos = RepeatingThread {
            let redis = try server.connect()
            var chance = Chance(seed: 6)
            return {
                try redis.call("SET", "resque:resque:resque_scheduler_master_lock", chance.happens(50) ? "a" : "b")
                clock.advance(by: chance.number(0...20) * 1000)
            }
        }
        let end = Self.now + 1000 * 60_000
        let connection = bench.store.connection
        async let first = Self.lead(as: "a", on: connection, by: clock, until: end)
        async let second = Self.lead(as: "b", on: connection, by: clock, until: end)
        let published = try await [first, second]
        try chaos.finish()
        let minutes = try bench.minutes()
        #expect(minutes == Array(Self.minute..<Self.minute + minutes.count))
        #expect(published.reduce(0, +) == minutes.count)
        #expect(published.allSatisfy { $0 > 50 })
    }

    /// - Returns: how many minutes it has published.
    @concurrent private static func lead(
        as value: String, on connection: any RedisClient, by clock: SharedClock, until end: Int
    ) async throws -> Int {
        let heartbeat = HeartbeatBench.heartbeat(on: connection, as: value)
        var count = 0
        while clock.now < end {
            let now = clock.now
            if case .published(let minutes) = try await heartbeat.beat(now: now, believed: nil).outcome {
                count += minutes
            }
        }
        return count
    }

    @Test func whoLeadsNoMorePublishesNothing() async throws {
        let bench = try await HeartbeatBench()
        let heartbeat = bench.heartbeat()
        try bench.lead("host:2:b")
        #expect(try await heartbeat.beat(now: Self.now, believed: nil).outcome == .notLeader)
        #expect(try bench.minutes() == [])
        try bench.lead("host:1:a")
        #expect(heartbeat.next(after: Self.now) == Self.now)
        #expect(try await heartbeat.beat(now: Self.now, believed: nil).outcome == .published(minutes: 1))
    }

    // MARK: - Where there is a heartbeat

    @Test func itGoesOnWhereItHasBeenRunning() async throws {
        let bench = try await HeartbeatBench()
        let heartbeat = bench.heartbeat(.whereItRuns)
        var beat = try await heartbeat.beat(now: Self.now, believed: nil)
        #expect(beat.outcome == .nothing && beat.remark == nil)
        #expect(heartbeat.next(after: Self.now) == Self.now + 60_000)
        #expect(try bench.timestamp() == nil)

        let week = 7 * 1440
        try bench.setTimestamp(Self.minute - week - 1)
        beat = try await heartbeat.beat(now: Self.now, believed: nil)
        #expect(beat.outcome == .nothing && beat.remark == .stopped(at: Self.minute - week - 1))
        #expect(beat.remark?.description.contains("2026-11-14 05:59:00 +0000; start with --heartbeat") == true)
        #expect(try await heartbeat.beat(now: Self.now, believed: nil).remark == nil, "it is said once")
        #expect(try bench.minutes() == [])

        try bench.setTimestamp(Self.minute - week)
        #expect(try await heartbeat.beat(now: Self.now, believed: nil).outcome == .published(minutes: 60))
        try bench.setTimestamp(Self.minute - week - 1)
        #expect(try await bench.heartbeat(.on).beat(now: Self.now, believed: nil).outcome == .published(minutes: 60))
    }

    @Test func offIsOff() async throws {
        let bench = try await HeartbeatBench()
        let heartbeat = bench.heartbeat(.off)
        try bench.setTimestamp(Self.minute - 1)
        #expect(heartbeat.next(after: Self.now) == nil)
        #expect(try await heartbeat.beat(now: Self.now, believed: nil).outcome == .nothing)
        #expect(try bench.minutes() == [])
    }

    @Test(arguments: ["", "soon", "0", "-5", "-9000000000000000000", "NaN", "-inf"])
    func whatIsNoMinuteIsNotCaughtUpFrom(text: String) async throws {
        let bench = try await HeartbeatBench()
        try bench.store.raw.call("SET", bench.store.bus.busHeartbeatTimestamp, text)
        let beat = try await bench.heartbeat().beat(now: Self.now, believed: nil)
        #expect(beat.outcome == .nothing && beat.remark == .unreadable)
        #expect(try bench.minutes() == [])
    }

    // MARK: - Clocks and refusals

    @Test func aMinuteThatTheClockNeverShowedIsSetRight() async throws {
        let bench = try await HeartbeatBench()
        for ahead in [2, 60, 9_223_372_036_854_775_807 - Self.minute] {
            try bench.setTimestamp(Self.minute + ahead)
            let heartbeat = bench.heartbeat()
            let beat = try await heartbeat.beat(now: Self.now, believed: Self.now)
            #expect(beat.outcome == .nothing && beat.remark == .clamped(from: Self.minute + ahead))
            #expect(beat.remark?.description.contains("future") == true)
            #expect(try bench.timestamp() == Self.minute)
            #expect(heartbeat.next(after: Self.now) == Self.now + 60_000)
        }
        #expect(try bench.minutes() == [])
    }

    @Test func aClockThatWentBackIsWaitedFor() async throws {
        let bench = try await HeartbeatBench()
        let heartbeat = bench.heartbeat()
        _ = try await heartbeat.beat(now: Self.now, believed: Self.now)
        let back = Self.now - 600_000
        #expect(heartbeat.next(after: back) == back)
        var beat = try await heartbeat.beat(now: back, believed: Self.now)
        #expect(beat.outcome == .nothing && beat.remark == .silent(until: Self.minute))
        for later in 1...10 {
            beat = try await heartbeat.beat(now: back + later * 60_000, believed: Self.now)
            #expect(beat.outcome == .nothing && beat.remark == nil)
        }
        beat = try await heartbeat.beat(now: Self.now + 60_000, believed: Self.now + 60_000)
        #expect(beat.outcome == .published(minutes: 1))
        #expect(try bench.minutes() == [Self.minute, Self.minute + 1])
    }

    @Test func aRefusalIsTriedAgain() async throws {
        let bench = try await HeartbeatBench()
        let heartbeat = bench.heartbeat()
        try bench.store.raw.call("CONFIG", "SET", "maxmemory", "1")
        guard case .refused(let refusal) = try await heartbeat.beat(now: Self.now, believed: nil).outcome else {
            Issue.record("it was not refused")
            return
        }
        #expect(refusal.kind == .outOfMemory)
        #expect(heartbeat.next(after: Self.now) == Self.now + 1000)
        try bench.store.raw.call("CONFIG", "SET", "maxmemory", "0")
        try bench.store.raw.call("LPUSH", bench.store.bus.busHeartbeatTimestamp, "other")
        guard case .refused(let other) = try await heartbeat.beat(now: Self.now, believed: nil).outcome else {
            Issue.record("it was not refused")
            return
        }
        #expect(other.kind == .wrongType && other.message.contains("resque:bus:heartbeat:timestamp has another type"))
        try bench.store.raw.call("DEL", bench.store.bus.busHeartbeatTimestamp)
        #expect(try await heartbeat.beat(now: Self.now, believed: nil).outcome == .published(minutes: 1))
    }
}
