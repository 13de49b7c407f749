import BusSession
import Foundation
import RedisTestSupport
import Testing

@testable import BusDriver

/// The driver among Resque's own tools and other drivers: workers, counters, pausing, shared lists, and next to no load
/// while idle.
@Suite(.serialized, .timeLimit(.minutes(1))) struct NeighbourTests {
    @Test(arguments: [nil, "-client|tracking"]) func pauseAllWorkers(_ rule: String?) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            if let rule { try redis.call("ACL", "SETUSER", "default", rule) }
            let driver = bench.driver(try bench.configuration())
            try await bench.whileRunning(driver) {
                try ledger.publish(10, on: redis)
                try await pollUntil("events flow") { try ledger.isDriven(on: redis) }
                for value in ["true", " TRUE\n"] {
                    try redis.call("SET", "resque:pause-all-workers", value)
                    try await pollUntil("it pauses") { await driver.isPausedByKey }
                    let before = await driver.statistics.events
                    try ledger.publish(50, on: redis)
                    // A lease is a long time: two heartbeats, ten looks for the dead.
                    try await letPass(.seconds(1), until: "a lease has gone by")
                    #expect(await driver.statistics.events == before)
                    #expect(try redis.call("LLEN", "resque:queue:bus_incoming").integer == 50)
                    try redis.call("DEL", "resque:pause-all-workers")
                    try await pollUntil("it resumes") { try ledger.isDriven(on: redis) }
                }
                try redis.call("SET", "resque:pause-all-workers", "no")
                try ledger.publish(10, on: redis)
                try await pollUntil("another value pauses nobody") { try ledger.isDriven(on: redis) }
            }
            #expect(try ledger.verdict(on: redis) == .clean)
        }
    }

    /// Two reasons to pause: the end of one does not end the other.
    @Test func aSignalAndTheKeyPauseSideBySide() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let driver = bench.driver(try bench.configuration())
            try await bench.whileRunning(driver) {
                for isKeyFirst in [true, false] {
                    try redis.call("SET", "resque:pause-all-workers", "true")
                    await driver.pause()
                    try await pollUntil("both pause it") { await driver.isPausedByKey }
                    let before = await driver.statistics.events
                    try ledger.publish(10, on: redis)
                    if isKeyFirst { try redis.call("DEL", "resque:pause-all-workers") } else { await driver.resume() }
                    try await pollUntil("one has ended") { await driver.isPausedByKey != isKeyFirst }
                    try await letPass(.milliseconds(300), until: "time has gone by")
                    #expect(await driver.statistics.events == before)
                    if isKeyFirst { await driver.resume() } else { try redis.call("DEL", "resque:pause-all-workers") }
                    try await pollUntil("it drives") { try ledger.isDriven(on: redis) }
                }
            }
            #expect(try ledger.verdict(on: redis) == .clean)
        }
    }

    @Test func theDriverShowsAsAWorkerAndCounts() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let worker = "test-host+swift:\(getpid()):bus_incoming"
            try await bench.whileRunning(bench.driver(try bench.configuration())) {
                try await pollUntil("it shows") { try redis.call("SMEMBERS", "resque:workers").strings == [worker] }
                let started = try redis.call("GET", "resque:worker:\(worker):started").string
                #expect(started?.wholeMatch(of: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}/) != nil)
                for _ in 1...5 { try ledger.publish(20, on: redis) }
                try redis.call("RPUSH", "resque:queue:bus_incoming", "hello")
                try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
                #expect(try redis.call("GET", "resque:stat:processed").string == "101")
                #expect(try redis.call("GET", "resque:stat:processed:\(worker)").string == "101")
                #expect(try redis.call("GET", "resque:stat:failed").string == "1")
                #expect(try redis.call("GET", "resque:stat:failed:\(worker)").string == "1")
            }
            #expect(try redis.call("KEYS", "resque:*worker*").strings == [])
            #expect(try redis.call("KEYS", "resque:stat:*:*").strings == [])
            #expect(try redis.call("GET", "resque:stat:processed").string == "101")
        }
    }

    /// A lease of half a second: it looks every other second.
    @Test func aDriverThatRubyHasRemovedComesBack() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let worker = "test-host+swift:\(getpid()):bus_incoming"
            try await bench.whileRunning(bench.driver(try bench.configuration(lease: .milliseconds(500)))) {
                for _ in 1...2 {
                    try await pollUntil("it shows") {
                        try redis.call("SMEMBERS", "resque:workers").strings == [worker]
                            && redis.call("GET", "resque:worker:\(worker):started").string
                                == "2023-11-14 22:13:20 +0000"
                    }
                    try RubyClient(redis).unregister(worker)
                    #expect(try redis.call("KEYS", "resque:worker*").strings == [])
                }
            }
            #expect(try redis.call("KEYS", "resque:*worker*").strings == [])
        }
    }

    @Test func threeDriversShareAList() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let drivers = try (1...3).map { _ in bench.driver(try bench.configuration()) }
            let running = drivers.map(bench.start)
            for _ in 1...50 { try ledger.publish(100, on: redis) }
            try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
            for _ in 1...100 {
                try ledger.publish(1, on: redis)
                try await pollUntil("a single event is driven") { try ledger.isDriven(on: redis) }
            }
            for driver in drivers { await driver.stop() }
            for driver in running { #expect(try await driver.value == .drained) }
            #expect(try ledger.verdict(on: redis).apartFromOrder == .clean)
            #expect(try redis.residue() == [])
        }
    }

    @Test func theOldIncomingList() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger(incoming: "resquebus_incoming")
            try ledger.subscribe(on: redis)
            for _ in 1...5 { try ledger.publish(100, on: redis) }
            try await bench.drain { $0.queue = "resquebus_incoming" }
            #expect(try ledger.verdict(on: redis) == .clean)
            #expect(try redis.residue() == [])
        }
    }

    /// Every command that Redis counts while nothing happens, with the default lease.
    @Test func anIdleDriverSendsLessThanACommandASecond() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let driver = bench.driver(try bench.configuration(lease: .seconds(15)))
            try await bench.whileRunning(driver) {
                try await pollUntil("it idles") {
                    try redis.call("CLIENT", "LIST").string?.contains("cmd=blmove") == true
                }
                let seconds = 20
                let before = try Self.commandCount(redis)
                try await letPass(.seconds(seconds), until: "time goes by")
                // Not our own question.
                let commands = try Self.commandCount(redis) - before - 1
                print("idle: \(commands) commands in \(seconds) s")
                #expect(commands <= seconds)
            }
        }
    }

    /// All commands ever executed, those inside scripts among them.
    private static func commandCount(_ redis: RawRedis) throws -> Int {
        let statistics = try redis.call("INFO", "commandstats").string ?? ""
        return statistics.matches(of: /calls=(\d+)/).reduce(0) { $0 + (Int($1.output.1) ?? 0) }
    }
}
