/// Latency at different rates: of a search, of steps or of a ramp.
struct RateAgainstLatency {
    /// What was seen at one rate.
    private struct Point {
        var rate: Double
        var p50: Double?
        var p99: Double?
        /// Whether the driver kept up.
        var held = true
    }

    /// Nil for a test at one rate.
    static func figure(_ result: TestResult) -> Figure? {
        if let saturation = result.saturation { return figure(saturation, runs: result.runs) }
        let seconds = result.runs.flatMap(\.measuredSeries)
        let points: [Point]
        switch result.scenario.load.curve {
        case .constant:
            return nil
        case .ramp:
            points = seconds.map { Point(rate: Double($0.intended), p50: $0.p50, p99: $0.p99) }
        case .steps(let rates, let length):
            points = rates.enumerated().map { index, rate in
                let step = seconds.filter { Int(Double($0.second) / length) == index }
                return Point(rate: rate, p50: Median.of(step.compactMap(\.p50)), p99: Median.of(step.compactMap(\.p99)))
            }
        }
        return figure(
            marks: points, lines: [], bound: nil, rate: nil,
            legend: [("c3", "p99"), ("ink", "p50")],
            caption: "Medians of the seconds at each rate.")
    }

    private static func figure(_ found: Saturation, runs: [RunResult]) -> Figure? {
        let probes = runs.map { run in
            let p99 = run.finalLatency.percentile(99)
            let kept = run.achievedRate >= 0.99 * run.offeredRate && run.invalid.isEmpty
            return Point(
                rate: run.offeredRate, p50: run.finalLatency.percentile(50), p99: p99,
                held: kept && (p99 ?? .infinity) < found.bound)
        }
        let own = found.table.map { (rate: $0.rate, latency: $0.latency) }
        let other = found.table.compactMap { point in point.besideLatency.map { (rate: point.rate, latency: $0) } }
        let lines = [(own, 99.0, "c3"), (own, 50, "ink"), (other, 99, "c3 dotted"), (other, 50, "ink dotted")].map {
            points, percentile, mark in
            (points.map { point in point.latency.percentile(percentile).map { (x: point.rate, y: $0) } }, mark)
        }
        return figure(
            marks: probes, lines: lines, bound: found.bound, rate: found.rate,
            legend: [("c3", "p99"), ("ink", "p50")]
                + (other.isEmpty ? [] : [("c3 dotted", "p99 beside"), ("ink dotted", "p50 beside")])
                + [("limit", "bound on p99, and the rate found")],
            caption:
                "Dots are the probes of the search, hollow where the driver did not keep up or p99 passed the bound. Lines are "
                + "the measurements at 25, 50, 75 and 90 % of the rate found.")
    }

    private static func figure(
        marks: [Point], lines: [(points: [(x: Double, y: Double)?], mark: String)], bound: Double?, rate: Double?,
        legend: [(mark: String, name: String)], caption: String
    ) -> Figure? {
        let times =
            marks.flatMap { [$0.p50, $0.p99] }.compactMap(\.self) + lines.flatMap(\.points).compactMap { $0?.y }
        guard let low = times.min(), let high = (times + [bound].compactMap(\.self)).max() else { return nil }
        let height = 340.0
        let plot = Plot(
            height: height,
            x: .linear(upTo: marks.map(\.rate).max() ?? 1, from: Plot.left, to: Plot.right),
            y: .logarithmic(max(low, 1)...max(high, 2), from: Plot.bottom(of: height), to: Plot.top))
        let drawing = plot.drawing(
            description: description(marks, rate), xTitle: "events/s", yTitle: "latency to the last stage",
            xText: Quantity.axisCount, yText: Quantity.axisTime
        ) {
            if let bound { plot.horizontal(at: bound, class: "limit") }
            if let rate { plot.vertical(at: rate, class: "limit") }
            for line in lines { plot.curve(line.points, class: line.mark) }
            for mark in marks {
                let fill = mark.held ? "" : " hollow"
                if let p50 = mark.p50 { plot.dot((mark.rate, p50), class: "dot ink\(fill)") }
                if let p99 = mark.p99 { plot.dot((mark.rate, p99), class: "dot c3\(fill)") }
            }
        }
        return Figure(heading: "Latency against rate", legend: legend, caption: caption, drawings: [drawing])
    }

    private static func description(_ marks: [Point], _ rate: Double?) -> String {
        let points = marks.sorted { $0.rate < $1.rate }.map {
            "\(Quantity.rate($0.rate))/s p50 \(Quantity.time(microseconds: $0.p50)) p99 \(Quantity.time(microseconds: $0.p99))"
        }
        let found = rate.map { "Sustained: \(Quantity.rate($0)) events/s. " } ?? ""
        return found + "Latency at each rate: \(points.joined(separator: "; "))."
    }
}
