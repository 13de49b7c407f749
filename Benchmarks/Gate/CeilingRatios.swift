import Foundation
import GateRules

/// The driver's time beside that of the C programs in the same run (`run-driver` and `run-latency`, shortened).
enum CeilingRatios {
    /// Figures, and why they say nothing, if so.
    struct Attempt {
        var measured: Measurements
        var noise: String?

        func best(with other: Attempt) -> Attempt { merged(with: other, choosing: min) }

        func worst(with other: Attempt) -> Attempt { merged(with: other, choosing: max) }

        private func merged(with other: Attempt, choosing: (Double, Double) -> Double) -> Attempt {
            Attempt(measured: measured.merging(other.measured, choosing: choosing), noise: noise ?? other.noise)
        }
    }

    static func measure(_ workbench: Workbench) throws -> Attempt {
        let guarded = NoiseGuard()
        if let noise = guarded.noiseBefore() {
            return Attempt(measured: Measurements(figures: [.ratios: [:]]), noise: noise)
        }
        let folder = try workbench.emptyFolder("ratios")
        let driver = folder.appending(path: "driver.json")
        try workbench.output([
            "Benchmarks/run-driver", "--events", "200000", "--matches", "1 5", "--patterns", "", "--rounds", "3",
            "--json", driver.path,
        ])
        let latency = folder.appending(path: "latency.json")
        try workbench.output(["Benchmarks/run-latency", "--rounds", "1", "--json", latency.path])

        var ratios: [String: Double] = [:]
        for result in try JSONDecoder().decode(Drain.self, from: Data(contentsOf: driver)).results {
            ratios["drain, \(result.matches) matching"] = result.ceilingPerSecond / result.eventsPerSecond
        }
        for result in try JSONDecoder().decode(Latency.self, from: Data(contentsOf: latency)).results
        where result.percentile == "p50" {
            ratios["latency at 1000/s, p50"] = result.ratio
        }
        return Attempt(measured: Measurements(figures: [.ratios: ratios]), noise: guarded.noiseSince())
    }

    /// As `run-driver` writes it.
    private struct Drain: Decodable {
        struct Result: Decodable {
            var matches: Int
            var eventsPerSecond: Double
            var ceilingPerSecond: Double

            enum CodingKeys: String, CodingKey {
                case matches
                case eventsPerSecond = "events_per_second"
                case ceilingPerSecond = "ceiling_per_second"
            }
        }
        var results: [Result]
    }

    /// As `run-latency` writes it.
    private struct Latency: Decodable {
        struct Result: Decodable {
            var percentile: String
            var ratio: Double
        }
        var results: [Result]
    }
}
