/// Cores in use by driver and Redis, and below the driver's memory.
struct ResourcesOverTime {
    /// Nil if nobody looked at the processes.
    static func figure(_ result: TestResult) -> Figure? {
        let timeline = Timeline(result.runs)
        let driver = timeline.points { $0.mean(\.driverCPU) }
        let redis = timeline.points { $0.mean(\.redisCPU) }
        let memory = timeline.points { column in column.max { $0.driverMemoryBytes.map { Double($0) / 1e6 } } }
        let drawings = [
            drawing(
                timeline, [(redis, "c2"), (driver, "c1")], title: "cores in use", unit: "cores",
                text: Quantity.plain),
            drawing(timeline, [(memory, "c1")], title: "memory of the driver, MB", unit: "MB", text: Quantity.plain),
        ].compactMap(\.self)
        guard !drawings.isEmpty else { return nil }
        return Figure(
            heading: "Processors and memory", legend: [("c1", "driver"), ("c2", "Redis")],
            caption: "Memory is what is resident." + timeline.resolution, drawings: drawings)
    }

    private static func drawing(
        _ timeline: Timeline, _ curves: [(points: [(x: Double, y: Double)?], mark: String)], title: String,
        unit: String, text: (Double) -> String
    ) -> Markup? {
        let values = curves.flatMap(\.points).compactMap { $0?.y }
        guard let lowest = values.min(), let highest = values.max() else { return nil }
        let height = 200.0
        let plot = Plot(
            height: height, x: timeline.scale,
            y: .linear(upTo: max(highest, 0.01), from: Plot.bottom(of: height), to: Plot.top))
        return plot.drawing(
            description: "\(title): \(Quantity.threeDigits(lowest)) to \(Quantity.threeDigits(highest)) \(unit).",
            xTitle: timeline.axisTitle, yTitle: title, xText: timeline.axisText, yText: text
        ) {
            timeline.borders(in: plot)
            for curve in curves { plot.curve(curve.points, class: curve.mark) }
        }
    }
}
