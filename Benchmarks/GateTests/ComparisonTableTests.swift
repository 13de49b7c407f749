import GateRules
import Testing

@Suite(.timeLimit(.minutes(1))) struct ComparisonTableTests {
    @Test func theTableShowsWhatMovedAndByHowMuch() {
        let comparison = Comparison(
            baseline: Measurements(figures: [.redis: ["commands": 0.1, "bytes": 587.25]]),
            now: Measurements(figures: [.redis: ["commands": 0.102, "bytes": 587.25]]))
        let lines = ComparisonTable(comparison).text.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(lines[0].joined(separator: " ") == "Redis, per event (may rise by 1 %) baseline now change verdict")
        #expect(lines[1] == ["bytes", "587.2", "587.2", "+0.00", "%", "same"])
        #expect(lines[2] == ["commands", "0.10000", "0.10200", "+2.00", "%", "worse"])
    }

    @Test func aFailureSaysWhatToDo() {
        let comparison = Comparison(
            baseline: Measurements(figures: [.redis: ["commands": 1, "bytes": 1]]),
            now: Measurements(figures: [.redis: ["commands": 2, "bytes": 1]]))
        let summary = ComparisonTable(comparison).summary
        #expect(summary.contains("gate: worse: commands (Redis, per event)"))
        #expect(summary.contains("gate: FAILED: 1 same, 1 worse"))
        #expect(summary.contains("script/bench --gate --update"))
    }

    @Test func anotherCompilerIsNoFailureButSaysWhatToDo() {
        let comparison = Comparison(
            baseline: Measurements(facts: [.swift: "6.3.1"], figures: [.pureAllocations: ["match": 0]]),
            now: Measurements(facts: [.swift: "6.4"], figures: [.pureAllocations: ["match": 1]]))
        #expect(
            ComparisonTable(comparison).summary == """
                gate: not judged: the baseline was made with Swift 6.3.1, here is 6.4
                gate: write a new baseline on a main without changes: script/bench --gate --update
                gate: passed: 1 not judged
                """)
    }
}
