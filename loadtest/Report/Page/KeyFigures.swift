/// The figures that most readers want, large.
struct KeyFigures {
    private let result: TestResult
    private let summary: Summary

    init(_ result: TestResult, _ summary: Summary) {
        self.result = result
        self.summary = summary
    }

    var markup: Markup {
        guard !result.runs.isEmpty else { return .nothing }
        return element("dl", ["class": "key"]) {
            for figure in rates + latencies + [correctness] + costs {
                element("div", ["class": figure.isBad ? "bad" : nil]) {
                    element("dt", figure.name)
                    element("dd") {
                        element("strong", figure.value)
                        element("span", Quantity.unbroken(figure.note))
                    }
                }
            }
        }
    }

    private struct Entry {
        var name: String
        var value: String
        var note: String
        var isBad = false
    }

    private var rates: [Entry] {
        if let found = result.saturation {
            let range = "\(Quantity.rate(found.lowest)) to \(Quantity.rate(found.highest))"
            let own = Entry(name: "Sustained", value: "\(Quantity.rate(found.rate))/s", note: range)
            guard let beside = found.beside, let ratio = Quantity.ratio(found.rate, to: beside.rate) else {
                return [own]
            }
            return [
                own,
                Entry(
                    name: "Beside the other driver", value: ratio,
                    note: "which sustains \(Quantity.rate(beside.rate))/s"),
            ]
        }
        let runs = summary.runs.count
        let offered = summary.median(\.offeredRate).flatMap { $0 > 0 ? "of \(Quantity.rate($0))/s offered" : nil }
        return [
            Entry(
                name: runs > 1 ? "Driven, median of \(runs)" : "Driven",
                value: "\(Quantity.rate(summary.median(\.achievedRate)))/s",
                note: offered ?? "events")
        ]
    }

    private var latencies: [Entry] {
        if let found = result.saturation {
            guard let point = found.table.last else { return [] }
            return [50, 99].map { percentile in
                Entry(
                    name: Quantity.percentile(percentile),
                    value: Quantity.time(microseconds: point.latency.percentile(percentile)),
                    note: "at \(Quantity.share(point.share)) of it")
            }
        }
        guard let stage = summary.runs.first?.stages.last?.stage.rawValue else { return [] }
        return [50, 99, 99.9].map { percentile in
            Entry(
                name: Quantity.percentile(percentile),
                value: Quantity.time(microseconds: summary.finalPercentile(percentile)), note: "to \(stage)")
        }
    }

    private var correctness: Entry {
        let counts = Summary.counts(of: result)
        let wrong = counts.lost + counts.doubled + counts.misrouted
        return Entry(
            name: "Lost, doubled, misrouted", value: Quantity.count(wrong),
            note: "of \(Quantity.count(counts.expectedCopies)) copies", isBad: wrong > 0)
    }

    private var costs: [Entry] {
        var entries: [Entry] = []
        if let time = summary.median({ $0.microsecondsPerEvent($0.driverUse) }) {
            let memory = summary.runs.compactMap { $0.driverUse?.peakMemoryBytes }.max().map(Double.init)
            entries.append(
                Entry(
                    name: "Driver's CPU time", value: Quantity.time(microseconds: time),
                    note: "an event; \(Quantity.bytes(memory)) at most"))
        }
        if let soak = result.soak {
            entries.append(
                Entry(
                    name: "Memory grew by",
                    value: "\(Quantity.decimal(soak.memorySlope.perMinute / 1e6, places: 2)) MB",
                    note: "a minute; p99 grew \(Quantity.decimal(soak.latencyGrowth, places: 2))×"))
        }
        return entries
    }
}
