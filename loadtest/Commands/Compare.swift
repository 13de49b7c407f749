import ArgumentParser
import CommandInterface
import Foundation

/// `loadtest compare`: is B better than A, the same, or worse?
struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compares two drivers, or two results.",
        discussion: """
            Two folders with a result.json are compared as they are; each repeat counts once. Two drivers are run in \
            turn, A B B A, so that a noisy machine troubles both, and longer while the verdict is not clear.

              loadtest compare results/before results/after
              loadtest compare busdriver spawn:'old/busdriver run --redis {redis}'

            Exit codes: 0 better, same or undecided, 1 failed, 2 worse, 3 lost, doubled or misrouted copies, 4 invalid, \
            64 wrong usage, 69 Redis cannot be reached or cannot work for now, 78 somebody must change something about Redis first.
            """)

    @Argument(help: "The known side: a result's folder, busdriver, or spawn:'COMMAND'.")
    var a: String

    @Argument(help: "The side to judge, of the same kind.")
    var b: String

    @Option(help: "Pairs of blocks at first; doubled up to \(InterleavedComparison.mostPairs) while undecided.")
    var pairs = 10

    @Option(help: "How long each block measures, such as 10s.")
    var block = "10s"

    @Option(help: "What to compare, with commas: \(ComparedMetric.allCases.map(\.rawValue).joined(separator: ", ")).")
    var metrics = ComparedMetric.usual.map(\.rawValue).joined(separator: ",")

    @Option(help: "The difference that does not matter.")
    var margin = "5%"

    @OptionGroup(title: "The load on drivers") var options: ScenarioOptions

    func validate() throws {
        let isSetElsewhere =
            [options.driver, options.duration, options.repeats, options.outputFolder].contains { $0 != nil }
        guard !isSetElsewhere, options.thresholds.isEmpty else {
            throw ValidationError(
                "compare has no use for --driver, --duration, --repeats, --threshold and --out; name the drivers as "
                    + "arguments, and give --block, --pairs and --margin.")
        }
        do {
            _ = try method
            _ = try NumberText.seconds(block)
        } catch {
            throw ValidationError(error.description)
        }
        guard (Comparison.fewestRepeats...InterleavedComparison.mostPairs).contains(pairs) else {
            throw ValidationError(
                "--pairs must be \(Comparison.fewestRepeats) to \(InterleavedComparison.mostPairs), not \(pairs).")
        }
    }

    func run() async throws {
        try await Complaint.onFailure {
            let comparison = try await comparison()
            try write(comparison)
            guard comparison.outcome == .completed else { throw comparison.outcome.exitCode }
        }
    }

    /// Compares what the arguments name.
    ///
    /// - Parameter measure: runs one block with a driver; nil: for real.
    func comparison(measure: InterleavedComparison.Measure? = nil) async throws -> Comparison {
        switch (try Comparand(a), try Comparand(b)) {
        case (.result(let folderOfA, let a), .result(let folderOfB, let b)):
            return try Comparison(a: folderOfA, a, b: folderOfB, b, method: method)
        case (.driver(let nameOfA, let driverOfA), .driver(let nameOfB, let driverOfB)):
            guard driverOfA != .external, driverOfB != .external else {
                throw ScenarioError("An external driver runs during the other's turn, too; write spawn:'COMMAND'.")
            }
            var scenario = try options.scenario()
            scenario.load.duration = try NumberText.seconds(block)
            var interleaved = InterleavedComparison(
                a: .init(name: nameOfA, driver: driverOfA), b: .init(name: nameOfB, driver: driverOfB),
                scenario: scenario)
            interleaved.pairs = pairs
            interleaved.method = try method
            if let measure { return try await run(interleaved, measure) }
            return try await TestSession.with(options, scenario) { [interleaved] session in
                try await run(interleaved) { scenario, label, seed in
                    let run = try await session.trial(scenario, label: label, seed: seed)
                    guard !session.bed.interruption.isRequested else { throw TestResult.Outcome.interrupted.exitCode }
                    return run
                }
            }
        case (.result, .driver), (.driver, .result):
            throw ScenarioError("Compare two folders with results or two drivers, not one of each.")
        }
    }

    private func run(
        _ interleaved: InterleavedComparison, _ measure: InterleavedComparison.Measure
    ) async throws -> Comparison {
        var interleaved = interleaved
        do {
            try await interleaved.run(measure: measure)
        } catch {
            if interleaved.hasPairs { try write(interleaved.comparison) }
            throw error
        }
        return interleaved.comparison
    }

    private func write(_ comparison: Comparison) throws {
        guard options.json else { return StandardOutput.write(ComparisonTable(comparison).text) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        StandardOutput.write(json: String(decoding: try encoder.encode(comparison), as: UTF8.self) + "\n")
    }

    /// What the figures are and how they are judged.
    private var method: Comparison.Method {
        get throws(ScenarioError) {
            var method = Comparison.Method()
            method.margin = try NumberText.share(margin)
            guard method.margin > 0 else {
                throw ScenarioError("Without a margin nothing is ever the same; choose one, for example 5%.")
            }
            method.metrics = []
            for name in metrics.split(separator: ",", omittingEmptySubsequences: false) {
                guard let metric = ComparedMetric(rawValue: name.trimmingCharacters(in: .whitespaces)) else {
                    throw ScenarioError(
                        "'\(name)' cannot be compared; choose from "
                            + "\(ComparedMetric.allCases.map(\.rawValue).joined(separator: ", ")).")
                }
                if !method.metrics.contains(metric) { method.metrics.append(metric) }
            }
            return method
        }
    }
}
