import BusDriver
import Foundation
import RedisTestSupport
import Testing

/// Redis dies, or cuts its clients off, while events flow.
@Suite(.serialized) struct ServerFaultTests {
    private static let isLong = ProcessInfo.processInfo.environment["BUSDRIVER_LONG"] != nil

    /// The long form kills it twenty times.
    @Test(.timeLimit(.minutes(2))) func killedAndRestartedWithEveryWriteOnDisk() async throws {
        try await RoleBench.run(config: ["appendonly yes", "appendfsync always"]) { bench in
            let ledger = Ledger()
            try ledger.subscribe(on: try bench.client())
            let drivers = [bench.driver(try bench.configuration()), bench.driver(try bench.configuration())]
            let running = drivers.map(bench.start)
            let load = bench.startPublishing(ledger)
            for kill in 1...(Self.isLong ? 20 : 4) {
                let before = ledger.acknowledged
                try await pollUntil("events flow before kill \(kill)") { ledger.acknowledged > before + 500 }
                try bench.server.restart()
            }
            try load.finish()
            let redis = try bench.client()
            try await pollUntil("everything is driven", within: .seconds(30)) { try ledger.isDriven(on: redis) }
            #expect(try ledger.verdict(on: redis).apartFromOrder == .clean)
            for driver in drivers { await driver.stop() }
            for driver in running { #expect(try await driver.value == .drained) }
            #expect(try redis.residue() == [])
        }
    }

    @Test(.timeLimit(.minutes(1))) func clientsKilledTwentyTimesASecond() async throws {
        try await RoleBench.run { bench in
            let ledger = Ledger()
            try ledger.subscribe(on: try bench.client())
            let drivers = [bench.driver(try bench.configuration()), bench.driver(try bench.configuration())]
            let running = drivers.map(bench.start)
            let load = bench.startPublishing(ledger)
            let kills = RepeatingThread(every: .milliseconds(50)) { [server = bench.server] in
                let redis = try server.connect()
                return { try redis.killOtherClients() }
            }
            try await pollUntil("events are driven in spite of the kills", within: .seconds(30)) {
                var events = 0
                for driver in drivers { events += await driver.statistics.events }
                return events > 2000
            }
            try load.finish()
            try kills.finish()
            let redis = try bench.client()
            try await pollUntil("everything is driven", within: .seconds(30)) { try ledger.isDriven(on: redis) }
            #expect(try ledger.verdict(on: redis).apartFromOrder == .clean)
            var reconnects = 0
            for driver in drivers { reconnects += await driver.statistics.reconnects }
            #expect(reconnects > 4)
            for driver in drivers { await driver.stop() }
            for driver in running { #expect(try await driver.value == .drained) }
            #expect(try redis.residue() == [])
        }
    }

    /// The answer to a commit is lost when its connection dies right behind it; whether it took effect, the replay
    /// tells.
    @Test(.timeLimit(.minutes(1))) func oneDriverKeepsOrderWhenItsConnectionsAreCut() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let driver = bench.driver(try bench.configuration())
            try await bench.whileRunning(driver) {
                for _ in 1...10 {
                    for _ in 1...20 { try ledger.publish(50, on: redis) }
                    try redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
                }
                try await pollUntil("everything is driven", within: .seconds(30)) { try ledger.isDriven(on: redis) }
            }
            #expect(try ledger.verdict(on: redis) == .clean)
            #expect(try redis.residue() == [])
        }
    }
}
