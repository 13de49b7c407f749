import Foundation
import RedisTestSupport
import Testing

/// Whoever may write subscriptions adds patterns made to do harm, one after the other, and publishes texts on which
/// they explode: two drivers live on, and nobody else notices.
///
/// `BUSDRIVER_HOSTILE`, keys with commas between, confines a run to some of the subscriptions. `BUSDRIVER_EXECUTABLE`
/// is another `busdriver` to run: `script/test` runs this with an optimised one too.
extension ProcessFaults {
    @Suite(.serialized) struct HostileRegexTests {
        private static let environment = ProcessInfo.processInfo.environment
        private static let isLong = environment["BUSDRIVER_LONG"] != nil
        private static let wanted = environment["BUSDRIVER_HOSTILE"]?.split(separator: ",").map(String.init)
        private static let subscriptions = HostileSubscription.all.filter { wanted?.contains($0.key) ?? true }

        /// How late an innocent event may come. A build without optimisation takes many times longer for a pattern's
        /// steps.
        private static let bound: Duration = BusDriverProcess.isOptimised ? .milliseconds(100) : .seconds(5)
        /// On a machine that others keep busy, it may be so many times later than while nothing hostile happens.
        private static let slowness = 5
        private static let strikes = 3
        private static let entriesPerMinute = 60
        /// By how much a driver may grow, in bytes; of what it gives back it keeps as much again.
        private static let memory = (64 + 64) << 20

        // Each subscription has its second or two, and more in a build without optimisation.
        @Test(.timeLimit(.minutes(isLong ? 10 : 3))) func innocentEventsAreNeverLateNorLost() async throws {
            try await FaultBench.run(isPrepared: false) { bench, redis in
                let traffic = try InnocentTraffic(on: bench.server, redis)
                var hostile = try HostileEvents(redis)
                let drivers = [try await bench.startRegistered(redis), try await bench.startRegistered(redis)]
                let reading = traffic.startReading()
                let publishing = traffic.startPublishing()
                try await letPass(.seconds(2), until: "there are latencies enough")
                let before = Self.report("nothing hostile", traffic.takeLatencies())
                let memory = drivers.map(\.residentMemory)

                var latest: [String: Duration] = [:]
                for subscription in Self.subscriptions {
                    try subscription.add(redis)
                    try await hostile.publishOneOfEach {
                        try await letPass(.milliseconds(20), until: "others had their turn")
                    }
                    try await Self.poll("\(subscription.key): hostile events are driven", drivers) {
                        try hostile.areDriven()
                    }
                    latest[subscription.key] = Self.report(subscription.key, traffic.takeLatencies())
                }
                try await letPass(.seconds(2), until: "there are latencies enough")
                let calm = max(before, Self.report("nothing hostile any more", traffic.takeLatencies()))
                for (key, latency) in latest { #expect(latency < max(Self.bound, calm * Self.slowness), "\(key)") }
                try publishing.finish()
                try await Self.poll("every event has come", drivers) { traffic.arrived == traffic.published }
                try reading.finish()
                traffic.expectOneOfEach("the innocent")
                try hostile.expectEveryCopy()
                for (driver, before) in zip(drivers, memory) {
                    print("hostile patterns: a driver has \((driver.residentMemory - before) >> 20) MiB more")
                    #expect(driver.residentMemory - before < Self.memory)
                }

                #expect(try redis.call("LLEN", "resque:queue:hostile_default").integer == 0, "none matches")
                Self.check(try UnjudgedEntry.all(on: redis), hostileEvents: hostile.published)
                for driver in drivers {
                    PayloadMarker.expectAbsence(from: driver.log, of: "a driver")
                    try await bench.stop(driver, "hostile patterns")
                }
            }
        }

        /// Copies that nobody can judge are entries with the subscription's name, but not without end. What is quick to
        /// judge has its answer even while a pattern is in quarantine.
        private static func check(_ entries: [UnjudgedEntry], hostileEvents: Int) {
            var byName = Dictionary(grouping: entries) { $0.subscription }
            for subscription in subscriptions {
                let name = subscription.name
                let own = byName.removeValue(forKey: name) ?? []
                let ofWorkers = Dictionary(grouping: own) { $0.worker }.values
                let strikes = ofWorkers.map { $0.count(where: \.isStrike) }.max() ?? 0
                let quarantined = own.count(where: \.isOfQuarantine)
                print("hostile patterns: \(name) \(own.count) entries, \(quarantined) in quarantine")
                switch subscription.fate {
                case .judged: #expect(own.isEmpty, "\(name): \(own.first?.message ?? "")")
                case .gaveUp:
                    #expect(strikes <= Self.strikes, "\(name) was not put into quarantine")
                    #expect(own.count <= hostileEvents, "\(name): short texts are not judged")
                case .neverJudged:
                    let rates = Dictionary(grouping: own) { $0.worker + $0.minute }.values.map(\.count)
                    #expect(!own.isEmpty && rates.allSatisfy { $0 <= entriesPerMinute }, "\(name): \(rates)")
                    #expect(strikes == 0, "\(name)")
                }
            }
            #expect(byName.keys.sorted() == [], "these are judged by cheap patterns")
            let isAllWanted = wanted == nil
            #expect(!isAllWanted || entries.contains(where: \.isOfQuarantine), "no pattern was in quarantine")
        }

        /// Prints what the latencies of a phase were.
        ///
        /// - Parameter latencies: ascending.
        /// - Returns: the longest.
        @discardableResult
        private static func report(_ phase: String, _ latencies: [Duration]) -> Duration {
            guard let longest = latencies.last else { return .seconds(3600) }
            let milliseconds = [latencies[latencies.count / 2], latencies[latencies.count * 99 / 100], longest].map {
                String(format: "%.1f", $0 / .milliseconds(1))
            }
            print("hostile patterns: \(phase): \(latencies.count) copies, p50 p99 max ms \(milliseconds)")
            return longest
        }

        /// Waits while all drivers live.
        private static func poll(
            _ state: String, _ drivers: [BusDriverProcess], _ condition: () throws -> Bool
        ) async throws {
            try await pollUntil(state, within: .seconds(30)) {
                for driver in drivers {
                    try #require(driver.isRunning, "\(state): a driver has ended: \(driver.log.suffix(2000))")
                }
                return try condition()
            }
        }
    }
}
