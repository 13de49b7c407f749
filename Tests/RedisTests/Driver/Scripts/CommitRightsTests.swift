import BusProtocol
import BusWire
import RedisConnection
import RedisTestSupport
import Testing

/// A right goes between the queueing of a commit and its `EXEC`; and the driver dies before it has read the answer.
@Suite(.timeLimit(.minutes(1))) struct CommitRightsTests {
    private static let keys = [
        "resetkeys", "resetkeys ~resque:busdriver:*",
        "resetkeys ~resque:busdriver:* ~resque:queue:ledger_even_default",
    ]

    @Test(arguments: LostRight.commands + LostRight.categories + keys)
    func everyCopyArrivesOnce(_ loss: String) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            try ledger.publish(4, on: redis)
            try await bench.drain()
            // There are copies already: a list that is there tells nothing about a push.
            try ledger.publish(4, on: redis)
            try redis.call("RPUSH", "resque:queue:bus_incoming", "no event")
            let limited = try bench.server.user(without: "")
            let driver = try DriverScriptBench(server: bench.server, redis: limited)
            try driver.claim(1)
            try LostRight(loss).meet(commit(of: driver), on: limited, administrator: redis)
            try driver.recover(claimed: 1)
            try await bench.drain()
            var expected = Ledger.Verdict.clean
            expected.failed = 1
            #expect(try ledger.verdict(on: redis).apartFromOrder == expected)
            #expect(try redis.residue() == [])
        }
    }

    /// The commit of a batch of four events and one that is none.
    private func commit(of driver: DriverScriptBench) -> RedisPipeline {
        let copies = [
            "ledger_all_default": [5, 6, 7, 8], "ledger_even_default": [6, 8], "ledger_twice_default": [5, 5, 7, 7],
        ]
        let failures = driver.bus.waitingFailures
        var pipeline = RedisPipeline()
        driver.commands.beginCommit(in: &pipeline)
        for (queue, ids) in copies {
            pipeline.append(["RPUSH", driver.bus.queue(queue)] + ids.map(Ledger.element))
        }
        pipeline.append(["RPUSH", failures, "no event"])
        driver.commands.endCommit(
            .init(
                sequence: 1, processed: 5, failed: 1, queues: copies.keys.sorted(),
                destinations: copies.keys.map(driver.bus.queue) + [failures], absolves: false, movesFailures: true),
            in: &pipeline)
        return pipeline
    }
}
