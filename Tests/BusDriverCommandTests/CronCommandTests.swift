import BusWire
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct CronCommandTests {
    private static func answers(_ lines: String...) throws -> [JSONValue] {
        try BuiltCommand.run("cron", input: lines.joined(separator: "\n")).lines.map { try JSONValue.parse($0) }
    }

    /// All of the reference vectors, one answer for each line.
    @Test(arguments: [("cron.jsonl", 328), ("cron-weeks.jsonl", 258)])
    func answersAsRubyDid(name: String, count: Int) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../ReferenceVectorTests/vectors/\(name)")
        let input = try String(contentsOf: file, encoding: .utf8)
        let result = try BuiltCommand.run("cron", input: input)
        #expect(result.status == 0)
        let questions = try input.split(separator: "\n").map { try JSONValue.parse(String($0)) }
        #expect(questions.count == count)
        let answers = try result.lines.map { try JSONValue.parse($0) }
        try #require(answers.count == questions.count)
        for (question, answer) in zip(questions, answers) {
            #expect((answer["error"] != nil) == (question["error"] != nil), "\(question)")
            #expect(answer["next"] == question["next"], "\(question)")
            #expect(answer["accepted"] == question["accepted"], "\(question)")
            let seconds = [answer, question].map { $0["seconds"].flatMap { Double(RubyText.text(of: $0)) } }
            #expect(seconds[0] == seconds[1], "\(question)")
        }
    }

    @Test func whatIsMissingIsNowAndHere() throws {
        let before = Int(Date().timeIntervalSince1970)
        let next = try #require(try Self.answers(#"{"cron":"* * * * * *"}"#).first?["next"]?.elements)
        #expect(next.count == 5)
        let first = RubyText.text(of: try #require(next.first))
        #expect(try #require(Int(first)) > before)
    }

    @Test func eachBadLineHasItsAnswer() throws {
        let answers = try Self.answers(
            "not JSON", "{}", #"{"cron":"@daily","from":"soon"}"#, #"{"cron":"@daily","tz":3}"#,
            #"{"cron":"@daily","from":1,"tz":"Mars/Phobos"}"#, #"{"cron":"0 0 -31 2 *","from":1,"tz":"UTC"}"#,
            #"{"every":"soon"}"#, #"{"every":"90"}"#)
        #expect(answers.count == 8)
        // Sentences, not the form of a Swift value.
        #expect(answers.dropLast().allSatisfy { $0["error"]?.string?.hasSuffix(".") == true })
        #expect(answers[2] == ["error": "from is in whole seconds since 1970: \"from\":1767225600."])
        #expect(answers.last == ["seconds": 90, "accepted": true])
    }
}
