/// The figures in full: latencies, loads of a search, runs, correctness, slopes.
struct FigureTables {
    private let result: TestResult
    private let summary: Summary

    init(_ result: TestResult, _ summary: Summary) {
        self.result = result
        self.summary = summary
    }

    var markup: Markup {
        guard !result.runs.isEmpty else { return .nothing }
        return .joined(
            [
                result.saturation.map(loads) ?? latencies, result.saturation.map(probes) ?? .nothing, slopes, runs,
                correctness,
            ]
        )
    }

    private func section(_ heading: String, _ table: PageTable, note: String? = nil) -> Markup {
        element("section") {
            element("h2", heading)
            table.markup
            if let note { element("p", ["class": "note"], note) }
        }
    }

    private var latencies: Markup {
        section(
            "Latency",
            PageTable(
                columns: [("from due to", .text)] + LatencyResult.shown.map { (Quantity.percentile($0), .figure) }
                    + [("max", .figure)],
                rows: summary.distributions.map { distribution in
                    [distribution.name]
                        + (distribution.percentiles + [distribution.max]).map { Quantity.time(microseconds: $0) }
                }),
            note: (summary.runs.count > 1 ? "Medians of \(summary.runs.count) runs; max of all. " : "")
                + "Since sent: counted from the moment of sending, as a closed loop would. Send lag: how late the generator was."
        )
    }

    private func loads(_ found: Saturation) -> Markup {
        let shown = [50, 90, 99, 99.9]
        let isBeside = found.table.contains { $0.besideLatency != nil }
        return section(
            "Latency below saturation",
            PageTable(
                columns: [("load", .figure), ("events/s", .figure)]
                    + shown.flatMap { percentile -> [(heading: String, kind: PageTable.Kind)] in
                        let name = Quantity.percentile(percentile)
                        return [(name, .figure)] + (isBeside ? [("beside", .figure), ("ratio", .figure)] : [])
                    },
                rows: found.table.map { point in
                    [Quantity.share(point.share), Quantity.rate(point.rate)]
                        + shown.flatMap { percentile -> [String] in
                            let own = point.latency.percentile(percentile)
                            let other = point.besideLatency?.percentile(percentile)
                            return [Quantity.time(microseconds: own)]
                                + (isBeside
                                    ? [
                                        Quantity.time(microseconds: other),
                                        Quantity.ratio(own, to: other) ?? Quantity.none,
                                    ] : [])
                        }
                }),
            note: found.beside.map { "Beside: \($0.driver)" })
    }

    private func probes(_ found: Saturation) -> Markup {
        func rows(_ driver: String, _ probes: [Saturation.Probe]) -> [[String]] {
            probes.map { [driver, Quantity.rate($0.rate), $0.failure ?? "held"] }
        }
        return section(
            "Probes of the search",
            PageTable(
                columns: [("driver", .text), ("events/s", .figure), ("", .text)],
                rows: rows("this", found.probes) + (found.beside.map { rows("beside", $0.probes) } ?? [])))
    }

    private var slopes: Markup {
        guard let soak = result.soak else { return .nothing }
        return section(
            "Slopes",
            PageTable(
                columns: [("figure", .text), ("slope, 95 % interval", .text)],
                rows: [
                    ["memory of the driver", Slopes.memory(soak)],
                    ["descriptors of the driver", Slopes.descriptors(soak)],
                    ["p99 of the last third ÷ first third", Quantity.decimal(soak.latencyGrowth, places: 2)],
                ]))
    }

    private var runs: Markup {
        section(
            "Runs",
            PageTable(
                columns: [
                    ("run", .text), ("offered/s", .figure), ("achieved/s", .figure), ("p50", .figure), ("p99", .figure),
                    ("p99.9", .figure), ("max", .figure), ("CPU/event", .figure), ("memory", .figure),
                    ("generator busy", .figure), ("seed", .figure),
                ],
                rows: result.runs.map { run in
                    let latency = run.finalLatency
                    return [
                        run.label, Quantity.rate(run.offeredRate), Quantity.rate(run.achievedRate),
                        Quantity.time(microseconds: latency.percentile(50)),
                        Quantity.time(microseconds: latency.percentile(99)),
                        Quantity.time(microseconds: latency.percentile(99.9)),
                        Quantity.time(microseconds: latency.count > 0 ? latency.max : nil),
                        Quantity.time(microseconds: run.microsecondsPerEvent(run.driverUse)),
                        Quantity.bytes(run.driverUse.map { Double($0.peakMemoryBytes) }),
                        Quantity.share(run.generatorBusy), String(run.seed),
                    ]
                }))
    }

    private var correctness: Markup {
        let names = [
            "events", "copies due", "arrived", "lost", "doubled", "misrouted", "out of order", "waiting", "malformed",
            "of these kept", "failed",
        ]
        return section(
            "Correctness",
            PageTable(
                columns: [("run", .text)] + names.map { ($0, .figure) },
                rows: result.runs.map { run in
                    [run.label] + Counts.members.map { Quantity.count(run.counts[keyPath: $0]) }
                }),
            note:
                "Warm-up included. Lost: the copy never came, though its event left the incoming list. Waiting: still on the "
                + "incoming list at the end. Kept: malformed elements that the driver put into failed.")
    }
}
