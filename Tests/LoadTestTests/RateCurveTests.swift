import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct RateCurveTests {
    static let curves: [RateCurve] = [
        .constant(1), .constant(20_000),
        .ramp(from: 1_000, to: 50_000, seconds: 60), .ramp(from: 500, to: 20, seconds: 7.5),
        .ramp(from: 0, to: 300, seconds: 10), .ramp(from: 40, to: 40, seconds: 3),
        .steps([5_000, 10_000, 20_000], seconds: 15), .steps([7], seconds: 1), .steps([3, 1, 2], seconds: 0.4),
    ]

    @Test(arguments: curves) func theInverseFindsEachMomentAgain(curve: RateCurve) {
        var random = SplitMix64(seed: 11)
        for _ in 0..<1000 {
            let seconds = Double.random(in: 0...120, using: &random)
            let found = curve.time(ofArrival: curve.expectedArrivals(by: seconds))
            #expect(abs(found - seconds) < 1e-6 * max(1, seconds))
        }
        #expect(curve.time(ofArrival: 0) == 0)
    }

    @Test(arguments: curves) func arrivalsNeverComeBeforeEarlierOnes(curve: RateCurve) {
        let times = (0..<20_000).map { curve.time(ofArrival: Double($0)) }
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
    }

    /// The closed form beside a sum of many short stretches.
    @Test(arguments: curves) func theIntegralAddsUpTheRate(curve: RateCurve) {
        let slice = 0.001
        var sum = 0.0
        for number in 0..<100_000 {
            let middle = (Double(number) + 0.5) * slice
            sum += curve.rate(at: middle) * slice
            guard number % 9_973 == 0 else { continue }
            #expect(abs(curve.expectedArrivals(by: Double(number + 1) * slice) - sum) < 1e-3 * sum)
        }
        #expect(abs(curve.mean(over: 100) - sum / 100) < 1e-3 * curve.mean(over: 100))
    }

    @Test func ratesChangeWhereTheyShould() {
        let steps = RateCurve.steps([5, 10, 20], seconds: 15)
        #expect([0, 14.9, 15, 29.9, 30, 1000].map(steps.rate) == [5, 5, 10, 10, 20, 20])
        let ramp = RateCurve.ramp(from: 10, to: 30, seconds: 10)
        #expect([0, 5, 10, 11].map(ramp.rate) == [10, 20, 30, 30])
        #expect(ramp.mean(over: 10) == 20)
        #expect(ramp.mean(over: 0) == 10)
    }
}
