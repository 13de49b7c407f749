import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct ArrivalScheduleTests {
    private func times(_ curve: RateCurve, _ arrival: Scenario.Arrival, seconds: Double, seed: UInt64 = 7) -> [Int64] {
        var schedule = ArrivalSchedule(curve, arrival, seconds: seconds, seed: seed)
        var times: [Int64] = []
        while let next = schedule.next {
            times.append(next)
            schedule.advance()
        }
        return times
    }

    @Test func uniformGapsAreEqual() {
        #expect(times(.constant(1000), .uniform, seconds: 0.0055) == [1, 2, 3, 4, 5].map { $0 * 1_000_000 })
    }

    @Test func poissonKeepsTheRateAndItsSpread() {
        let times = times(.constant(1000), .poisson, seconds: 100)
        // Standard deviation of the count: 316.
        #expect(abs(times.count - 100_000) < 1500)
        let gaps = zip(times.dropFirst(), times).map { Double($0 - $1) }
        let mean = gaps.reduce(0, +) / Double(gaps.count)
        let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)
        #expect(abs(variance.squareRoot() / mean - 1) < 0.03)
    }

    @Test func theSameSeedGivesTheSameTimes() {
        #expect(times(.constant(500), .poisson, seconds: 2) == times(.constant(500), .poisson, seconds: 2))
        #expect(times(.constant(500), .poisson, seconds: 2) != times(.constant(500), .poisson, seconds: 2, seed: 8))
    }

    @Test func aRampHasMoreInItsSecondHalf() {
        let times = times(.ramp(from: 0, to: 2000, seconds: 10), .uniform, seconds: 10)
        #expect(abs(times.count - 10_000) <= 1)
        #expect(abs(times.count { $0 < 5_000_000_000 } - 2_500) <= 1)
    }
}
