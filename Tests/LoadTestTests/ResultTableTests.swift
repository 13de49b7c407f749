import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct ResultTableTests {
    /// A run whose figures are round.
    private func run(_ label: String, slower factor: Double = 1) -> RunResult {
        var run = SampleResults.run(label, seed: 1, rate: 2_000, seconds: 0)
        func latency(_ step: Double) -> LatencyResult {
            SampleResults.latency((1...20_000).map { Double(($0 + 199) / 200) * step * factor })
        }
        run.seconds = 10
        run.counts = Counts(published: 24_000, expectedCopies: 24_000, arrivedCopies: 24_000)
        run.stages = [
            StageResult(stage: .published, latency: latency(1)), StageResult(stage: .queued, latency: latency(5)),
            StageResult(stage: .popped, latency: latency(10)),
        ]
        run.uncorrected = latency(9)
        run.sendLag = latency(0.5)
        run.driverUse = ProcessUse(cpuSeconds: 0.124, peakMemoryBytes: 21_400_000, contextSwitches: 5)
        return run
    }

    @Test func ofARun() {
        var result = SampleResults.empty(.run)
        result.runs = [run("repeat 1"), run("repeat 2", slower: 3), run("repeat 3", slower: 2)]
        result.runs[1].counts.outOfOrder = 4
        result.checks = [
            Check(condition: "lost==0", measured: "0", holds: true),
            Check(condition: "e2e.p99<1ms", measured: "1.98 ms", holds: false),
        ]
        result.outcome = .thresholdMissed
        result.warnings = ["The load average was 3.1 on 2 cores."]
        #expect(
            ResultTable(result).text == """
                warning: The load average was 3.1 on 2 cores.
                THRESHOLD MISSED: 2 000 events/s: half of the copies within 1.00 ms, 99 % within 1.98 ms
                run of busdriver 0.1.0 · Redis 7.0.15, private · unix socket · AOF off · maxmemory policy noeviction · 2 cores

                RUN          OFFERED/s  ACHIEVED/s      p99  LOST  DOUBLED  MISROUTED  OUT OF ORDER  WAITING  CPU/EVENT   MEMORY
                repeat 1         2 000       2 000   990 µs     0        0          0             0        0    6.20 µs  21.4 MB
                repeat 2         2 000       2 000  2.97 ms     0        0          0             4        0    6.20 µs  21.4 MB
                repeat 3         2 000       2 000  1.98 ms     0        0          0             0        0    6.20 µs  21.4 MB
                median, sum      2 000       2 000  1.98 ms     0        0          0             4        0    6.20 µs  21.4 MB

                LATENCY                p50      p90      p99    p99.9  p99.99      max
                published           100 µs   180 µs   198 µs   200 µs     n/a   300 µs
                queued              500 µs   900 µs   990 µs  1.00 ms     n/a  1.50 ms
                popped             1.00 ms  1.80 ms  1.98 ms  2.00 ms     n/a  3.00 ms
                popped since sent   900 µs  1.62 ms  1.78 ms  1.80 ms     n/a  2.70 ms
                send lag           50.0 µs  90.0 µs  99.0 µs   100 µs     n/a   150 µs

                MISSED  e2e.p99<1ms  (1.98 ms)
                ok      lost==0  (0)

                """)
    }

    @Test func ofASearchWithAnotherDriverBeside() {
        var result = SampleResults.empty(.saturate)
        result.runs = [run("probe at 2000/s")]
        let latency = run("").finalLatency
        let slower = run("", slower: 0.8).finalLatency
        result.saturation = Saturation(
            rate: 61_000, lowest: 59_800, highest: 61_900, bound: 25_000,
            probes: [Saturation.Probe(rate: 61_000, failure: nil)],
            table: [
                Saturation.LoadPoint(share: 0.25, rate: 15_250, latency: latency, besideLatency: slower),
                Saturation.LoadPoint(share: 0.9, rate: 54_900, latency: latency, besideLatency: nil),
            ],
            beside: Saturation.Beside(driver: "relay", rate: 66_100, lowest: 64_900, highest: 67_000, probes: []))
        #expect(
            ResultTable(result).text == """
                MEASURED: Sustains 61 000 events/s with p99 under 25.0 ms
                saturate of busdriver 0.1.0 · Redis 7.0.15, private · unix socket · AOF off · maxmemory policy noeviction · 2 cores

                61 000 events/s (59 800 to 61 900), 1 probes; lost 0, doubled 0, misrouted 0, out of order 0
                beside, relay: 66 100 events/s (64 900 to 67 000); ratio 0.92×

                LOAD  EVENTS/s     p50  beside  ratio     p99  beside  ratio    p99.9  beside  ratio
                25 %    15 250  500 µs  400 µs  1.25×  990 µs  792 µs  1.25×  1.00 ms  800 µs  1.25×
                90 %    54 900  500 µs     n/a    n/a  990 µs     n/a    n/a  1.00 ms     n/a    n/a

                """)
    }

    @Test func ofASoakHasSlopes() {
        #expect(ResultTable(SampleResults.soak).text.contains("\nmemory 0.02 MB/min (-0.01 to 0.05, 95 %); "))
    }

    @Test(arguments: SampleResults.all.keys.sorted())
    func fitsOnATerminal(name: String) throws {
        var result = try #require(SampleResults.all[name])
        result.warnings += (1...9).map { "Something else was strange: \($0)." }
        result.checks += (1...9).map { Check(condition: "lost==\($0)", measured: "0", holds: false) }
        if result.saturation == nil, let run = result.runs.last { result.runs += repeatElement(run, count: 9) }
        let lines = ResultTable(result).text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count <= 25)
        #expect(lines.first?.hasPrefix("warning: ") == true)
    }

    @Test func hostileTextsDoNotChangeTheTerminal() {
        var result = SampleResults.saturated
        result.driver = "a\u{1B}[2Jb\nc"
        result.warnings = ["d\u{1B}[2Je\nf"]
        result.saturation?.beside?.driver = "g\u{1B}[2Jh\ni"
        result.checks = [Check(condition: "j\u{1B}[2Jk\nl", measured: "", holds: true)]
        #expect(!ResultTable(result).text.contains("\u{1B}"))
    }
}
