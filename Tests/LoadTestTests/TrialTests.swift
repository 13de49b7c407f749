import Foundation
import RedisConnection
import RedisTestSupport
import Testing

@testable import LoadTest

/// The load test against drivers whose faults are known: what it reports must be just these.
@Suite(.serialized, .timeLimit(.minutes(1))) struct TrialTests {
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
        // As after a Redis that went away in an earlier trial.
        await bench.bed.control.close()
        let result = try await bench.run(scenario)
        driver.stop()
        await bench.close()

        #expect(result.counts.published > 27_000)
        #expect(result.counts.lost == 3)
        #expect(result.counts.doubled == 3)
        #expect(result.counts.misrouted == 0)
        #expect(!result.counts.isCorrect)
    }

    /// 1 s of 20 without driving, at 1 000 events a second: one event in twenty waits for up to 1 s, evenly, so that
    /// p99 is 0.8 s. A closed loop would have published nothing in that second and have seen one slow event.
    @Test func aStallShowsInFull() async throws {
        let bench = try await TrialBench()
        var scenario = bench.scenario(seconds: 20)
        scenario.load.arrival = .uniform
        let queues = try scenario.shape.workload(seed: 1).queues
        let driver = ScriptedDriver(bench.server, queues: queues) {
            if $0 == 10_000 { Thread.sleep(forTimeInterval: 1) }
            return .drive
        }
        let result = try await bench.run(scenario)
        driver.stop()
        await bench.close()

        let popped = try #require(result.stages.last?.latency)
        let p99 = try #require(popped.percentile(99))
        #expect(abs(p99 - 800_000) < 80_000, "\(p99) µs")
        #expect(try #require(popped.percentile(50)) < 50_000)
        #expect(result.counts.isCorrect)
        let worst = result.series.max { ($0.max ?? 0) < ($1.max ?? 0) }
        #expect(worst.map { (9...11).contains($0.second) } == true)
    }

    @Test func misroutedCopiesAreLostAndSaidToBe() async throws {
        let bench = try await TrialBench()
        var scenario = bench.scenario(rate: 500)
        scenario.shape.applications = 2
        scenario.shape.unmatched = 0.5
        let queues = try scenario.shape.workload(seed: 1).queues
        // It sends all to everybody: to the other application, too, and what nobody wants.
        let driver = ScriptedDriver(bench.server, queues: queues)
        let result = try await bench.run(scenario)
        driver.stop()
        await bench.close()

        #expect(result.counts.lost == 0)
        #expect(result.counts.misrouted == 2 * result.counts.published - result.counts.expectedCopies)
        #expect(!result.counts.isCorrect)
    }

    @Test func aForeignDriverThatIsTooSlowIsSlowAndNotWrong() async throws {
        let bench = try await TrialBench()
        var scenario = bench.scenario(rate: 1000)
        let queue = try #require(try scenario.shape.workload(seed: 1).queues.first)
        // A shell that moves one event at a time: some hundred a second.
        scenario.target.driver = .spawn(
            "while true; do redis-cli -s {socket} BLMOVE {namespace}:queue:{incoming} {namespace}:queue:\(queue) "
                + "LEFT RIGHT 1 >/dev/null; done")
        let result = try await bench.run(scenario)
        await bench.close()

        #expect(result.problem == nil)
        #expect(result.counts.isCorrect)
        #expect(result.achievedRate < 0.9 * result.offeredRate)
        #expect(BacklogVerdict.failure(of: result, bound: 1e6) != nil)
    }

    @Test func aDriverThatDiesMidwayIsAProblemAndNotALoss() async throws {
        let bench = try await TrialBench()
        // More than a shell can move, so that events wait when it ends.
        var scenario = bench.scenario(rate: 1000)
        let queue = try #require(try scenario.shape.workload(seed: 1).queues.first)
        scenario.target.driver = .spawn(
            "for n in 1 2 3 4 5 6 7 8 9; do redis-cli -s {socket} BLMOVE {namespace}:queue:{incoming} "
                + "{namespace}:queue:\(queue) LEFT RIGHT 5 >/dev/null; done; echo out of order >&2; exit 3")
        let result = try await bench.run(scenario)
        await bench.close()

        #expect(result.problem?.contains("exit code 3") == true)
        #expect(result.problem?.contains("out of order") == true)
        #expect(result.counts.lost == 0)
        #expect(result.counts.waiting > 0)
        #expect(result.counts.arrivedCopies == 9)
    }

    @Test func aBacklogIsDrivenAndCounted() async throws {
        let bench = try await TrialBench()
        var scenario = bench.scenario()
        scenario.shape.matchesPerEvent = 2
        scenario.shape.applications = 3
        scenario.shape.malformed = 0.01
        scenario.target.driver = .spawn("\(BusDriverProcess.executable) run --redis {redis} --log-level error")
        let trial = Trial(bed: bench.bed, scenario: scenario, label: "backlog", seed: 1, backlog: 20_000)
        let result = try await trial.run()
        await bench.close()

        #expect(result.counts.isCorrect)
        #expect(result.counts.published == 20_000)
        #expect(result.counts.malformed == result.counts.malformedKept)
        #expect(result.counts.malformed > 100)
        #expect(result.achievedRate > 1000)
        #expect(result.driverUse != nil)
        #expect(result.stages.allSatisfy { $0.latency.count == 0 })
        // The time of the series begins with the driving.
        #expect(Double(result.series.filter { $0.backlog > 0 }.count) <= result.seconds + 1)
    }

    @Test func anInterruptionEndsItSoonAndTidily() async throws {
        let bench = try await TrialBench()
        let scenario = bench.scenario(seconds: 60)
        let queues = try scenario.shape.workload(seed: 1).queues
        let driver = ScriptedDriver(bench.server, queues: queues) { [interruption = bench.bed.interruption] in
            if $0 == 500 { interruption.request() }
            return .drive
        }
        let result = try await bench.run(scenario)
        driver.stop()
        let left = try bench.server.connect()
        await bench.bed.close()
        #expect(try left.call("KEYS", "*").strings == [])
        await bench.close()

        #expect(result.problem == LoadGenerator.Failure.interrupted.sentence)
        #expect(result.counts.isCorrect)
        #expect(result.seconds < 5)
    }
}
