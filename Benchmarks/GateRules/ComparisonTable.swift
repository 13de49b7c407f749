import Foundation

/// A comparison as text.
package struct ComparisonTable {
    private let comparison: Comparison

    package init(_ comparison: Comparison) { self.comparison = comparison }

    /// The table: for each kind its figures, with baseline, present value, change and verdict.
    package var text: String {
        let width = (comparison.rows.map(\.name) + MetricKind.allCases.map(Self.heading)).map(\.count).max() ?? 0
        return MetricKind.allCases.compactMap { kind in
            let rows = comparison.rows.filter { $0.kind == kind }
            return rows.isEmpty ? nil : section(kind, rows, width)
        }.joined(separator: "\n\n")
    }

    /// The last lines: what failed, what was not judged, and what to do about either.
    package var summary: String {
        var lines: [String] = []
        let counts = Dictionary(grouping: comparison.rows, by: \.verdict.word).mapValues(\.count)
        for reason in comparison.obstacles { lines.append("gate: not judged: \(reason)") }
        if comparison.obstacles.contains(where: { $0.hasPrefix("the baseline") }) {
            lines.append("gate: write a new baseline on a main without changes: script/bench --gate --update")
        }
        let tally = ["same", "better", "worse", "new", "gone", "not judged"]
            .compactMap { word in counts[word].map { "\($0) \(word)" } }.joined(separator: ", ")
        if comparison.failures.isEmpty {
            lines.append("gate: passed: \(tally)")
        } else {
            for row in comparison.failures {
                lines.append("gate: \(row.verdict.word): \(row.name) (\(row.kind.rawValue))")
            }
            lines.append("gate: FAILED: \(tally)")
            lines.append(
                "gate: if that is meant: script/bench --gate --update, and commit the baseline with the reason")
        }
        return lines.joined(separator: "\n")
    }

    private func section(_ kind: MetricKind, _ rows: [Comparison.Row], _ width: Int) -> String {
        let columns = Self.line(
            Self.heading(kind).padded(to: width), ["baseline", "now", "change"].map { $0.padded(leftTo: 12) }, "verdict"
        )
        let lines = rows.map { row in
            Self.line(
                row.name.padded(to: width),
                [row.baseline.map(Self.number), row.now.map(Self.number), row.change.map(Self.signedPercent)].map {
                    ($0 ?? "–").padded(leftTo: 12)
                },
                row.verdict.word)
        }
        return ([columns] + lines).joined(separator: "\n")
    }

    private static func heading(_ kind: MetricKind) -> String {
        "\(kind.rawValue) (may rise by \(percent(kind.tolerance)))"
    }

    private static func line(_ name: String, _ values: [String], _ verdict: String) -> String {
        "\(name) \(values.joined()) \(verdict)"
    }

    private static func number(_ value: Double) -> String {
        value == 0 ? "0" : String(format: value >= 100 ? "%.1f" : "%.5f", value)
    }

    private static func percent(_ share: Double) -> String { String(format: "%.0f %%", share * 100) }

    private static func signedPercent(_ share: Double) -> String {
        share.isFinite ? String(format: "%+.2f %%", share * 100) : "from 0"
    }
}

extension Comparison.Verdict {
    var word: String {
        switch self {
        case .same: "same"
        case .better: "better"
        case .worse: "worse"
        case .new: "new"
        case .gone: "gone"
        case .notJudged: "not judged"
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    fileprivate func padded(leftTo width: Int) -> String { String(repeating: " ", count: max(1, width - count)) + self }
}
