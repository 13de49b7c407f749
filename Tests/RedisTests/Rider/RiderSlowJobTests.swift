import BusRider
import RedisTestSupport
import Testing

/// A slow job holds no other back.
@Suite(.serialized, .timeLimit(.minutes(1))) struct RiderSlowJobTests {
    private func jobs(_ prefix: String, _ count: Int) -> [String] { (0..<count).map { "\(prefix)\($0)" } }

    /// Runs everything at once, but holds what is called slow at the gate.
    private func performer(_ gate: Gate, _ book: RunBook) -> ScriptedPerformer {
        ScriptedPerformer {
            if $0.text.hasPrefix("slow") { await gate.pass() }
            book.add($0)
            return JobReport(.done)
        }
    }

    @Test(.timeLimit(.minutes(1))) func theOthersOfItsBatchAreRunAndSettled() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let (gate, book) = (Gate(), RunBook())
            let rider = bench.rider(try bench.riderConfiguration(["jobs"], concurrency: 4), performer(gate, book))
            _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs", "slow"] + jobs("quick", 100))
            try await bench.whileRunning(rider) {
                try await pollUntil("the others are settled") {
                    try redis.call("GET", "resque:stat:processed").string == "100"
                }
                let lists = try redis.call("KEYS", "resque:busdriver:reserved:*").strings
                #expect(lists.count == 1)
                #expect(try redis.call("LRANGE", lists[0], "0", "-1").strings == ["slow"])
                gate.open()
            }
            #expect(book.count == 101 && book.repeated == 0)
        }
    }

    @Test(.timeLimit(.minutes(1))) func whatWasClaimedAheadGoesToAnotherRider() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let (gate, book) = (Gate(), RunBook())
            let busy = bench.rider(try bench.riderConfiguration(["jobs"], concurrency: 2), performer(gate, book))
            try await bench.whileRunning(busy) {
                // So quick that it claims ahead.
                for _ in 1...20 { _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + jobs("first", 500)) }
                _ = try redis.reply(
                    to: ["RPUSH", "resque:queue:jobs"] + jobs("first", 100) + jobs("slow", 2) + jobs("quick", 100))
                try await pollUntil("both slots are held") { gate.arrivals == 2 }
                let before = await busy.statistics.givenBack
                let wait = try await pollUntil("the rest is in its queue") {
                    try redis.call("LLEN", "resque:queue:jobs").integer == 100
                }
                #expect(wait < .milliseconds(400))
                #expect(try redis.queues()["queue:jobs"] == jobs("quick", 100), "in order")
                #expect(await busy.statistics.givenBack > before, "it had claimed ahead")
                let free = bench.rider(try bench.riderConfiguration(["jobs"]), performer(gate, book))
                try await bench.whileRunning(free) {
                    try await pollUntil("the other rider has run them") { book.counts["quick99"] == 1 }
                    try await pollUntil("they are settled") {
                        try redis.call("EXISTS", "resque:queue:jobs").integer == 0
                    }
                }
                gate.open()
            }
            let quick = book.counts.filter { $0.key.hasPrefix("quick") || $0.key.hasPrefix("slow") }
            #expect(quick.count == 102 && quick.values.allSatisfy { $0 == 1 })
        }
    }
}
