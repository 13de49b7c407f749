import Foundation

/// Latency against percentile, each step to the right ten times as rare: every stage, the last one also for each run
/// and uncorrected.
struct PercentileChart {
    private static let pointsPerDecade = 24
    /// How each stage is drawn.
    private static let marks: [Stage: String] = [.published: "c3", .queued: "c2", .popped: "c1 thick"]
    /// How each share of a saturation is drawn.
    private static let loadMarks = ["c2", "c1", "c4", "c3"]

    /// A distribution as it is drawn.
    private struct Curve {
        var mark: String
        var name: String
        var points: [(x: Double, y: Double)?]

        init(_ name: String, _ latency: LatencyResult, mark: String) {
            self.mark = mark
            self.name = name
            points = PercentileChart.points(of: latency)
        }
    }

    /// Nil if nothing was measured.
    static func figure(_ result: TestResult) -> Figure? {
        if let found = result.saturation { return figure(found) }
        let runs = Summary(result).runs
        let stages = (runs.first?.stages.map(\.stage) ?? []).map { stage in
            (stage: stage, latency: LatencyResult.merged(runs.compactMap { $0.latency(to: stage) }))
        }.filter { $0.latency.count > 0 }
        guard let last = stages.last else { return nil }
        let uncorrected = LatencyResult.merged(runs.map(\.uncorrected))

        let measured = stages.reversed().map { stage, latency in
            Curve(stage.rawValue, latency, mark: marks[stage] ?? "c1")
        }
        let sent = Curve("\(last.stage.rawValue) since sent (uncorrected)", uncorrected, mark: "dashed")
        let repeats = runs.count > 1 ? runs.map { Curve("each run", $0.finalLatency, mark: "thin") } : []
        return figure(
            repeats + [sent] + measured.reversed(), legend: measured + [sent] + repeats.prefix(1),
            description: description(last.stage.rawValue, last.latency),
            caption:
                "Counted from the time at which each event was due. Where the dashed line lies lower, the sending itself "
                + "was held up, and a tool that waits for answers would not have seen it.")
    }

    /// The distributions at shares of the saturation: those of the probes, some of them overloaded, say nothing
    /// together.
    private static func figure(_ found: Saturation) -> Figure? {
        let own = zip(found.table, loadMarks).map { point, mark in
            Curve("\(Quantity.share(point.share)) load", point.latency, mark: mark)
        }
        let other = zip(found.table, loadMarks).compactMap { point, mark in
            point.besideLatency.map { Curve("beside", $0, mark: "\(mark) dotted") }
        }
        return figure(
            other + own, legend: own + other.prefix(1),
            description: found.table.map { description("\(Quantity.share($0.share)) load", $0.latency) }
                .joined(separator: " "),
            caption: "To the last stage, at shares of the rate found. Dotted: the driver beside at the same rate.")
    }

    private static func figure(
        _ curves: [Curve], legend: [Curve], description: String, caption: String
    ) -> Figure? {
        let all = curves.flatMap(\.points).compactMap(\.self)
        guard let low = all.map(\.y).min(), let high = all.map(\.y).max(), let rarest = all.map(\.x).max() else {
            return nil
        }
        let height = 340.0
        let plot = Plot(
            height: height,
            x: .logarithmic(
                1...max(rarest, 10), ticks: [2, 10, 100, 1_000, 10_000, 100_000].filter { $0 <= rarest * 1.001 },
                from: Plot.left, to: Plot.right),
            y: .logarithmic(max(low, 1)...max(high, 2), from: Plot.bottom(of: height), to: Plot.top))
        let drawing = plot.drawing(
            description: description, xTitle: "percentile (each step ten times as rare)", yTitle: "latency",
            xText: percentage, yText: Quantity.axisTime
        ) {
            for curve in curves { plot.curve(curve.points, class: curve.mark) }
        }
        return Figure(
            heading: "Latency by percentile",
            legend: legend.filter { !$0.points.isEmpty }.map { ($0.mark, $0.name) },
            caption: caption + " A curve ends where fewer than ten samples lie beyond.", drawings: [drawing])
    }

    /// The places of a curve: x is 1/(1 − p).
    private static func points(of latency: LatencyResult) -> [(x: Double, y: Double)?] {
        let rarest = Double(latency.count) / 10
        guard rarest >= 1 else { return [] }
        let count = Int((log10(rarest) * Double(pointsPerDecade)).rounded(.down))
        return (0...count).compactMap { index in
            let rarity = pow(10, Double(index) / Double(pointsPerDecade))
            return latency.percentile(100 - 100 / rarity).map { (rarity, $0) }
        }
    }

    /// The percentage below which all but one in `rarity` lie.
    private static func percentage(_ rarity: Double) -> String {
        "\(Quantity.plain(100 - 100 / rarity)) %"
    }

    private static func description(_ name: String, _ latency: LatencyResult) -> String {
        let parts = LatencyResult.shown.compactMap { percentile in
            latency.percentile(percentile).map {
                "\(Quantity.percentile(percentile)) \(Quantity.time(microseconds: $0))"
            }
        }
        return "Latency, \(name): \(parts.joined(separator: ", "))."
    }
}
