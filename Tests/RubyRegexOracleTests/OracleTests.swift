import Foundation
import Testing

/// Ruby 3.1 and our engine judge the same patterns on the same texts.
///
/// `BUSDRIVER_SEED` repeats a run. Every difference becomes a line of `fixtures/found.jsonl`.
@Suite(.serialized) struct OracleTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let isLong = environment["BUSDRIVER_LONG"] != nil
    private static let seed = environment["BUSDRIVER_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...999_999)

    // A million pairs take a while in a build without optimisation.
    @Test(
        .enabled(if: RubyOracle.absence == nil, Comment(rawValue: RubyOracle.absence ?? "")),
        .timeLimit(.minutes(isLong ? 60 : 5)))
    func rubyAndOursAgree() throws {
        print("oracle: BUSDRIVER_SEED=\(Self.seed)")
        var run = try OracleRun(seed: Self.seed, limit: Self.isLong ? 1_000 : 100)
        try run.run(pairs: Self.isLong ? 1_000_000 : 20_000)
        print("oracle: \(run.summary)")
        var explained: [RubyFault: Int] = [:]
        for difference in try run.shrunkDifferences() {
            if let fault = try RubyFault.explaining(difference, asking: run.ruby) {
                explained[fault, default: 0] += 1
            } else {
                Issue.record("\(FoundCase(difference).line) Ruby: \(difference.ruby), ours: \(difference.ours)")
            }
        }
        for (fault, count) in explained { print("oracle: \(count) times Ruby's own fault: \(fault.rawValue)") }
        #expect(run.differences.count < run.limit, "the run ended early")
        #expect(run.oursGaveUp * 500 < run.pairs, "ours rarely gives up on texts as short as these")
    }
}
