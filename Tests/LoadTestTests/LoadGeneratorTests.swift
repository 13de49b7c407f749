import LibevExecutor
import RedisTestSupport
import Testing

@testable import LoadTest

extension LoadGenerator {
    fileprivate func stop(atUnacknowledgedBytes bytes: Int) { mostUnacknowledgedBytes = bytes }
}

@Suite(.timeLimit(.minutes(1))) struct LoadGeneratorTests {
    /// What a Redis that stood still takes later is neither lost nor forgotten.
    @Test func aRedisThatStandsStillLosesNothing() async throws {
        let bench = try await TrialBench()
        let generator = try await bench.bed.makeGenerator(
            GeneratedWorkload(Scenario.Shape(), seed: 1), stamp: EventStamp(run: "0a1b2c3d"), incoming: "bus_incoming")
        await generator.stop(atUnacknowledgedBytes: 1 << 20)
        bench.server.suspend()
        await generator.publish(ArrivalSchedule(.constant(20_000), .uniform, seconds: 60, seed: 1))
        #expect(await generator.failure == .backpressure)
        bench.server.resume()
        await generator.awaitQuiet()
        #expect(await generator.unacknowledgedBytes == 0)
        let published = await generator.ledger.published
        #expect(published > 2000)
        #expect(try await generator.backlog() == published)
        await generator.close()
        await bench.close()
    }
}
