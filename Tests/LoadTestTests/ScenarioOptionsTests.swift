import ArgumentParser
import Foundation
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct ScenarioOptionsTests {
    private func scenario(_ words: String...) throws -> Scenario { try ScenarioOptions.parse(words).scenario() }

    @Test func withoutFlagsItIsTheDefault() throws {
        #expect(try scenario() == Scenario())
    }

    @Test func everyFlagSetsItsSetting() throws {
        let scenario = try scenario(
            "--redis", "redis://localhost:6400/3", "--namespace", "shop", "--incoming", "in", "--driver",
            "spawn:./drive",
            "--force", "--rate", "20k", "--arrival", "uniform", "--duration", "3s", "--warmup", "500ms", "--repeats",
            "2",
            "--seed", "42", "--apps", "7", "--subs-per-app", "3", "--match-fanout", "2", "--nomatch", "10%",
            "--regex-subs", "0.5", "--malformed", "1%", "--payload-size", "lognormal:500:0.5", "--threshold", "lost==0",
            "--threshold", "e2e.p99<20ms")
        let expected = Scenario(
            target: .init(
                redis: "redis://localhost:6400/3", namespace: "shop", incoming: "in", driver: .spawn("./drive"),
                force: true),
            load: .init(curve: .constant(20_000), arrival: .uniform, duration: 3, warmUp: 0.5, repeats: 2, seed: 42),
            shape: .init(
                applications: 7, subscriptionsPerApplication: 3, matchesPerEvent: 2, unmatched: 0.1, regex: 0.5,
                malformed: 0.01, payload: .lognormal(median: 500, sigma: 0.5)),
            thresholds: ["lost==0", "e2e.p99<20ms"])
        #expect(scenario == expected)
    }

    /// A setting without a flag could not be overridden.
    @Test func everySettingHasAFlag() {
        let help = ScenarioOptions.helpMessage()
        for setting in ScenarioSetting.allCases { #expect(help.contains("--\(setting.rawValue)")) }
    }

    @Test func whereTheCurveEndsTheMeasuringEndsUnlessToldOtherwise() throws {
        #expect(try scenario("--ramp", "1k:2k:45s").load.duration == 45)
        #expect(try scenario("--steps", "1k,2k,3k:15s").load.duration == 45)
        #expect(try scenario("--steps", "1k,2k,3k:15s", "--duration", "10s").load.duration == 10)
    }

    @Test func theNamespaceOfARedisURLCountsUnlessToldOtherwise() throws {
        #expect(try scenario("--redis", "localhost:6379:2/shop").target.namespace == "shop")
        #expect(try scenario("--redis", "localhost:6379:2/shop", "--namespace", "x").target.namespace == "x")
    }

    @Test func flagsComeBeforeTheFile() throws {
        let file = try TemporaryFile(
            Array(
                """
                load:
                  ramp: 1k:2k:10s
                  repeats: 3
                thresholds: [lost==0]
                """.utf8))
        let scenario = try file.read { path in
            try self.scenario("--scenario", path, "--rate", "5k", "--threshold", "doubled==0")
        }
        #expect(scenario.load.curve == .constant(5_000))
        #expect(scenario.load.duration == 20)
        #expect(scenario.load.repeats == 3)
        #expect(scenario.thresholds == ["doubled==0"])
    }

    @Test(arguments: [
        (["--rate", "fast"], "--rate: 'fast' is not a rate"),
        (["--rate", "1k", "--steps", "1k:1s"], "--steps: there is --rate already"),
        (["--arrival", "random"], "--arrival: 'random' is not a kind of arrival; choose poisson or uniform."),
        (["--duration", "20"], "--duration: '20' has no unit; write 20s"),
        (["--repeats", "0"], "There are 0 repeats; choose 1 to 1000."),
        (["--seed", "-1"], "--seed"),
        (["--apps", "1.5"], "--apps: '1.5' is not a whole number"),
        (["--apps", "2", "--match-fanout", "3"], "3 matches per event need 3 applications"),
        (["--payload-size", "big"], "--payload-size: 'big' is not a payload size"),
        (["--payload-size", "10"], "The payload size is 10 bytes"),
        (["--nomatch", "60%", "--malformed", "50%"], "together above 100%"),
        (["--driver", "ruby"], "--driver: 'ruby' is not a driver"),
        (["--driver", "external"], "An external driver needs a Redis that it works on"),
        (["--redis", "http://x"], "--redis:"),
        (["--incoming", ""], "The incoming list has no name"),
        (["--threshold", "e2e.p99"], "--threshold: 'e2e.p99' compares nothing"),
        (["--scenario", "/nowhere/x.yml"], "The scenario file /nowhere/x.yml cannot be read."),
        (["--speed", "9"], "Unknown option"),
    ])
    func wrongFlagsAreRefusedInOneSentence(words: [String], sentence: String) {
        let error = #expect(throws: (any Error).self) { try ScenarioOptions.parse(words) }
        guard let error else { return }
        let message = ScenarioOptions.message(for: error)
        #expect(message.contains(sentence), "\(message)")
        #expect(ScenarioOptions.exitCode(for: error) == ExitCode(64))
    }
}

/// What would crash or be ignored is refused.
@Suite(.timeLimit(.minutes(1))) struct CommandFlagTests {
    @Test func moreCopiesThanCanBeCounted() throws {
        let command = try RunCommand.parse(["--apps", "64", "--match-fanout", "64"])
        #expect(try command.options.scenario().shape.matchesPerEvent == 64)
        #expect(throws: (any Error).self) { try RunCommand.parse(["--apps", "65", "--match-fanout", "65"]) }
    }

    @Test func aSearchWithoutTolerance() throws {
        #expect(try Saturate.parse(["--tolerance", "0.1%"]).tolerance == "0.1%")
        #expect(throws: (any Error).self) { try Saturate.parse(["--tolerance", "0%"]) }
    }

    @Test func repeatsWhereThereAreNone() {
        #expect(throws: (any Error).self) { try Saturate.parse(["--repeats", "2"]) }
        #expect(throws: (any Error).self) { try Soak.parse(["--repeats", "2"]) }
    }

    @Test func aTestWithoutWarmUp() throws {
        #expect(try RunCommand.parse(["--warmup", "0s"]).options.scenario().load.warmUp == 0)
        #expect(throws: (any Error).self) { try RunCommand.parse(["--duration", "0s"]) }
    }
}
