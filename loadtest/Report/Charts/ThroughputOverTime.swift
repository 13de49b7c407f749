/// Events due, published and driven each second, and below how many wait.
struct ThroughputOverTime {
    /// Nil without a measured second.
    static func figure(_ result: TestResult) -> Figure? {
        let timeline = Timeline(result.runs)
        guard !timeline.isEmpty else { return nil }
        let due = timeline.points { column in column.mean { Double($0.intended) } }
        let published = timeline.points { column in column.mean { Double($0.published) } }
        let driven = timeline.points { column in
            column.mean { column.copiesPerEvent > 0 ? Double($0.popped) / column.copiesPerEvent : nil }
        }
        let backlog = timeline.points { column in column.max { Double($0.backlog) } }
        return Figure(
            heading: "Throughput and backlog",
            legend: [("c1", "driven"), ("c2", "published"), ("dashed", "due")],
            caption:
                "Driven is copies popped, divided by the copies that one event makes. A backlog that grows means that the "
                + "driver does not keep up." + timeline.resolution,
            drawings: [
                drawing(
                    timeline, [(published, "c2"), (driven, "c1"), (due, "dashed")], height: 230, title: "events/s",
                    description: "Events driven a second: \(range(driven)); due: \(range(due))."),
                drawing(
                    timeline, [(backlog, "c1")], height: 170, title: "events waiting",
                    description: "Events waiting: \(range(backlog))."),
            ])
    }

    private static func drawing(
        _ timeline: Timeline, _ curves: [(points: [(x: Double, y: Double)?], mark: String)], height: Double,
        title: String, description: String
    ) -> Markup {
        let highest = curves.flatMap(\.points).compactMap { $0?.y }.max() ?? 0
        let plot = Plot(
            height: height, x: timeline.scale,
            y: .linear(upTo: max(highest, 1), from: Plot.bottom(of: height), to: Plot.top))
        return plot.drawing(
            description: description, xTitle: timeline.axisTitle, yTitle: title, xText: timeline.axisText,
            yText: Quantity.axisCount
        ) {
            timeline.borders(in: plot)
            for curve in curves { plot.curve(curve.points, class: curve.mark) }
        }
    }

    private static func range(_ points: [(x: Double, y: Double)?]) -> String {
        let values = points.compactMap { $0?.y }
        return "\(Quantity.rate(values.min())) to \(Quantity.rate(values.max()))"
    }
}
