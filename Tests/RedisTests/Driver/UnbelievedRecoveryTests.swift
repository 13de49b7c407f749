import BusDriver
import BusProtocol
import BusSession
import BusWire
import RedisConnection
import RedisTestSupport
import Testing

/// How drivers get back what was in flight where the record, or the registry, does not tell what they need.
@Suite(.serialized, .timeLimit(.minutes(1))) struct UnbelievedRecoveryTests {
    /// The in-flight lists of a dead driver are found by their names, and go back at once: not only when somebody looks
    /// through what belongs to nobody.
    @Test(arguments: Extremes.values + [Array("9007199254740993".utf8)])
    func batchesAreFoundByTheirNames(claimed: [UInt8]) async throws {
        guard String(validating: claimed, as: UTF8.self).flatMap(NumberMeaning.sequence.read) == nil else { return }
        let bench = try await StoreBench()
        for sequence in ["70", "71"] {
            try bench.raw.call("RPUSH", "resque:busdriver:inf:gone:1:a:\(sequence)", sequence)
        }
        try bench.raw.call("ZADD", "resque:busdriver:drivers", "1", "gone:1:a")
        try bench.raw.call(
            [Array("HSET".utf8), Array("resque:busdriver:d:gone:1:a".utf8), Array("claimed".utf8), claimed])
        let recovery = DriverRecovery(
            connection: bench.connection, bus: bench.bus, digests: ScriptDigests(), fallbackQueue: "bus_incoming")
        #expect(
            try await recovery.recover("gone:1:a", leases: .respected, suspecting: false)
                == .recovered(events: 2, queue: "bus_incoming"))
        #expect(try bench.raw.call("LRANGE", "resque:queue:bus_incoming", "0", "-1").strings == ["70", "71"])
        #expect(try bench.raw.residue() == [])
    }

    /// Two days ahead: longer than any lease that may be configured, and the other half of this one has run out.
    @Test func anEndThatNoLeaseHasDoesNotKeepTheDeadFromBeingRecovered() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            try ledger.publish(3, on: redis)
            try redis.call("RENAME", "resque:queue:bus_incoming", "resque:busdriver:inf:gone:1:a:1")
            try redis.call("HSET", "resque:busdriver:d:gone:1:a", "claimed", "1")
            let end = String((Int(try redis.time()) + 2 * 86_400) * 1000)
            try redis.call("ZADD", "resque:busdriver:drivers", end, "gone:1:a")
            let log = CapturedLog()
            try await bench.whileRunning(bench.driver(try bench.configuration(), log: log)) {
                try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
            }
            #expect(try ledger.verdict(on: redis) == .clean)
            #expect(!log.lines(with: "resque:busdriver:drivers gone:1:a holds '\(end)'").isEmpty, "\(log.lines)")
        }
    }

    /// Somebody deletes the record of a driver that lives.
    @Test func aDriverWhoseRecordIsDeletedRegistersAnewAndLosesNothing() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let driver = bench.driver(try bench.configuration())
            try await bench.whileRunning(driver) {
                for round in 1...15 {
                    for _ in 1...5 { try ledger.publish(20, on: redis) }
                    let ids = try redis.call("ZRANGE", "resque:busdriver:drivers", "0", "-1").strings
                    for id in ids { try redis.call("DEL", "resque:busdriver:d:\(id)") }
                    for _ in 1...5 { try ledger.publish(20, on: redis) }
                    try await pollUntil("round \(round): everything is driven") { try ledger.isDriven(on: redis) }
                }
            }
            #expect(await driver.statistics.fenced > 0)
            #expect(try ledger.verdict(on: redis) == .clean)
            #expect(try redis.residue() == [])
        }
    }
}
