import Foundation
import LibevExecutor
import RedisTestSupport
import Testing

/// Random runs of real drivers and real scripts on a real redis-server, behind a network that loses, delays and cuts.
@Suite(.serialized, .timeLimit(.minutes(1))) struct DriverModelTests {
    private static let steps = 1500

    /// `BUSDRIVER_MODEL=mode:seed[:steps]` runs one seed again.
    private static let wish = ProcessInfo.processInfo.environment["BUSDRIVER_MODEL"]?.split(separator: ":").map(
        String.init)

    private static let seeds: ClosedRange<UInt64> =
        ProcessInfo.processInfo.environment["BUSDRIVER_LONG"] == nil ? 1...5 : 1...120

    @Test(.enabled(if: wish == nil), arguments: ModelMode.all)
    func everyInvariantHolds(_ mode: ModelMode) async throws {
        var exercised: [String: Int] = [:]
        for seed in Self.seeds {
            exercised.merge(try await Self.run(mode, seed: seed, steps: Self.steps)) { $0 + $1 }
        }
        print(
            "model \(mode), seeds \(Self.seeds): \(exercised.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))"
        )
        for name in mode.exercises {
            #expect(exercised[name, default: 0] > 0, "the mode \(mode) never exercised: \(name)")
        }
    }

    @Test(.enabled(if: wish != nil)) func theWishedSeed() async throws {
        let wish = try #require(Self.wish)
        let mode = try #require(ModelMode.all.first { $0.name == wish[0] })
        for seed in Self.range(wish[1]) {
            let counts = try await Self.run(
                mode, seed: seed, steps: wish.count > 2 ? Int(wish[2]) ?? Self.steps : Self.steps)
            print(
                "model \(mode), seed \(seed): \(counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))"
            )
        }
    }

    /// `7` or `1-20`.
    private static func range(_ text: String) -> ClosedRange<UInt64> {
        let ends = text.split(separator: "-").compactMap { UInt64($0) }
        return (ends.first ?? 1)...(ends.last ?? 1)
    }

    private static func run(_ mode: ModelMode, seed: UInt64, steps: Int) async throws -> [String: Int] {
        let server = try RedisServer(config: [
            "appendonly yes", "appendfsync no", "auto-aof-rewrite-percentage 0", "maxmemory-policy noeviction",
        ])
        let executor = LibevExecutor(name: "model.loop")
        defer {
            executor.stop()
            server.stop()
        }
        return try await Model(seed: seed, mode: mode, server: server, executor: executor).run(steps: steps)
    }
}
