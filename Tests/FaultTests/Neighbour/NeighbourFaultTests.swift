import Foundation
import RedisTestSupport
import Testing

/// A neighbour does its worst, in random order, while a fleet works: nothing is lost or doubled, nobody dies, and soon
/// after the last harm all is as before. `BUSDRIVER_SEED` repeats a run, `BUSDRIVER_NEIGHBOUR` confines it to some
/// kinds.
extension ProcessFaults {
    private static let environment = ProcessInfo.processInfo.environment
    private static let isLong = environment["BUSDRIVER_LONG"] != nil
    /// The short form has one, so that `script/test` judges a tree the same way each time; the long form has a random
    /// one too.
    private static let seeds: [UInt64] =
        environment["BUSDRIVER_SEED"].flatMap(UInt64.init).map { [$0] }
        ?? (isLong ? (1...4) + [.random(in: 1...1_000_000)] : [888_351])

    /// Some two dozen harms of a second each; the long form does everything that the neighbour knows.
    @Test(.timeLimit(.minutes(isLong ? 6 : 2)), arguments: seeds)
    func noNeighbourStopsTheFleet(seed: UInt64) async throws {
        print("the neighbour's seed is \(seed)")
        var chance = Chance(seed: seed)
        let harms = HarmKind.programme(all: Self.isLong, &chance)
        try await NeighbourBench.run { bench in
            let load = bench.startLoad()
            for harm in harms {
                print("the neighbour: \(harm)")
                try await harm.inflict(bench, &chance)
                try bench.fleet.complainAndReplace(after: "\(harm), seed \(seed)")
                let failure = load.lazy.compactMap(\.failure).first
                try #require(failure == nil, "after \(harm), seed \(seed): the load has ended")
            }
            let recovery = try await Self.awaitNormalLatency(bench, "seed \(seed)")
            for thread in load { try thread.finish() }
            try await bench.check("seed \(seed)")
            try bench.fleet.complainAndReplace(after: "the end, seed \(seed)")
            try await bench.fleet.stop()
            print("seed \(seed): \(harms.count) harms, latency as before after \(recovery)")
        }
    }

    /// Five probes one after the other take less than 100 ms each, and everybody is at work, within five seconds.
    private static func awaitNormalLatency(_ bench: NeighbourBench, _ scenario: String) async throws -> Duration {
        var quick = 0
        do {
            return try await pollUntil("\(scenario): all is as before", within: .seconds(5)) {
                let latency = try bench.probe()
                quick = latency ?? .seconds(1) < .milliseconds(100) ? quick + 1 : 0
                return try quick >= 5 && bench.isComplete()
            }
        } catch {
            Issue.record("\(scenario): \(quick) quick probes; \(bench.fleet.lastWords)")
            throw error
        }
    }
}
