/// The measured seconds of all runs one after the other, so many to a column that a chart can show them.
struct Timeline: Sendable {
    private static let mostColumns = 160
    /// The width of a letter of a label, with room to spare.
    private static let letter = 7.5

    /// One or more successive seconds of one run.
    struct Column: Sendable {
        /// Seconds since the first run began to measure, as if there were no pauses.
        var from: Double
        var to: Double
        var samples: [SecondSample]
        /// Copies that one event makes in this run.
        var copiesPerEvent: Double

        var middle: Double { (from + to) / 2 }

        func mean(_ figure: (SecondSample) -> Double?) -> Double? {
            let known = samples.compactMap(figure)
            return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
        }

        func max(_ figure: (SecondSample) -> Double?) -> Double? {
            samples.compactMap(figure).max()
        }
    }

    /// The stretch of one run.
    struct Part: Sendable {
        var label: String
        var from: Double
        var columns: [Column]
    }

    let parts: [Part]
    let seconds: Double
    let secondsPerColumn: Int

    init(_ runs: [RunResult]) {
        let total = runs.reduce(0) { $0 + $1.measuredSeries.count }
        let size = max(1, (total + Self.mostColumns - 1) / Self.mostColumns)
        var parts: [Part] = []
        var start = 0.0
        for run in runs where !run.measuredSeries.isEmpty {
            let samples = run.measuredSeries
            let columns = stride(from: 0, to: samples.count, by: size).map { first in
                let end = min(first + size, samples.count)
                return Column(
                    from: start + Double(first), to: start + Double(end), samples: Array(samples[first..<end]),
                    copiesPerEvent: run.copiesPerEvent)
            }
            parts.append(Part(label: run.label, from: start, columns: columns))
            start += Double(samples.count)
        }
        self.parts = parts
        seconds = start
        secondsPerColumn = size
    }

    var isEmpty: Bool { parts.isEmpty }
    var columns: [Column] { parts.flatMap(\.columns) }

    /// The axis of time.
    var scale: Scale {
        let ticks = Scale.linear(upTo: seconds / unit, parts: 6, from: 0, to: 1).ticks.map { $0 * unit }
            .filter { $0 <= seconds }
        return .linear(0...seconds, ticks: ticks, from: Plot.left, to: Plot.right)
    }

    var axisTitle: String {
        (unit > 1 ? "minutes" : "seconds") + (parts.count > 1 ? ", run after run" : "")
    }

    func axisText(_ second: Double) -> String { Quantity.plain(second / unit) }

    /// Seconds in what the axis counts: in a long test minutes read better.
    private var unit: Double { seconds >= 600 ? 60 : 1 }

    /// Points of a figure over time, with a gap between runs and where it is unknown.
    func points(_ figure: (Column) -> Double?) -> [(x: Double, y: Double)?] {
        parts.flatMap { part in
            part.columns.map { column in figure(column).map { (column.middle, $0) } } + [nil]
        }
    }

    /// Where runs begin, and which they are.
    func borders(in plot: Plot) -> Markup {
        .joined(
            parts.dropFirst().map { plot.vertical(at: $0.from, class: "border") }
                + (parts.count > 1 ? parts.indices.map { label(of: $0, in: plot) } : []))
    }

    /// The name of a run, or its number where that does not fit.
    private func label(of index: Int, in plot: Plot) -> Markup {
        let start = plot.x.place(of: parts[index].from)
        let end = index + 1 < parts.count ? plot.x.place(of: parts[index + 1].from) : Plot.right
        let name = parts[index].label
        let fits = Double(name.count) * Self.letter < end - start
        return Plot.text(fits ? name : String(index + 1), (start + 2, Plot.top - 5), class: "part")
    }

    /// What a column stands for, where it is more than a second.
    var resolution: String {
        secondsPerColumn > 1 ? " A point stands for \(secondsPerColumn) s." : ""
    }
}
