import Foundation

/// Latency over time: how the copies of each second are spread, with median and p99.
struct LatencyOverTime {
    private static let shades = 8

    /// Nil if no second has a latency.
    static func figure(_ result: TestResult) -> Figure? {
        let timeline = Timeline(result.runs)
        let columns = timeline.columns.map { (column: $0, heat: heat(of: $0)) }
        let filled = columns.flatMap { column in column.heat.indices.filter { column.heat[$0] > 0 } }
        guard let first = filled.min(), let last = filled.max() else { return nil }

        let height = 320.0
        let plot = Plot(
            height: height, x: timeline.scale,
            y: .logarithmic(lower(first)...lower(last + 1), from: Plot.bottom(of: height), to: Plot.top))
        let median = timeline.points { column in column.mean(\.p50) }
        let high = timeline.points { column in column.max(\.p99) }
        let drawing = plot.drawing(
            description: description(median, high), xTitle: timeline.axisTitle, yTitle: "latency to the last stage",
            xText: timeline.axisText, yText: Quantity.axisTime
        ) {
            cells(columns, in: plot)
            timeline.borders(in: plot)
            plot.curve(median, class: "ink")
            plot.curve(high, class: "c3")
        }
        return Figure(
            heading: "Latency over time",
            legend: [("ink", "p50"), ("c3", "p99"), ("shade", "copies, the stronger the more")],
            caption:
                "Each column is the events that were due then, whenever they arrived: a stall rises at once and falls as the "
                + "backlog is worked off." + timeline.resolution,
            drawings: [drawing])
    }

    /// The lower bound of bucket `index` in microseconds.
    private static func lower(_ index: Int) -> Double { 10 * pow(2, Double(index) / 2) }

    private static func heat(of column: Timeline.Column) -> [Int] {
        column.samples.reduce(into: []) { sum, sample in
            if sum.count < sample.heat.count {
                sum += repeatElement(0, count: sample.heat.count - sum.count)
            }
            for index in sample.heat.indices { sum[index] += sample.heat[index] }
        }
    }

    /// One path for each shade, all its cells in it.
    private static func cells(_ columns: [(column: Timeline.Column, heat: [Int])], in plot: Plot) -> Markup {
        var paths = [String](repeating: "", count: shades)
        for (column, heat) in columns {
            let total = Double(heat.reduce(0, +))
            let left = plot.x.place(of: column.from)
            let width = Plot.number(plot.x.place(of: column.to) - left)
            for (index, count) in heat.enumerated() where count > 0 {
                // The root shows the rare ones, which are what one looks for.
                let shade = Int((Double(count) / total).squareRoot() * Double(shades - 1) + 0.5)
                let top = plot.y.place(of: lower(index + 1))
                let height = Plot.number(plot.y.place(of: lower(index)) - top)
                paths[shade] += "M\(Plot.number(left)) \(Plot.number(top))h\(width)v\(height)h-\(width)z"
            }
        }
        return element("g", ["class": "heat"]) {
            for (index, path) in paths.enumerated() where !path.isEmpty {
                let opacity = 0.12 + 0.88 * Double(index) / Double(shades - 1)
                element("path", ["d": path, "fill-opacity": Quantity.decimal(opacity, places: 2)])
            }
        }
    }

    private static func description(
        _ median: [(x: Double, y: Double)?], _ high: [(x: Double, y: Double)?]
    ) -> String {
        func range(_ points: [(x: Double, y: Double)?]) -> String {
            let values = points.compactMap { $0?.y }
            let ends = [values.min(), values.max()].map { Quantity.time(microseconds: $0) }
            return "\(ends[0]) to \(ends[1])"
        }
        return "Latency over time: p50 \(range(median)), p99 \(range(high))."
    }
}
