import CommandInterface

/// What a test found out, for the terminal: 25 lines at most.
struct ResultTable {
    private static let shownWarnings = 3
    private static let shownRuns = 5
    /// Checks, and slopes in the lines before them.
    private static let shownFindings = 4

    private let result: TestResult
    private let summary: Summary

    init(_ result: TestResult) {
        self.result = result
        summary = Summary(result)
    }

    /// The lines, each ended.
    var text: String {
        let sections = [warnings + head, runs, result.saturation.map(saturation) ?? stages, slopes + checks]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private var warnings: [String] {
        Self.shortened(Verdict.warnings(of: result).map { "warning: \($0)" }, to: Self.shownWarnings, more: "warnings")
    }

    private var head: [String] {
        let verdict = Verdict(result)
        let place = [
            "Redis \(result.redis.version)\(result.redis.isPrivate ? ", private" : "")", result.redis.transport,
            "AOF \(result.redis.appendOnly)", "maxmemory policy \(result.redis.maxmemoryPolicy)",
            "\(result.host.cores) cores",
        ]
        return [
            "\(verdict.word.uppercased()): \(verdict.headline)",
            "\(result.command.rawValue) of \(result.driver) · \(place.joined(separator: " · "))",
        ].map(TextTable.oneLine)
    }

    // MARK: Runs

    /// A line for each run and for their median; a search has too many, and its probes tell nothing together.
    private var runs: [String] {
        guard !result.runs.isEmpty, result.saturation == nil else { return [] }
        var table = TextTable(
            ("RUN", .left), ("OFFERED/s", .right), ("ACHIEVED/s", .right), ("p99", .right), ("LOST", .right),
            ("DOUBLED", .right), ("MISROUTED", .right), ("OUT OF ORDER", .right), ("WAITING", .right),
            ("CPU/EVENT", .right), ("MEMORY", .right))
        let hidden = result.runs.count > Self.shownRuns ? result.runs.count - Self.shownRuns + 1 : 0
        for run in result.runs.dropLast(hidden) {
            let counts = run.counts
            table.add(
                run.label, Quantity.rate(run.offeredRate), Quantity.rate(run.achievedRate),
                Quantity.time(microseconds: run.finalLatency.percentile(99)), Quantity.count(counts.lost),
                Quantity.count(counts.doubled), Quantity.count(counts.misrouted), Quantity.count(counts.outOfOrder),
                Quantity.count(counts.waiting), Quantity.time(microseconds: run.microsecondsPerEvent(run.driverUse)),
                Quantity.bytes(run.driverUse.map { Double($0.peakMemoryBytes) }))
        }
        if hidden > 0 {
            table.add("… \(hidden) more", "", "", "", "", "", "", "", "", "", "")
        }
        if result.runs.count > 1 { addMedians(to: &table) }
        return Self.lines(table)
    }

    /// Medians of what is measured, sums of what is counted: one lost copy in one run is not none.
    private func addMedians(to table: inout TextTable) {
        let counts = Summary.counts(of: result)
        table.add(
            "median, sum", Quantity.rate(summary.median(\.offeredRate)), Quantity.rate(summary.median(\.achievedRate)),
            Quantity.time(microseconds: summary.finalPercentile(99)), Quantity.count(counts.lost),
            Quantity.count(counts.doubled), Quantity.count(counts.misrouted), Quantity.count(counts.outOfOrder),
            Quantity.count(counts.waiting),
            Quantity.time(microseconds: summary.median { $0.microsecondsPerEvent($0.driverUse) }),
            Quantity.bytes(summary.median { $0.driverUse.map { Double($0.peakMemoryBytes) } }))
    }

    // MARK: Latencies

    private var stages: [String] {
        guard !summary.distributions.isEmpty else { return [] }
        var table = TextTable(
            ("LATENCY", .left), ("p50", .right), ("p90", .right), ("p99", .right), ("p99.9", .right),
            ("p99.99", .right), ("max", .right))
        for distribution in summary.distributions {
            let percentiles = zip(LatencyResult.shown, distribution.percentiles)
            func cell(_ wanted: Double) -> String {
                Quantity.time(microseconds: percentiles.first { $0.0 == wanted }?.1)
            }
            table.add(
                distribution.name, cell(50), cell(90), cell(99), cell(99.9), cell(99.99),
                Quantity.time(microseconds: distribution.max))
        }
        return Self.lines(table)
    }

    // MARK: Saturation

    private func saturation(_ found: Saturation) -> [String] {
        let counts = Summary.counts(of: result)
        let range = "\(Quantity.rate(found.lowest)) to \(Quantity.rate(found.highest))"
        var lines = [
            "\(Quantity.rate(found.rate)) events/s (\(range)), \(found.probes.count) probes; lost \(counts.lost), "
                + "doubled \(counts.doubled), misrouted \(counts.misrouted), out of order \(counts.outOfOrder)"
        ]
        if let beside = found.beside {
            let range = "\(Quantity.rate(beside.lowest)) to \(Quantity.rate(beside.highest))"
            let ratio = Quantity.ratio(found.rate, to: beside.rate).map { "; ratio \($0)" } ?? ""
            lines.append(
                TextTable.oneLine("beside, \(beside.driver): \(Quantity.rate(beside.rate)) events/s (\(range))\(ratio)")
            )
        }
        return lines + (found.table.isEmpty ? [] : [""] + Self.lines(loads(found)))
    }

    private func loads(_ found: Saturation) -> TextTable {
        guard found.table.contains(where: { $0.besideLatency != nil }) else {
            var table = TextTable(
                ("LOAD", .left), ("EVENTS/s", .right), ("p50", .right), ("p99", .right), ("p99.9", .right),
                ("max", .right))
            for point in found.table {
                let latency = point.latency
                table.add(
                    Quantity.share(point.share), Quantity.rate(point.rate),
                    Quantity.time(microseconds: latency.percentile(50)),
                    Quantity.time(microseconds: latency.percentile(99)),
                    Quantity.time(microseconds: latency.percentile(99.9)), Quantity.time(microseconds: latency.max))
            }
            return table
        }
        var table = TextTable(
            ("LOAD", .left), ("EVENTS/s", .right), ("p50", .right), ("beside", .right), ("ratio", .right),
            ("p99", .right), ("beside", .right), ("ratio", .right), ("p99.9", .right), ("beside", .right),
            ("ratio", .right))
        for point in found.table {
            let cells = [50, 99, 99.9].map { percentile in
                let own = point.latency.percentile(percentile)
                let other = point.besideLatency?.percentile(percentile)
                return (
                    Quantity.time(microseconds: own), Quantity.time(microseconds: other),
                    Quantity.ratio(own, to: other) ?? Quantity.none
                )
            }
            table.add(
                Quantity.share(point.share), Quantity.rate(point.rate), cells[0].0, cells[0].1, cells[0].2, cells[1].0,
                cells[1].1, cells[1].2, cells[2].0, cells[2].1, cells[2].2)
        }
        return table
    }

    // MARK: What must hold

    private var slopes: [String] {
        guard let soak = result.soak else { return [] }
        return [
            "memory \(Slopes.memory(soak)); descriptors \(Slopes.descriptors(soak)); "
                + "p99 of the last third ÷ first third: \(Quantity.decimal(soak.latencyGrowth, places: 2))"
        ]
    }

    private var checks: [String] {
        Self.shortened(
            result.checks.sorted { !$0.holds && $1.holds }.map { check in
                "\(check.holds ? "ok    " : "MISSED")  \(check.condition)  (\(check.measured))"
            }, to: Self.shownFindings - slopes.count, more: "checks")
    }

    // MARK: Lines

    private static func lines(_ table: TextTable) -> [String] {
        table.text.split(separator: "\n").map(String.init)
    }

    private static func shortened(_ lines: [String], to count: Int, more name: String) -> [String] {
        guard lines.count > count else { return lines.map(TextTable.oneLine) }
        let shown = lines.prefix(count - 1).map(TextTable.oneLine)
        return shown + ["… \(lines.count - shown.count) more \(name) in \(ResultFolder.pageName)"]
    }
}
