import ArgumentParser
import Foundation
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct CompareTests {
    @Test func aFolderWithSlowerRunsIsWorse() async throws {
        let folders = try ResultFolders()
        let before = try folders.write("before", latencies: [1_000, 1_020, 990, 1_010, 1_005])
        let after = try folders.write("after", latencies: [1_200, 1_230, 1_190, 1_215, 1_205])
        let comparison = try await compare(before, after, "--metrics", "e2e.p99")
        let figure = try #require(comparison.figures.first)
        #expect(figure.verdict == .worse)
        #expect(figure.repeatsOfA == 5)
        #expect(figure.p == 2.0 / 252)
        #expect(comparison.outcome.exitCode.rawValue == 2)
        let table = ComparisonTable(comparison).text
        #expect(table.contains("B is 20 % slower than A"))
        #expect(table.contains("e2e.p99"))

        let reverse = try await compare(after, before, "--metrics", "e2e.p99")
        #expect(reverse.figures.map(\.verdict) == [.better])
        #expect(reverse.outcome.exitCode == .success)
    }

    @Test func aFolderIsTheSameAsItself() async throws {
        let folders = try ResultFolders()
        let folder = try folders.write("one", latencies: [1_000, 1_020, 990, 1_010, 1_005])
        let comparison = try await compare(folder, folder)
        #expect(comparison.figures.map(\.verdict) == [.same, .same, .same, .same])
        #expect(comparison.warnings == [])
    }

    @Test func differentLoadAndBadRunsAreToldOf() async throws {
        let folders = try ResultFolders()
        let a = try folders.write("a", latencies: [1_000, 1_020, 990, 1_010, 1_005])
        let b = try folders.write("b", latencies: [1_000, 1_020, 990, 1_010, 1_005]) { result in
            result.scenario.load.curve = .constant(2_000)
            result.runs[1].invalid = ["the generator was late"]
            result.runs[2].counts.doubled = 1
        }
        let comparison = try await compare(a, b)
        #expect(
            comparison.warnings == [
                "A and B differ in their load; the verdict is about that, too.",
                "1 of 5 runs of \(b) are invalid and left out.",
                "Copies were lost, doubled or misrouted in \(b).",
            ])
        #expect(comparison.outcome == .incorrect)
        #expect(comparison.figures.first?.repeatsOfB == 4)
    }

    @Test func tooFewRepeatsAreUndecided() async throws {
        let folders = try ResultFolders()
        let a = try folders.write("a", latencies: [1_000, 1_020, 990])
        let b = try folders.write("b", latencies: [2_000, 2_020, 1_990])
        let comparison = try await compare(a, b, "--metrics", "e2e.p50")
        #expect(comparison.figures.map(\.verdict) == [.undecided])
        #expect(ComparisonTable(comparison).text.contains("3 and 3 repeats are too few; measure at least 4 each"))
    }

    @Test func aSearchIsNoRepeat() async throws {
        let folders = try ResultFolders()
        let folder = try folders.write("search", latencies: [1_000]) { $0.command = .saturate }
        await #expect(throws: ScenarioError.self) { try await compare(folder, folder) }
    }

    @Test func whatIsNeitherFolderNorDriver() async throws {
        let folders = try ResultFolders()
        let folder = try folders.write("a", latencies: [1_000])
        for (a, b) in [(folder, "/nowhere"), ("busdriver", folder), ("external", "busdriver")] {
            await #expect(throws: ScenarioError.self) { try await compare(a, b) }
        }
        #expect(throws: (any Error).self) { try Compare.parse([folder, folder, "--metrics", "e2e.p98"]) }
        #expect(throws: (any Error).self) { try Compare.parse([folder, folder, "--margin", "much"]) }
        #expect(throws: (any Error).self) { try Compare.parse([folder, folder, "--margin", "0"]) }
        #expect(throws: (any Error).self) { try Compare.parse([folder, folder, "--pairs", "3"]) }
        #expect(throws: (any Error).self) { try Compare.parse([folder, folder, "--driver", "busdriver"]) }
    }

    @Test func driversAreMeasuredUnderTheLoadThatWasAskedFor() async throws {
        var durations: Set<Double> = []
        let command = try Compare.parse([
            "busdriver", "spawn:other --fast", "--block", "3s", "--pairs", "4", "--rate", "5k",
        ])
        let comparison = try await command.comparison { scenario, label, _ in
            durations.insert(scenario.load.duration)
            #expect(scenario.load.curve == .constant(5_000))
            #expect(scenario.target.driver == (label.hasPrefix("A") ? .busdriver : .spawn("other --fast")))
            return .sample()
        }
        #expect(durations == [3])
        #expect(comparison.isPaired && comparison.a == "busdriver" && comparison.b == "spawn:other --fast")
    }

    @Test func theJSONCanBeReadBack() async throws {
        let folders = try ResultFolders()
        let folder = try folders.write("one", latencies: [1_000, 1_020, 990, 1_010, 1_005])
        let comparison = try await compare(folder, folder)
        let copy = try JSONDecoder().decode(Comparison.self, from: JSONEncoder().encode(comparison))
        #expect(copy.figures.map(\.interval) == comparison.figures.map(\.interval))
    }

    // MARK: -

    private func compare(_ arguments: String...) async throws -> Comparison {
        struct Unwanted: Error {}
        return try await Compare.parse(arguments).comparison { _, _, _ in throw Unwanted() }
    }
}

/// Folders of results that are gone after the test.
private final class ResultFolders {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "loadtest-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The path of a new folder with a result whose runs have these p99s.
    func write(
        _ name: String, latencies: [Double], _ change: (inout TestResult) -> Void = { _ in }
    ) throws -> String {
        var result = TestResult(
            command: .run, startedAt: "2026-01-01T00:00:00Z", version: "busdriver 0.1.0", driver: "busdriver",
            host: HostReport(cpu: "x", cores: 2, kernel: "6.1", memoryBytes: 1 << 30, loadAverage: 0.1),
            redis: RedisReport(
                version: "7.0.15", transport: "unix socket", appendOnly: "off", maxmemoryPolicy: "noeviction",
                isPrivate: true),
            scenario: Scenario(), runs: latencies.map { .sample(latency: $0) })
        change(&result)
        let place = folder.appending(path: name)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try JSONEncoder().encode(result).write(to: place.appending(path: "result.json"))
        return place.path
    }
}
