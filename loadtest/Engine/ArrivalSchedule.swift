import Glibc

/// When events are due: nanoseconds since the beginning of a phase, ascending. The same seed gives the same times.
struct ArrivalSchedule: Sendable {
    private let curve: RateCurve
    private let arrival: Scenario.Arrival
    private let end: Int64
    private var random: SplitMix64
    /// How many arrivals the curve promises until the next one.
    private var position = 0.0
    /// The time of the next arrival; nil after the last.
    private(set) var next: Int64?

    /// - Parameter duration: seconds; arrivals after that are none.
    init(_ curve: RateCurve, _ arrival: Scenario.Arrival, seconds duration: Double, seed: UInt64) {
        self.curve = curve
        self.arrival = arrival
        end = Int64(duration * 1e9)
        random = SplitMix64(seed: seed)
        advance()
    }

    mutating func advance() {
        switch arrival {
        case .uniform: position += 1
        case .poisson: position -= Double.logarithm(ofUnit: &random)
        }
        let time = Int64(curve.time(ofArrival: position) * 1e9)
        next = time < end ? time : nil
    }
}

extension Double {
    /// The natural logarithm of an even number in (0, 1].
    fileprivate static func logarithm(ofUnit random: inout SplitMix64) -> Double {
        log(1 - Double.random(in: 0..<1, using: &random))
    }
}
