/// How often each latency was seen, to the microsecond.
struct Latencies {
    private var counts: [Int: Int] = [:]
    private var total = 0

    mutating func add(_ latency: Duration) {
        counts[Int(latency / .microseconds(1)), default: 0] += 1
        total += 1
    }

    /// Microseconds that this share of the latencies (0...1) does not exceed, for each share in ascending order; empty
    /// when there are none.
    func percentiles(_ shares: [Double]) -> [Int] {
        guard total > 0 else { return [] }
        var sorted = counts.sorted { $0.key < $1.key }[...]
        var seen = 0
        return shares.map { share in
            let due = Int((share * Double(total)).rounded(.up))
            while let first = sorted.first, sorted.count > 1, seen + first.value < due {
                seen += first.value
                sorted.removeFirst()
            }
            return sorted.first?.key ?? 0
        }
    }
}
