/// CPU time of one event in each run: driver, Redis and load generator side by side.
struct ProcessorTime {
    private static let shownRuns = 12
    private static let processes: [(name: String, mark: String, use: @Sendable (RunResult) -> ProcessUse?)] = [
        ("driver", "c1", { $0.driverUse }), ("Redis", "c2", { $0.redisUse }),
        ("load generator", "c4", { $0.generatorUse }),
    ]

    /// Nil if no run has both events and a process to look at.
    static func figure(_ result: TestResult) -> Figure? {
        let rows = result.runs.prefix(shownRuns).compactMap(row)
        guard let longest = rows.map(\.total).max(), longest > 0 else { return nil }
        let bars = element("div", ["class": "bars"]) {
            for row in rows {
                element("div", ["class": "bar-label"], row.label)
                element("div", ["class": "bar"]) {
                    for part in row.parts {
                        let width = Quantity.decimal(part.microseconds / longest * 100, places: 1)
                        element(
                            "span",
                            [
                                "class": "fill \(part.mark)", "style": "width:\(width)%",
                                "title": "\(part.name): \(Quantity.time(microseconds: part.microseconds))",
                            ])
                    }
                }
                element(
                    "div", ["class": "bar-value"],
                    row.parts.map { Quantity.time(microseconds: $0.microseconds) }.joined(separator: " + "))
            }
        }
        return Figure(
            heading: "CPU time of one event", legend: processes.map { ("\($0.mark) block", $0.name) },
            caption: "User and system time in the measured seconds, divided by the events driven."
                + (result.runs.count > shownRuns ? " The first \(shownRuns) runs." : ""),
            drawings: [bars])
    }

    private struct Row {
        var label: String
        var parts: [(name: String, mark: String, microseconds: Double)]
        var total: Double { parts.reduce(0) { $0 + $1.microseconds } }
    }

    private static func row(of run: RunResult) -> Row? {
        let parts = processes.compactMap { process in
            run.microsecondsPerEvent(process.use(run)).map { (process.name, process.mark, $0) }
        }
        return parts.isEmpty ? nil : Row(label: run.label, parts: parts)
    }
}
