/// What a running test shows of itself at one moment. What is nil is not shown.
struct ProgressLine: Hashable, Sendable {
    /// What it does: `warm-up, repeat 2 of 5`, `drains`.
    var phase: String
    /// Seconds since the phase began.
    var second: Int
    /// How many seconds the phase takes.
    var seconds: Int?
    /// Events that Redis took in the last whole second.
    var rate: Double?
    /// Latencies to the last stage so far, microseconds.
    var p50: Double?
    var p99: Double?
    /// Events on the incoming list.
    var backlog: Int?

    /// One line, 79 characters at most, so that a terminal does not wrap it.
    var text: String {
        var parts = ["\(phase)  \(second)\(seconds.map { "/\($0)" } ?? "") s"]
        if let rate { parts.append("\(Quantity.rate(rate))/s") }
        if let p50 { parts.append("p50 \(Quantity.time(microseconds: p50))") }
        if let p99 { parts.append("p99 \(Quantity.time(microseconds: p99))") }
        if let backlog { parts.append("backlog \(Quantity.count(backlog))") }
        return String(parts.joined(separator: "  ").prefix(79))
    }
}
