import Foundation
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct MeasurementTests {
    @Test func latencyCountsFromTheIntendedTime() {
        var measurement = Measurement(start: 1_000)
        measurement.wrote(intended: 2_000, written: 5_000)
        measurement.acknowledged([2_000], at: 12_000)
        measurement.arrived(.init(intended: 2_000, written: 5_000), queued: 22_000, popped: 32_000)
        #expect(measurement.sendLag.result.max == 3)
        #expect(measurement.published.result.max == 10)
        #expect(abs(measurement.queued.result.max - 20) <= 0.02)
        #expect(abs(measurement.popped.result.max - 30) <= 0.03)
        #expect(abs(measurement.uncorrected.result.max - 27) <= 0.03)
    }

    @Test func eventsOfAnEarlierPhaseDoNotCount() {
        var measurement = Measurement(start: 1_000_000)
        measurement.arrived(.init(intended: 999_999, written: 999_999), queued: 2_000_000, popped: 2_000_000)
        #expect(measurement.popped.result.count == 0)
    }

    @Test func aSecondKnowsItsPercentiles() {
        var second = SecondTally()
        for latency in 1...1000 { second.record(Int64(latency) * 100_000) }
        #expect(abs(second.percentile(50)! / 50_000 - 1) < 0.03)
        #expect(abs(second.percentile(99)! / 99_000 - 1) < 0.03)
        #expect(second.highest == 100_000)
        #expect(second.heat.reduce(0, +) == 1000)
    }

    @Test func aSteadyMedianEndsTheWarmUp() {
        #expect(!WarmUp.isSteady([200, 190]))
        #expect(!WarmUp.isSteady([400, 200, 190]))
        #expect(!WarmUp.isSteady([200, nil, 190]))
        #expect(WarmUp.isSteady([400, 200, 195, 190]))
    }
}

@Suite(.timeLimit(.minutes(1))) struct LatencyRecorderTests {
    /// A million values against a sort: no percentile is off by more than one in a thousand.
    @Test func agreesWithAnExactSort() {
        var random = SplitMix64(seed: 20_261_121)
        var recorder = LatencyRecorder()
        var exact: [Int64] = []
        for _ in 0..<1_000_000 {
            // From microseconds to minutes, evenly on a logarithmic scale.
            let nanoseconds = Int64(1_000 * pow(10, Double.random(in: 0..<8, using: &random)))
            recorder.record(nanoseconds)
            exact.append(nanoseconds)
        }
        exact.sort()
        let result = recorder.result
        for percentile in [50, 90, 99, 99.9, 99.99] {
            let index = Int((Double(exact.count) * percentile / 100).rounded(.up)) - 1
            let ratio = result.percentile(percentile)! * 1000 / Double(exact[index])
            #expect(abs(ratio - 1) <= 0.001, "p\(percentile): \(ratio)")
        }
        #expect(result.count == exact.count)
    }
}
