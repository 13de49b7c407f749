import Testing

@testable import LoadTest

/// The load test against drivers whose faults are known: what it reports must be just these.
@Suite(.serialized) struct TrialTests {
    @Test func aGoodDriverIsCorrect() async throws {
        let bench = try await TrialBench()
        let scenario = bench.scenario()
        let queues = try scenario.shape.workload(seed: 1).queues
        let driver = ScriptedDriver(bench.server, queues: queues)
        let result = try await bench.run(scenario)
        driver.stop()
        await bench.close()

        #expect(result.problem == nil)
        #expect(result.counts.isCorrect)
        #expect(abs(result.counts.published - 2000) < 200)
        #expect(result.counts.arrivedCopies == result.counts.published)
        #expect(result.counts.outOfOrder == 0)
        #expect(result.stages.map(\.latency.count).allSatisfy { $0 == result.counts.published - 1 })
    }

    @Test func droppedAndDoubledEventsAreCountedExactly() async throws {
        let bench = try await TrialBench()
        let scenario = bench.scenario(rate: 10_000, seconds: 3)
        let queues = try scenario.shape.workload(seed: 1).queues
        // One in ten thousand is dropped, another doubled.
        let driver = ScriptedDriver(bench.server, queues: queues) {
            $0 % 10_000 == 5_000 ? .drop : $0 % 10_000 == 7_000 ? .double : .drive
        }
        let result = try await bench.run(scenario)
        driver.stop()
        await bench.close()

        #expect(result.counts.published > 27_000)
        #expect(result.counts.lost == 3)
        #expect(result.counts.doubled == 3)
        #expect(result.counts.misrouted == 0)
        #expect(!result.counts.isCorrect)
    }
}
