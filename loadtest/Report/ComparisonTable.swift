import CommandInterface

/// A comparison for people.
struct ComparisonTable {
    private static let none = "n/a"

    private let comparison: Comparison

    init(_ comparison: Comparison) {
        self.comparison = comparison
    }

    /// The lines, each ended.
    var text: String {
        var table = TextTable(
            ("METRIC", .left), ("A", .right), ("B", .right), ("RATIO", .right), ("95 %", .left), ("VERDICT", .left))
        for figure in comparison.figures {
            table.add(
                figure.metric.rawValue, figure.a.map(figure.metric.text) ?? Self.none,
                figure.b.map(figure.metric.text) ?? Self.none, figure.ratio.map(Self.ratio) ?? Self.none,
                figure.interval.map { "\(Self.ratio($0.low)) … \(Self.ratio($0.high))" } ?? Self.none,
                Self.sentence(figure, margin: comparison.margin))
        }
        let warnings = comparison.warnings.map { "warning: \(TextTable.oneLine($0))\n" }.joined()
        let sides = "A: \(TextTable.oneLine(comparison.a))\nB: \(TextTable.oneLine(comparison.b))\n"
        return "\(warnings)\(sides)\n\(table.text)"
    }

    /// The verdict in words: `B is 12 % slower than A (5.0 % … 19 %)`.
    static func sentence(_ figure: Comparison.Figure, margin: Double) -> String {
        guard let ratio = figure.ratio else { return "not measured on both sides" }
        guard let interval = figure.interval else {
            return "undecided: \(figure.repeatsOfA) and \(figure.repeatsOfB) repeats are too few; measure at least "
                + "\(Comparison.fewestRepeats) each"
        }
        let metric = figure.metric
        let verb = metric.better == .higher ? "drives" : metric.isCost ? "takes" : "is"
        switch figure.verdict {
        case .same:
            return "the same within \(ComparedMetric.percent(1 + margin))"
        case .better, .worse:
            // Nearer to A first.
            let ends = (ratio > 1 ? [interval.low, interval.high] : [interval.high, interval.low])
                .map(ComparedMetric.percent)
            return "B \(verb) \(metric.change(ratio)) than A (\(ends[0]) … \(ends[1]))"
        case .undecided:
            return "undecided: B \(verb) from \(metric.change(interval.low)) to \(metric.change(interval.high)) than A"
        }
    }

    private static func ratio(_ ratio: Double) -> String {
        let thousandths = Int((ratio * 1000).rounded())
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
