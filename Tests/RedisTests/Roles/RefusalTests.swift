import BusDriver
import Foundation
import RedisConnection
import RedisTestSupport
import Synchronization
import Testing

/// Redis refuses for a while, or for one user: nothing is lost or doubled, the log says it once, and work resumes by
/// itself.
@Suite(.serialized, .timeLimit(.minutes(1))) struct RefusalTests {
    /// Lets a driver work, makes Redis refuse, publishes into that, ends the refusal, and counts.
    ///
    /// - Parameters:
    ///   - complaint: what the log must say; three times at most in the two seconds that the refusal lasts.
    ///   - commands: make Redis refuse at the very moment at which events arrive.
    ///   - refuse: what must be done otherwise. Publishers may be refused too: what was not acknowledged is not
    ///     counted.
    private static func outlast(
        _ complaint: String, on bench: RoleBench, commands: [[String]] = [],
        configure: (inout DriverConfiguration) -> Void = { _ in },
        refuse: (RawRedis) async throws -> Void = { _ in }, resume: (RawRedis) async throws -> Void
    ) async throws {
        var redis = try bench.client()
        let ledger = Ledger()
        try ledger.subscribe(on: redis)
        let log = CapturedLog()
        var configuration = try bench.configuration()
        configure(&configuration)
        let driver = bench.driver(configuration, log: log)
        try await bench.whileRunning(driver) {
            for _ in 1...20 { try ledger.publish(100, on: redis) }
            try await pollUntil("events flow") { await driver.statistics.events > 0 }
            try ledger.publish(100, with: commands, on: redis)
            try await refuse(redis)
            for _ in 1...20 { try? ledger.publish(100, on: redis) }
            try await pollUntil("the log tells of \(complaint): \(log.lines)") { !log.lines(with: complaint).isEmpty }
            try await letPass(.seconds(2), until: "the refusal has lasted")
            #expect(log.lines(with: complaint).count <= 3)
            #expect(log.lines.count <= 10, "\(log.lines)")
            try await resume(redis)
            redis = try bench.client()
            try ledger.publish(100, on: redis)
            try await pollUntil("everything is driven", within: .seconds(30)) { try ledger.isDriven(on: redis) }
        }
        #expect(try ledger.verdict(on: redis) == .clean)
        #expect(try redis.residue() == [])
    }

    @Test(.timeLimit(.minutes(1))) func memoryIsFull() async throws {
        try await RoleBench.run { bench in
            try await Self.outlast(
                "OOM", on: bench, commands: [["CONFIG", "SET", "maxmemory", "1"]],
                resume: {
                    try $0.call("CONFIG", "SET", "maxmemory", "0")
                })
        }
    }

    @Test(.timeLimit(.minutes(1))) func theServerBecomesAReplica() async throws {
        try await RoleBench.run { bench in
            try await Self.outlast(
                "a master at this address", on: bench, commands: [["REPLICAOF", "127.0.0.1", "1"]],
                resume: {
                    try $0.call("REPLICAOF", "NO", "ONE")
                })
        }
    }

    /// Snapshots fail because a folder has the name of the dump.
    @Test(.timeLimit(.minutes(1))) func writesAreStoppedBecauseSnapshotsFail() async throws {
        try await RoleBench.run(config: ["dbfilename taken", "save 3600 1000000"]) { bench in
            let folder = bench.server.directory + "/taken"
            func snapshot(_ expected: String, _ redis: RawRedis) async throws {
                try redis.call("BGSAVE")
                try await pollUntil("a snapshot ends with \(expected)") {
                    try redis.call("INFO", "persistence").string?.contains("rdb_last_bgsave_status:\(expected)") == true
                }
            }
            try await Self.outlast(
                "MISCONF", on: bench,
                refuse: {
                    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
                    try await snapshot("err", $0)
                },
                resume: {
                    try FileManager.default.removeItem(atPath: folder)
                    try await snapshot("ok", $0)
                })
        }
    }

    @Test(.timeLimit(.minutes(1))) func theUserLosesTheRightToWrite() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.redisConfiguration(ofUserWithout: [])
            let revoke = [["ACL", "SETUSER", "bus", "-@write"]]
            try await Self.outlast(
                "no permissions to run", on: bench, commands: revoke,
                configure: { $0.redis = redis },
                resume: {
                    try $0.call("ACL", "SETUSER", "bus", "+@write")
                })
        }
    }

    /// Every command that stands in a script or a commit, forbidden while single events and then many come: a script
    /// that is refused half way must not have handed anything over.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "rpush", "lpop", "sadd", "incr", "incrby", "hset", "ltrim", "del", "rename", "type", "llen", "lindex",
            "sort",
            "exists", "hget", "watch", "lrange", "publish", "memory|usage", "evalsha", "eval",
        ])
    func oneCommandIsForbidden(_ command: String) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let configuration = try bench.configurationOfUser()
            let log = CapturedLog()
            let driver = bench.driver(configuration, log: log)
            try await bench.whileRunning(driver) {
                for _ in 1...3 {
                    let before = await driver.statistics.reconnects
                    try ledger.publish(1, with: [["ACL", "SETUSER", "bus", "-\(command)"]], on: redis)
                    _ = try? await pollUntil("refused", within: .milliseconds(200)) {
                        await driver.statistics.reconnects > before
                    }
                    for _ in 1...10 { try ledger.publish(50, on: redis) }
                    _ = try? await pollUntil("refused", within: .milliseconds(300)) {
                        await driver.statistics.reconnects > before
                    }
                    try redis.call("ACL", "SETUSER", "bus", "+\(command)")
                    try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
                }
            }
            #expect(try ledger.verdict(on: redis) == .clean, "\(log.lines)")
            #expect(try redis.residue() == [])
        }
    }

    /// Without `WATCH` or `MULTI` the commands of a commit would take effect whoever has the batch by then. A single
    /// event needs neither.
    @Test(.timeLimit(.minutes(1)), arguments: ["watch", "multi"])
    func noBatchIsDrivenWithoutItsFence(_ command: String) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let configuration = try bench.configurationOfUser()
            let driver = bench.driver(configuration)
            try await bench.whileRunning(driver) {
                try ledger.publish(10, on: redis)
                try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
                let before = await driver.statistics.reconnects
                try ledger.publish(500, with: [["ACL", "SETUSER", "bus", "-\(command)"]], on: redis)
                try await pollUntil("it is refused twice") { await driver.statistics.reconnects > before + 1 }
                #expect(try redis.call("LLEN", "resque:queue:ledger_all_default").integer ?? 0 <= 11)
                try redis.call("ACL", "SETUSER", "bus", "+\(command)")
                try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
            }
            #expect(try ledger.verdict(on: redis) == .clean)
        }
    }

    @Test(.timeLimit(.minutes(1))) func thePasswordIsChanged() async throws {
        try await RoleBench.run { bench in
            let password = Mutex("old")
            try bench.client().call("ACL", "SETUSER", "bus", "on", ">old", "~*", "&*", "+@all")
            let connections = Mutex(0)
            try await Self.outlast(
                "WRONGPASS", on: bench,
                configure: { configuration in
                    configuration.redis.backoff.authenticationCap = .seconds(1)
                    configuration.redis.credentials = { () throws(RedisError) in
                        .init(username: "bus", password: password.withLock { $0 })
                    }
                },
                refuse: { redis in
                    try redis.call("ACL", "SETUSER", "bus", ">new", "<old")
                    try redis.call("CLIENT", "KILL", "USER", "bus")
                    connections.withLock { $0 = bench.connectionsReceived(redis) }
                },
                resume: { redis in
                    let tries = bench.connectionsReceived(redis) - connections.withLock { $0 }
                    #expect((1...20).contains(tries), "connects in two seconds")
                    password.withLock { $0 = "new" }
                })
        }
    }

    @Test(.timeLimit(.minutes(1))) func redisIsGoneForAWhile() async throws {
        try await RoleBench.run(config: ["appendonly yes", "appendfsync always"]) { bench in
            try await Self.outlast(
                "connection", on: bench,
                refuse: { _ in
                    bench.server.kill()
                },
                resume: { _ in
                    try bench.server.restart()
                })
        }
    }

    /// A reload that takes two seconds: 1000 keys of 2 ms each, and the server looks at its clients after each few.
    @Test(.timeLimit(.minutes(1))) func redisLoadsItsData() async throws {
        try await RoleBench.run(config: ["loading-process-events-interval-bytes 1024"]) { bench in
            let reloading = try bench.client()
            _ = try reloading.pipeline((1...1200).map { ["SET", "key:\($0)", "some value that takes its time"] })
            try await Self.outlast(
                "LOADING", on: bench,
                refuse: {
                    try $0.call("CONFIG", "SET", "key-load-delay", "2000")
                    try reloading.send("DEBUG", "RELOAD")
                },
                resume: { _ in
                    let answer = try reloading.read()
                    #expect(answer == .status("OK"))
                })
        }
    }
}

extension RoleBench {
    /// How many connections the server has ever accepted.
    fileprivate func connectionsReceived(_ redis: RawRedis) -> Int {
        let statistics = (try? redis.call("INFO", "stats").string) ?? ""
        return statistics.split(whereSeparator: \.isNewline)
            .first { $0.hasPrefix("total_connections_received:") }
            .flatMap { Int($0.split(separator: ":")[1]) } ?? 0
    }
}
