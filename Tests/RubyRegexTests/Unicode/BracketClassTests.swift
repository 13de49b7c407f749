import Testing

@testable import RubyRegex

@Suite(.timeLimit(.minutes(2))) struct BracketClassTests {
    private static let ruby = RubyProcess.isInstalled

    /// Of each pattern what Ruby matches and what the meaning says.
    private func compare(_ cases: [(pattern: String, meaning: BracketClass.Meaning)]) throws {
        let oracle = try FoldOracle()
        let answers = try oracle.ask(cases.map(\.pattern))
        #expect(answers.count == cases.count)
        for ((pattern, meaning), answer) in zip(cases, answers) {
            let ours =
                switch meaning {
                case .scalar(let scalar):
                    oracle.answer(CodePointSet(), try #require(CaseFolding.pattern(for: [scalar])))
                case .set(let codePoints, let folds):
                    oracle.answer(codePoints, CaseFolding.pattern(folding: folds))
                }
            #expect(ours == answer, "\(pattern)")
            if ours != answer { print("DIFF", pattern, ours.prefix(20), answer.prefix(20)) }
        }
    }

    @Test(.enabled(if: ruby, RubyProcess.absence)) func twoCodePointsCloseLikeRuby() throws {
        let oracle = try FoldOracle()
        try compare(
            oracle.single.ranges.joined().flatMap { code in
                let escaped = FoldOracle.escaped([code])
                return [false, true].map { isNegated in
                    var bracket = BracketClass(ignoringCase: true)
                    bracket.insert(code...code)
                    bracket.insert(1...1)
                    if isNegated { bracket.negate() }
                    return ("[\(isNegated ? "^" : "")\(escaped)\\u{1}]", bracket.meaning)
                }
            })
    }

    @Test(.enabled(if: ruby, RubyProcess.absence)) func propertiesCloseLikeRuby() throws {
        var seen: Set<UnicodeProperty> = []
        var cases: [(pattern: String, meaning: BracketClass.Meaning)] = []
        for line in PropertyTable.names.description.split(separator: "\n") {
            let name = String(line.prefix { $0 != " " })
            let property = try #require(UnicodeProperty(named: name.utf8))
            guard seen.insert(property).inserted else { continue }
            cases.append(
                ("\\p{\(name)}", BracketClass.meaning(of: property, isNegated: false, ignoringCase: true)))
            cases.append(
                ("\\P{\(name)}", BracketClass.meaning(of: property, isNegated: true, ignoringCase: true)))
        }
        try compare(cases)
    }

    @Test(.enabled(if: ruby, RubyProcess.absence), arguments: 0..<UInt64(2)) func anyClassClosesLikeRuby(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        try compare(
            (0..<1_500).map { _ in
                let generated = GeneratedClass(&random, depth: 0)
                let option = generated.isASCII ? "a" : generated.isUnicode ? "u" : "d"
                return ("(?\(option):\(generated.text))", generated.bracket.meaning)
            })
    }
}
