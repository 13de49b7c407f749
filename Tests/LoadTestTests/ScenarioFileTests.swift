import Foundation
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct ScenarioFileTests {
    private func scenario(_ yaml: String) throws -> Scenario {
        try TemporaryFile(Array(yaml.utf8), suffix: ".yml").read { path in try ScenarioFile.draft(path: path).scenario()
        }
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "loadtest/scenarios")

    @Test func theOnesInTheRepositoryAreScenarios() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter {
            $0.hasSuffix(".yml")
        }
        #expect(files.count >= 5)
        for file in files {
            let scenario = try ScenarioFile.draft(path: Self.folder.appending(path: file).path).scenario()
            #expect(scenario.thresholds.contains("lost==0"), "\(file)")
            #expect(scenario.target.redis == nil, "\(file) must not name a Redis")
            _ = try scenario.shape.workload(seed: scenario.load.seed)
        }
    }

    @Test func everySettingIsRead() throws {
        let scenario = try scenario(
            """
            target: {redis: "unix:///tmp/r.sock", namespace: '', incoming: in, driver: "spawn:./drive", force: true}
            load:
              steps: 5k,10k:15s
              arrival: uniform
              duration: 40s
              warmup: auto
              repeats: 2
              seed: 18446744073709551615
            shape: {apps: 7, subs-per-app: 3, match-fanout: 2, nomatch: 0.1, regex-subs: 50%, malformed: 0, payload-size: 512}
            thresholds: ["e2e.p99<20ms"]
            """)
        let expected = Scenario(
            target: .init(
                redis: "unix:///tmp/r.sock", namespace: "", incoming: "in", driver: .spawn("./drive"), force: true),
            load: .init(
                curve: .steps([5_000, 10_000], seconds: 15), arrival: .uniform, duration: 40, warmUp: nil, repeats: 2,
                seed: .max),
            shape: .init(
                applications: 7, subscriptionsPerApplication: 3, matchesPerEvent: 2, unmatched: 0.1, regex: 0.5,
                malformed: 0, payload: .fixed(512)),
            thresholds: ["e2e.p99<20ms"])
        #expect(scenario == expected)
    }

    @Test func anEmptyFileIsTheDefault() throws {
        #expect(try scenario("# nothing yet\n") == Scenario())
    }

    @Test func anEventsFileLiesBesideTheScenario() throws {
        #expect(try scenario("shape: {events-file: /data/day.jsonl}").shape.eventsFile == "/data/day.jsonl")
        let relative = try scenario("shape: {events-file: day.jsonl}").shape.eventsFile
        #expect(relative == URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "day.jsonl").path)
    }

    @Test(arguments: [
        (
            "laod: {rate: 1k}", "Line 1 of",
            "there is no section 'laod'; allowed are target, load, shape and thresholds."
        ),
        ("load:\n  speed: 1k", "Line 2 of", "the section load has no 'speed'; allowed are rate, ramp, steps, arrival"),
        ("load:\n  apps: 1", "Line 2 of", "the section load has no 'apps'"),
        ("load:\n  rate: fast", "Line 2 of", "rate: 'fast' is not a rate"),
        ("load:\n  rate:", "Line 2 of", "rate: it needs one value."),
        ("load:\n\n  rate: [1k]", "Line 3 of", "rate: it needs one value."),
        ("load: 1k", "Line 1 of", "the section load must hold some of rate"),
        ("target: {force: maybe}", "Line 1 of", "force: 'maybe' is neither true nor false."),
        ("- load", "Line 1 of", "it must hold the sections target, load, shape and thresholds."),
        ("load: {rate: 1k\n", "of", "is not YAML"),
        ("load:\n  rate: 1k\n  rate: 2k", "Line", "rate is written twice."),
        ("load: {rate: 1k, ramp: '1k:2k:3s'}", "Line 1 of", "choose one of rate, ramp and steps."),
        ("thresholds: lost==0", "Line 1 of", "thresholds must be a list"),
        ("thresholds:\n  - lost==0\n  - e2e.p99", "Line 3 of", "thresholds: 'e2e.p99' compares nothing"),
    ])
    func mistakesAreToldWithTheirPlace(yaml: String, place: String, sentence: String) throws {
        let error = #expect(throws: ScenarioError.self) { try scenario(yaml) }
        let text = error?.description ?? "nothing"
        #expect(text.contains(place) && text.contains(".yml"), "\(text)")
        #expect(text.contains(sentence), "\(text)")
    }

    @Test func whatIsNoTextIsRefused() throws {
        try TemporaryFile([0xFF, 0xFE]).read { path in
            let error = #expect(throws: ScenarioError.self) { try ScenarioFile.draft(path: path) }
            #expect(error == ScenarioError("The scenario file \(path) is not UTF-8 text."))
        }
        #expect(throws: ScenarioError("The scenario file /nowhere cannot be read.")) {
            try ScenarioFile.draft(path: "/nowhere")
        }
    }
}
