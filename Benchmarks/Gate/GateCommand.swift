import ArgumentParser
import Foundation
import GateRules

/// `script/bench --gate`: measures, compares with the baseline, prints what moved, and exits with 2 when something got
/// worse.
@main
struct GateCommand: ParsableCommand {
    @Flag(help: "Write what is measured to the baseline, and print old and new.") var update = false
    @Flag(help: "Measure no times, only what the machine does not decide.") var withoutRatios = false
    @Option(help: "The project's folder.") var root = "."
    @Option(help: "The folder of the C programs and of the results.") var scratch: String

    private var baselineFile: URL { URL(filePath: root).appending(path: "Benchmarks/baseline.json") }

    func run() throws {
        let workbench = Workbench(root: root, scratch: scratch)
        let baseline = try readBaseline()
        var now = Measurements(facts: try Facts.read())
        try report("counters") {
            now = now.replacing(with: try DriverCounts.measure(workbench))
        }
        try report("instructions") {
            now = now.replacing(with: try PureCostsRun.measure(workbench))
        }
        var noise: String?
        if !withoutRatios {
            try report("ratios") {
                let ratios = try measureRatios(workbench, baseline)
                now = now.replacing(with: ratios.measured)
                noise = ratios.noise
            }
        }
        try conclude(baseline: baseline, now: now, noise: noise)
    }

    /// A second attempt only where the first is worse: neighbours on the machine come and go. A baseline is the worst
    /// of three attempts, because it has to hold on the next day too.
    private func measureRatios(_ workbench: Workbench, _ baseline: Measurements) throws -> CeilingRatios.Attempt {
        let first = try CeilingRatios.measure(workbench)
        if update {
            let attempts = try [first] + (2...3).map { _ in try CeilingRatios.measure(workbench) }
            let quiet = attempts.filter { $0.noise == nil }
            return quiet.dropFirst().reduce(quiet.first ?? first) { $0.worst(with: $1) }
        }
        let comparison = Comparison(baseline: baseline, now: first.measured, noise: first.noise)
        guard !comparison.failures.isEmpty else { return first }
        print("gate: worse beside the ceiling; measuring a second time")
        let second = try CeilingRatios.measure(workbench)
        return second.noise == nil ? first.best(with: second) : second
    }

    private func conclude(baseline: Measurements, now: Measurements, noise: String?) throws {
        let comparison = Comparison(baseline: baseline, now: now, noise: noise)
        let table = ComparisonTable(comparison)
        print("\n\(table.text)\n")
        if update {
            var new = baseline.replacing(with: now)
            if let noise {
                new.figures[.ratios] = baseline.figures[.ratios]
                print("gate: the times stay as they were: \(noise)")
            }
            try new.json().write(to: baselineFile)
            print("gate: wrote \(baselineFile.relativePath); commit it with the reason for what moved")
            return
        }
        print(table.summary)
        if !comparison.failures.isEmpty { throw ExitCode(2) }
    }

    private func readBaseline() throws -> Measurements {
        guard let json = try? Data(contentsOf: baselineFile) else {
            if update { return Measurements() }
            throw GateError("\(baselineFile.relativePath) is not there; write it with script/bench --gate --update")
        }
        do {
            return try Measurements(json: json)
        } catch let error as BaselineError {
            throw GateError("\(baselineFile.relativePath): \(error); write it anew with script/bench --gate --update")
        }
    }

    private func report(_ what: String, _ measure: () throws -> Void) throws {
        let duration = try ContinuousClock().measure { try measure() }
        print("gate: \(what) took \(duration.formatted(.units(allowed: [.seconds])))")
    }
}

/// The gate could not measure or compare.
struct GateError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
