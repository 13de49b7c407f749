import Glibc
import RedisTestSupport
import Testing

/// SIGTERM under load.
extension ProcessFaults {
    @Test(.timeLimit(.minutes(1))) func aDriverThatIsToldToStopLeavesNothingInFlight() async throws {
        try await FaultBench.run { bench, redis in
            let load = bench.startPublishing()
            for round in 1...5 {
                let driver = try await bench.startRegistered(redis)
                let before = try redis.call("LLEN", "resque:queue:ledger_all_default").integer ?? 0
                try await pollUntil("it drives") {
                    try redis.call("LLEN", "resque:queue:ledger_all_default").integer ?? 0 > before + 50
                }
                try await bench.stopCleanly(driver, redis, "round \(round)")
            }
            try load.finish()
            let last = try await bench.startRegistered(redis)
            try await pollUntil("everything is driven") { try bench.ledger.isDriven(on: redis) }
            #expect(try bench.ledger.verdict(on: redis) == .clean)
            try await bench.stopCleanly(last, redis, "the last")
        }
    }

    @Test(.timeLimit(.minutes(1))) func aDriverThatCannotReachRedisEndsWithOneAndNamesWhatStays() async throws {
        try await FaultBench.run { bench, redis in
            let load = bench.startPublishing()
            let driver = try await bench.startRegistered(redis)
            try await pollUntil("it drives") {
                try redis.call("LLEN", "resque:queue:ledger_all_default").integer ?? 0 > 50
            }
            bench.server.suspend()
            driver.signal(SIGTERM)
            try await pollUntil("it has ended", within: .milliseconds(5500)) { !driver.isRunning }
            bench.server.resume()
            try load.finish()
            #expect(driver.ending == .exit(1))
            let left = try redis.call("KEYS", "resque:busdriver:inf:*").strings
            for list in left { #expect(driver.log.contains(list)) }
            let successor = try bench.driver()
            try await pollUntil("everything is driven") { try bench.ledger.isDriven(on: redis) }
            #expect(try bench.ledger.verdict(on: redis) == .clean)
            // Whoever had nothing in flight is not waited for, but buried when its lease has run out.
            try await pollUntil("the dead one is buried") {
                try redis.call("SMEMBERS", "resque:workers").strings.count == 1
            }
            try await bench.stopCleanly(successor, redis, "the successor")
        }
    }
}
