import Foundation
import RedisTestSupport
import Testing

/// An event that kills every driver that touches it.
extension ProcessFaults {
    @Test(.timeLimit(.minutes(1))) func theCulpritOfACrashLoopIsSetAsideAtTheThirdRecovery() async throws {
        try await FaultBench.run { bench, redis in
            let (culprit, _) = RubyClient.event("ledger_even", ["text": "deadly nightshade"])
            try bench.ledger.publish(100, on: redis)
            try redis.call("RPUSH", "resque:queue:bus_incoming", culprit)
            try bench.ledger.publish(100, on: redis)
            var driver = try bench.driver(marker: "deadly nightshade")
            var deaths = 0
            try await pollUntil("everything is driven", within: .seconds(30)) {
                if !driver.isRunning {
                    deaths += 1
                    driver = try bench.driver(marker: "deadly nightshade")
                }
                return try bench.ledger.isDriven(on: redis)
            }
            #expect(deaths == 3)
            var expected = Ledger.Verdict.clean
            expected.failed = 1
            #expect(try bench.ledger.verdict(on: redis) == expected)
            let entry = try #require(try redis.call("LINDEX", "resque:failed", "0").string)
            #expect(entry.contains(culprit) && entry.contains("BusDriver::CrashLoop"))
            try await bench.stopCleanly(driver, redis, "a crash loop")
        }
    }

    /// The same event comes while drivers wait: a peek has nothing in flight, and must not keep the count from growing.
    @Test(.timeLimit(.minutes(1))) func aCrashLoopAmongIdleDriversEnds() async throws {
        try await FaultBench.run { bench, redis in
            let (culprit, _) = RubyClient.event("ledger_even", ["text": "deadly nightshade"])
            var drivers = [
                try bench.driver(marker: "deadly nightshade"), try bench.driver(marker: "deadly nightshade"),
            ]
            try bench.ledger.publish(100, on: redis)
            try await pollUntil("the drivers are idle") { try bench.ledger.isDriven(on: redis) }
            try redis.call("RPUSH", "resque:queue:bus_incoming", culprit)
            try bench.ledger.publish(100, on: redis)
            try await pollUntil("everything is driven", within: .seconds(40)) {
                for index in drivers.indices where !drivers[index].isRunning {
                    drivers[index] = try bench.driver(marker: "deadly nightshade")
                }
                return try bench.ledger.isDriven(on: redis)
            }
            var expected = Ledger.Verdict.clean
            expected.failed = 1
            #expect(try bench.ledger.verdict(on: redis).apartFromOrder == expected)
        }
    }

    /// F8: a driver dies once with 64 equal events in flight, as heartbeat jobs are.
    @Test(.timeLimit(.minutes(1))) func equalEventsThatAreInnocentAreNotCondemnedByOneCrash() async throws {
        try await FaultBench.run { bench, redis in
            let (equal, _) = RubyClient.event("ledger_even", ["text": "the same"])
            _ = try redis.call(
                (["RPUSH", "resque:queue:bus_incoming"] + Array(repeating: equal, count: 64)).map { Array($0.utf8) })
            let driver = try bench.driver(crash: .init("after_claim_reply", pass: 2))
            try await pollUntil("the driver has died") { !driver.isRunning }
            let second = try await bench.startRegistered(redis)
            try await pollUntil("everything is driven") { try bench.ledger.isDriven(on: redis) }
            #expect(try redis.call("LLEN", "resque:failed").integer == 0)
            try await bench.stopCleanly(second, redis, "equal events")
        }
    }

    /// The culprit comes several times, among neighbours.
    @Test(.timeLimit(.minutes(1))) func equalCulpritsAreSetAsideAndNoNeighbour() async throws {
        try await FaultBench.run { bench, redis in
            let (culprit, _) = RubyClient.event("ledger_even", ["text": "deadly nightshade"])
            for _ in 1...2 {
                try bench.ledger.publish(50, on: redis)
                try redis.call("RPUSH", "resque:queue:bus_incoming", culprit)
            }
            try bench.ledger.publish(50, on: redis)
            var driver = try bench.driver(marker: "deadly nightshade")
            var deaths = 0
            try await pollUntil("everything is driven", within: .seconds(50)) {
                if !driver.isRunning {
                    deaths += 1
                    driver = try bench.driver(marker: "deadly nightshade")
                }
                return try bench.ledger.isDriven(on: redis)
            }
            #expect((3...6).contains(deaths), "three for each at most")
            var expected = Ledger.Verdict.clean
            expected.failed = 2
            #expect(try bench.ledger.verdict(on: redis) == expected)
            try await bench.stopCleanly(driver, redis, "equal culprits")
        }
    }
}
