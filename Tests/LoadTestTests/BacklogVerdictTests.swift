import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct BacklogVerdictTests {
    @Test func aFlatBacklogWithinTheBoundHolds() {
        #expect(BacklogVerdict.failure(of: .sample(), bound: 25_000) == nil)
    }

    @Test func lossComesFirst() {
        var run = RunResult.sample()
        run.counts.lost = 3
        run.invalid = ["the generator was late"]
        let reason = BacklogVerdict.failure(of: run, bound: 25_000)
        #expect(reason == "3 copies were lost, 0 doubled and 0 misrouted")
    }

    @Test func aLateGeneratorProvesNothing() {
        var run = RunResult.sample()
        run.invalid = ["the generator was late"]
        #expect(BacklogVerdict.failure(of: run, bound: 25_000) == "the probe is invalid: the generator was late")
    }

    @Test func lessThanOffered() {
        var run = RunResult.sample()
        run.achievedRate = 0.985 * run.offeredRate
        let reason = BacklogVerdict.failure(of: run, bound: 25_000)
        #expect(reason == "only 98.5 % of the events were driven in time")
    }

    /// At low rates the last event alone may be more than a percent.
    @Test func whatWasDueLastMayBeUnderWay() {
        var run = RunResult.sample()
        (run.offeredRate, run.achievedRate) = (10, 9.875)
        #expect(BacklogVerdict.failure(of: run, bound: 25_000) == nil)
        run.achievedRate = 9.6
        #expect(BacklogVerdict.failure(of: run, bound: 25_000) == "only 96 % of the events were driven in time")
        #expect(BacklogVerdict.failure(of: run, bound: 1_000_000) == nil)
    }

    /// A driver that catches up while the rest is awaited has fallen behind all the same.
    @Test func whatComesAfterTheLastEventIsNoTrend() {
        var run = RunResult.sample(backlog: (0..<8).map { 100 + 50 * $0 } + Array(repeating: 450, count: 40))
        run.seconds = 8
        #expect(BacklogVerdict.failure(of: run, bound: 25_000) == "the backlog grew by 50 events/s")
    }

    @Test func aGrowingBacklog() {
        let run = RunResult.sample(backlog: (0..<8).map { 100 + 50 * $0 })
        #expect(BacklogVerdict.failure(of: run, bound: 25_000) == "the backlog grew by 50 events/s")
    }

    @Test func aSlowGrowthOrABurstIsNoGrowth() {
        #expect(BacklogVerdict.failure(of: .sample(backlog: (0..<8).map { 100 + 5 * $0 }), bound: 25_000) == nil)
        #expect(BacklogVerdict.failure(of: .sample(backlog: [0, 3, 9_000, 4_000, 10, 0, 2, 1]), bound: 25_000) == nil)
        #expect(BacklogVerdict.failure(of: .sample(backlog: (0..<8).map { 900 - 100 * $0 }), bound: 25_000) == nil)
    }

    @Test func theBoundOnLatency() {
        #expect(BacklogVerdict.failure(of: .sample(), bound: 900) == "p99 was 1.00 ms, over 900 µs")
        let few = RunResult.sample(samples: 50)
        #expect(BacklogVerdict.failure(of: few, bound: 900) == "the longest latency was 1.20 ms, over 900 µs")
        #expect(BacklogVerdict.failure(of: .sample(samples: 0), bound: 900) == "no copy arrived")
    }
}
