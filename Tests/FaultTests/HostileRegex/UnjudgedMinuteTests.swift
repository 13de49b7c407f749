import Foundation
import RedisTestSupport
import Testing

/// What becomes, over more than a minute, of subscriptions that nobody can judge and of patterns that have no end.
extension ProcessFaults {
    // It waits for a minute to go by.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["BUSDRIVER_LONG"] != nil), .timeLimit(.minutes(3)))
    func aMinuteEndsAQuarantineAndSaysWhatWasOnlyCounted() async throws {
        try await FaultBench.run(isPrepared: false) { bench, redis in
            let traffic = try InnocentTraffic(on: bench.server, redis)
            var hostile = try HostileEvents(redis)
            let wanted = ["f1_open", "f2_60"]
            for subscription in HostileSubscription.all where wanted.contains(subscription.key) {
                try subscription.add(redis)
            }
            let drivers = [try await bench.startRegistered(redis), try await bench.startRegistered(redis)]
            let reading = traffic.startReading()
            let publishing = traffic.startPublishing()
            for _ in 1...8 { try await hostile.publishOneOfEach {} }
            try await pollUntil("there are more copies than entries may be made") { traffic.arrived > 1000 }
            try publishing.finish()
            try await pollUntil("everything is driven", within: .seconds(30)) {
                try traffic.arrived == traffic.published && hostile.areDriven()
            }
            let before = try UnjudgedEntry.all(on: redis)
            let strikes = before.count { $0.subscription == "f2_60/f2_60" && $0.isStrike }
            #expect(strikes > 0 && before.contains { $0.subscription == "f2_60/f2_60" && $0.isOfQuarantine })

            // Another minute of the clock, and of the quarantine.
            try await letPass(.seconds(61), until: "a minute has gone by")
            try await hostile.publishOneOfEach {}
            try await pollUntil("each driver has driven something", within: .seconds(20)) {
                try traffic.publish(1, on: redis)
                let after = try UnjudgedEntry.all(on: redis).dropFirst(before.count)
                return Set(after.filter { $0.subscription == "f1_open/f1_open" }.map(\.worker)).count == drivers.count
            }
            try await pollUntil("everything is driven") {
                try traffic.arrived == traffic.published && hostile.areDriven()
            }
            try reading.finish()
            traffic.expectOneOfEach("over a minute")

            let entries = try UnjudgedEntry.all(on: redis)
            let ofF1 = entries.filter { $0.subscription == "f1_open/f1_open" }
            let counted = ofF1.map(\.countedBefore).reduce(0, +)
            let copies = traffic.published + hostile.published
            #expect(ofF1.count + counted == copies, "\(ofF1.count) entries, \(counted) counted")
            #expect(counted > 0)
            let strikesNow = entries.count { $0.subscription == "f2_60/f2_60" && $0.isStrike }
            #expect(strikesNow > strikes, "the quarantine has ended")
            for driver in drivers { try await bench.stop(driver, "over a minute") }
        }
    }
}
