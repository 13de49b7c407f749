import Foundation
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct ReportCommandTests {
    @Test func makesTableAndPageAgain() throws {
        let path = NSTemporaryDirectory() + "/loadtest-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try ResultFolder.create(at: path).write(SampleResults.lossy)
        let page = "\(path)/report.html"
        let first = try String(contentsOfFile: page, encoding: .utf8)
        try FileManager.default.removeItem(atPath: page)

        let outcome = try LoadTestProcess(["report", path]).outcome()
        #expect(outcome.status == 0)
        #expect(outcome.output == ResultTable(SampleResults.lossy).text)
        #expect(try String(contentsOfFile: page, encoding: .utf8) == first)

        #expect(try LoadTestProcess(["report", path, "--html", "\(path)/other.html"]).outcome().status == 0)
        #expect(try String(contentsOfFile: "\(path)/other.html", encoding: .utf8) == first)
    }

    @Test func ofNoResultIsOneSentence() throws {
        let outcome = try LoadTestProcess(["report", "/nowhere"]).outcome()
        #expect(outcome.status == 1)
        #expect(
            outcome.errors == """
                loadtest: There is no readable /nowhere/result.json; name a folder that loadtest wrote, such as \
                loadtest-results/run-….

                """)
    }
}
