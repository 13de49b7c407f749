import Glibc

/// Counts and coarse latencies of the events that were due in one second.
struct SecondTally: Sendable {
    private static let stepsPerOctave = 16.0
    /// Up to 2^26 times 10 µs: eleven minutes.
    private static let octaves = 26
    /// Above which the first bucket ends, in nanoseconds.
    private static let floor = 10_000.0

    var intended = 0
    var published = 0
    var popped = 0
    private var counts: [UInt32] = []
    private var longest: Int64 = 0

    mutating func record(_ nanoseconds: Int64) {
        if counts.isEmpty { counts = Array(repeating: 0, count: Self.octaves * Int(Self.stepsPerOctave)) }
        let position = log2(max(Double(nanoseconds), Self.floor) / Self.floor) * Self.stepsPerOctave
        counts[min(Int(position), counts.count - 1)] += 1
        longest = max(longest, nanoseconds)
    }

    /// Microseconds, accurate to two percent; nil without samples.
    func percentile(_ percentile: Double) -> Double? {
        let total = counts.reduce(0) { $0 + Int($1) }
        guard total > 0 else { return nil }
        let wanted = max(1, Int((Double(total) * percentile / 100).rounded(.up)))
        var seen = 0
        for (bucket, count) in counts.enumerated() {
            seen += Int(count)
            if seen >= wanted {
                return Self.floor / 1000 * exp2((Double(bucket) + 0.5) / Self.stepsPerOctave)
            }
        }
        return highest
    }

    /// Microseconds; nil without samples.
    var highest: Double? { longest > 0 ? Double(longest) / 1000 : nil }

    /// For ``SecondSample/heat``: two buckets an octave, none after the last that holds something.
    var heat: [Int] {
        let perBucket = Int(Self.stepsPerOctave) / 2
        var heat = stride(from: 0, to: counts.count, by: perBucket).map { start in
            counts[start..<start + perBucket].reduce(0) { $0 + Int($1) }
        }
        while heat.last == 0 { heat.removeLast() }
        return heat
    }
}
