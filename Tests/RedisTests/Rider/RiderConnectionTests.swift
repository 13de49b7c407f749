import BusRider
import BusSession
import RedisConnection
import RedisTestSupport
import Testing

/// Redis dies, or its connections break, while a rider works: no job is lost, and none runs twice as long as nobody
/// else took the rider for dead.
@Suite(.serialized, .timeLimit(.minutes(1))) struct RiderConnectionTests {
    private static let count = 4000

    private func fill(_ redis: RawRedis) throws {
        for start in stride(from: 0, to: Self.count, by: 500) {
            _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + (start..<start + 500).map { "job \($0)" })
        }
    }

    private func performer(_ book: RunBook) -> ScriptedPerformer {
        ScriptedPerformer {
            try? await Task.sleep(for: .milliseconds(1))
            book.add($0)
            return JobReport(.done)
        }
    }

    @Test(.timeLimit(.minutes(1))) func killedAndRestartedWithEveryWriteOnDisk() async throws {
        try await RoleBench.run(config: ["appendonly yes", "appendfsync always"]) { bench in
            try fill(try bench.client())
            let book = RunBook()
            let rider = bench.rider(try bench.riderConfiguration(["jobs"], concurrency: 8), performer(book))
            try await bench.whileRunning(rider) {
                for kill in 1...3 {
                    let before = book.count
                    try await pollUntil("it works before kill \(kill)") { book.count > before + 100 }
                    try bench.server.restart()
                }
                let redis = try bench.client()
                try await pollUntil("everything is settled", within: .seconds(30)) {
                    try redis.call("GET", "resque:stat:processed").string == String(Self.count)
                }
            }
            #expect(book.counts.count == Self.count && book.repeated == 0)
            #expect(await rider.statistics.fenced == 0)
            #expect(try bench.client().residue() == [])
        }
    }

    /// The server comes back with a snapshot: what was settled since is reserved or queued again, and so runs again.
    @Test(.timeLimit(.minutes(1))) func aHistoryThatWasRolledBackIsWorkedOffAgain() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let jobs = (0..<300).map { "job \($0)" }
            _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + jobs)
            let book = RunBook()
            let log = CapturedLog()
            let rider = bench.rider(try bench.riderConfiguration(["jobs"], concurrency: 8), log: log, performer(book))
            try await bench.whileRunning(rider) {
                try await pollUntil("it works") { book.count > 50 }
                try redis.call("SAVE")
                let settled = Int(try redis.call("GET", "resque:stat:processed").string ?? "") ?? 0
                try await pollUntil("everything is settled") {
                    try redis.call("GET", "resque:stat:processed").string == "300"
                }
                try bench.server.restart()
                let redis = try bench.client()
                try await pollUntil("the rest is settled again") {
                    try redis.call("GET", "resque:stat:processed").string == "300"
                        && redis.call("KEYS", "resque:busdriver:reserved:*").strings.isEmpty
                }
                #expect(book.counts.count == 300)
                #expect((1...300 - settled + 50).contains(book.repeated))
                #expect(!log.lines(with: "lost a part of its history").isEmpty)
            }
            #expect(try bench.client().residue() == [])
        }
    }

    /// Requests and replies are cut at any byte: what was sent may or may not have taken effect.
    @Test(.timeLimit(.minutes(1))) func connectionsBreakAtAnyByte() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try fill(redis)
            let proxy = try FaultProxy(to: bench.server)
            var configuration = try bench.riderConfiguration(["jobs"], concurrency: 8)
            configuration.redis = RedisConfiguration(
                endpoint: try RedisEndpoint(parsing: "redis://127.0.0.1:\(proxy.port)"))
            // The first connection of each session is for heartbeats; one of the other two is for the work.
            for bytes in [1500, 4000, 9000] {
                for plan in [
                    FaultScript(requests: .after(bytes, .reset)), FaultScript(replies: .after(bytes, .close)),
                ] {
                    proxy.script(FaultScript(), plan, plan)
                }
            }
            let book = RunBook()
            let rider = bench.rider(configuration, performer(book))
            try await bench.whileRunning(rider) {
                try await pollUntil("everything is settled", within: .seconds(40)) {
                    try redis.call("GET", "resque:stat:processed").string == String(Self.count)
                }
            }
            #expect(book.counts.count == Self.count && book.repeated == 0)
            #expect(await rider.statistics.reconnects >= 3)
            #expect(try redis.residue() == [])
        }
    }

    @Test(.timeLimit(.minutes(1))) func connectionsAreKilledAgainAndAgain() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try fill(redis)
            let book = RunBook()
            let riders = try (1...2).map { _ in
                bench.rider(
                    try bench.riderConfiguration(["jobs"], concurrency: 8, lease: .seconds(15)), performer(book))
            }
            try await bench.whileRunning(riders[0]) {
                try await bench.whileRunning(riders[1]) {
                    for kill in 1...6 {
                        let before = book.count
                        try await pollUntil("they work before kill \(kill)") {
                            book.count > min(before + 100, Self.count - 1)
                        }
                        try redis.call("CLIENT", "KILL", "TYPE", kill % 3 == 0 ? "pubsub" : "normal", "SKIPME", "yes")
                    }
                    try await pollUntil("everything is settled", within: .seconds(30)) {
                        try redis.call("GET", "resque:stat:processed").string == String(Self.count)
                    }
                }
            }
            #expect(book.counts.count == Self.count && book.repeated == 0)
            #expect(try redis.residue() == [])
        }
    }

    /// With all hands full it claims nothing, and learns by a write of another kind whether Redis works.
    @Test func aRiderThatCannotClaimSaysWhenRedisWorksAgain() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let (gate, log) = (Gate(), CapturedLog())
            defer { gate.open() }
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"], concurrency: 1), log: log,
                ScriptedPerformer { _ in
                    await gate.pass()
                    return JobReport(.done)
                })
            try await bench.whileRunning(rider) {
                try redis.call("RPUSH", "resque:queue:jobs", "job")
                try await pollUntil("it has the job") { gate.arrivals == 1 }
                try redis.call("CONFIG", "SET", "maxmemory", "1")
                try redis.killOtherClients()
                try await pollUntil("it waits: \(log.lines)") { !log.lines(with: "reason=OOM").isEmpty }
                #expect(log.lines(with: "Redis works again").isEmpty, "\(log.lines)")
                try redis.call("CONFIG", "SET", "maxmemory", "0")
                try await pollUntil("it could claim: \(log.lines)") { !log.lines(with: "Redis works again").isEmpty }
                #expect(await rider.trouble == nil)
                gate.open()
            }
        }
    }
}
