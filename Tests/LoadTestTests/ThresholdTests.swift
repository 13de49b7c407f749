import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct ThresholdTests {
    private func run(p99 milliseconds: Double, lost: Int = 0, achieved: Double = 1_000, samples: Int = 10_000)
        -> RunResult
    {
        let latency = LatencyResult(
            count: samples, buckets: [.init(microseconds: milliseconds * 1000, count: samples)],
            mean: milliseconds * 1000, max: milliseconds * 1000)
        return RunResult(
            label: "repeat", seed: 1, offeredRate: 1_000, achievedRate: achieved, seconds: 10,
            counts: Counts(lost: lost), stages: Stage.allCases.map { StageResult(stage: $0, latency: latency) },
            uncorrected: latency, sendLag: latency,
            generatorUse: ProcessUse(cpuSeconds: 0, peakMemoryBytes: 0, contextSwitches: 0), generatorBusy: 0)
    }

    @Test func latenciesAreJudgedByTheirMedian() throws {
        let runs = [run(p99: 300), run(p99: 10), run(p99: 19)]
        #expect(
            try Threshold("e2e.p99<20ms").judge(runs)
                == Check(condition: "e2e.p99<20ms", measured: "19.0 ms", holds: true))
        #expect(try !Threshold("e2e.p99 < 19ms").judge(runs).holds)
        #expect(try Threshold("publish.p99<=19ms").judge(runs).holds)
        #expect(try Threshold("queued.p50<=19000us").judge(runs).holds)
        #expect(try Threshold("e2e.mean>18.9ms").judge(runs).holds)
        #expect(try Threshold("e2e.max>=0.019s").judge(runs).holds)
        // Of two the value in the middle.
        #expect(try Threshold("e2e.p99==155ms").judge(Array(runs.prefix(2))).holds)
    }

    @Test func stagesAreToldApart() throws {
        var run = run(p99: 10)
        run.stages[2].latency.buckets[0].microseconds = 30_000
        #expect(try Threshold("e2e.p99>20ms").judge([run]).holds)
        #expect(try Threshold("queued.p99<20ms").judge([run]).holds)
        #expect(try Threshold("publish.p99<20ms").judge([run]).holds)
    }

    @Test func countsAreJudgedByTheirSum() throws {
        let runs = [run(p99: 1, lost: 2), run(p99: 1, lost: 3)]
        #expect(
            try Threshold("lost==0").judge(runs) == Check(condition: "lost==0", measured: "5", holds: false))
        #expect(try Threshold("lost<=5").judge(runs).holds)
        #expect(try Threshold("doubled==0").judge(runs).holds)
        #expect(try Threshold("out-of-order==0").judge(runs).holds)
    }

    @Test func theRateIsAShareOfWhatWasOffered() throws {
        let runs = [run(p99: 1, achieved: 1_000), run(p99: 1, achieved: 985), run(p99: 1, achieved: 980)]
        #expect(
            try Threshold("rate.achieved>=0.99").judge(runs)
                == Check(condition: "rate.achieved>=0.99", measured: "98.5 % of the offered rate", holds: false))
        #expect(try Threshold("rate.achieved>=98%").judge(runs).holds)
    }

    @Test func whatCannotBeSaidDoesNotHold() throws {
        let few = try Threshold("e2e.p99.9<1s").judge([run(p99: 1), run(p99: 1, samples: 500)])
        #expect(!few.holds)
        #expect(few.measured == "too few samples; measure longer")
        #expect(try !Threshold("lost==0").judge([]).holds)
        #expect(try !Threshold("e2e.max<1s").judge([run(p99: 1, samples: 0)]).holds)
    }

    @Test(arguments: [
        ("e2e.p99", "compares nothing"), ("", "compares nothing"), ("e2e<20ms", "asks for 'e2e'"),
        ("e2e.p100<1s", "asks for 'e2e.p100'"), ("speed>1", "asks for 'speed'"), ("e2e.p99<20", "a time with a unit"),
        ("e2e.p99<-1ms", "a time with a unit"), ("lost==none", "a whole number"), ("lost==-1", "a whole number"),
        ("rate.achieved>=2", "a share"), ("e2e.p99=20ms", "compares nothing"), ("lost===0", "a whole number"),
    ])
    func whatIsNoThresholdIsRefused(condition: String, sentence: String) {
        let error = #expect(throws: ScenarioError.self) { try Threshold(condition) }
        #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "nothing")")
    }
}
