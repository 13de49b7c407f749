import Testing

/// What the oracle has found so far stays found, with or without a Ruby.
@Suite(.timeLimit(.minutes(1))) struct FoundTests {
    @Test func everyFoundDifferenceIsMended() throws {
        let cases = try FoundCase.all(in: "found")
        #expect(!cases.isEmpty)
        for found in cases {
            let texts = found.text.map { [Array($0.utf8)] } ?? []
            switch OurJudge().judge(Sample(pattern: found.bytes, texts: texts)) {
            case .refused(let reason): #expect(!found.valid, "\(found.line) is refused: \(reason)")
            case .tooLarge: Issue.record("\(found.line) is too large")
            case .matches(let results): #expect(found.valid && (results.first ?? nil) == found.match, "\(found.line)")
            }
        }
    }

    @Test(.enabled(if: RubyOracle.absence == nil, Comment(rawValue: RubyOracle.absence ?? "")))
    func everyLineSaysWhatRubySays() throws {
        let cases = try FoundCase.all(in: "found")
        let samples = cases.map { Sample(pattern: $0.bytes, texts: $0.text.map { [Array($0.utf8)] } ?? []) }
        for start in stride(from: 0, to: samples.count, by: 200) {
            let batch = start..<min(start + 200, samples.count)
            for (found, answer) in zip(cases[batch], try RubyOracle().judge(samples[batch])) {
                switch answer {
                case .refused: #expect(!found.valid, "\(found.line)")
                case .matches(let results):
                    #expect(found.valid && (results.first ?? nil) == found.match, "\(found.line)")
                case .silent: Issue.record("Ruby does not answer \(found.line)")
                }
            }
        }
    }
}
