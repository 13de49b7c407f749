import Foundation

/// What moved since the baseline, and whether that is allowed.
package struct Comparison: Sendable {
    package enum Verdict: Equatable, Sendable {
        case same, better, worse
        /// The baseline does not have it.
        case new
        /// Only the baseline has it: what is no longer measured is no longer guarded.
        case gone
        /// The two figures cannot be compared.
        case notJudged(reason: String)

        package var isFailure: Bool { self == .worse || self == .gone }
    }

    /// One figure.
    package struct Row: Equatable, Sendable {
        package let kind: MetricKind
        package let name: String
        package let baseline: Double?
        package let now: Double?
        package let verdict: Verdict

        /// As a share of the baseline; nil where there is none.
        package var change: Double? {
            guard let baseline, let now else { return nil }
            if baseline == now { return 0 }
            return baseline == 0 ? .infinity : now / baseline - 1
        }
    }

    /// By kind, then by name.
    package let rows: [Row]

    /// - Parameters:
    ///   - baseline: what is allowed.
    ///   - now: only the kinds that it has are compared.
    ///   - noise: why times say nothing on this machine at this moment, if so.
    package init(baseline: Measurements, now: Measurements, noise: String? = nil) {
        var rows: [Row] = []
        for kind in MetricKind.allCases {
            guard let measured = now.figures[kind] else { continue }
            let known = baseline.figures[kind] ?? [:]
            let obstacle = kind == .ratios ? noise : Self.difference(of: kind, baseline.facts, now.facts)
            for name in Set(known.keys).union(measured.keys).sorted(by: Self.precedes) {
                let verdict = Self.verdict(kind, baseline: known[name], now: measured[name], obstacle: obstacle)
                rows.append(
                    Row(kind: kind, name: name, baseline: known[name], now: measured[name], verdict: verdict))
            }
        }
        self.rows = rows
    }

    package var failures: [Row] { rows.filter(\.verdict.isFailure) }

    /// Why figures were not judged, each reason once.
    package var obstacles: [String] {
        var reasons: [String] = []
        for case .notJudged(let reason) in rows.map(\.verdict) where !reasons.contains(reason) {
            reasons.append(reason)
        }
        return reasons
    }

    private static func verdict(_ kind: MetricKind, baseline: Double?, now: Double?, obstacle: String?) -> Verdict {
        guard let baseline else { return .new }
        if let obstacle { return .notJudged(reason: obstacle) }
        guard let now else { return .gone }
        if now > baseline * (1 + kind.tolerance) { return .worse }
        if now < baseline * (1 - kind.tolerance) { return .better }
        return .same
    }

    private static func difference(of kind: MetricKind, _ then: [Fact: String], _ now: [Fact: String]) -> String? {
        let differing = kind.dependencies.filter { then[$0] != now[$0] }
        guard !differing.isEmpty else { return nil }
        let words = differing.map { "\($0.rawValue) \(then[$0] ?? "unknown"), here is \(now[$0] ?? "unknown")" }
        return "the baseline was made with \(words.joined(separator: "; with "))"
    }

    /// 1 000 before 10 000.
    private static func precedes(_ one: String, _ other: String) -> Bool {
        one.compare(other, options: [.numeric]) == .orderedAscending
    }
}
