import RedisTestSupport
import Testing

@testable import RubyRegex

@Suite(.timeLimit(.minutes(1))) struct BracketClassTests {
    private static let ruby = RubyProcess.isInstalled

    private func letters(_ letters: String, isNegated: Bool = false) -> BracketClass.Meaning {
        var bracket = BracketClass(ignoringCase: true)
        for letter in letters.unicodeScalars { bracket.insert(letter.value...letter.value) }
        if isNegated { bracket.negate() }
        return bracket.meaning
    }

    private func matches(_ meaning: BracketClass.Meaning, _ text: String) throws -> Bool {
        let text = text.unicodeScalars.map(\.value)
        return switch meaning {
        case .scalar(let scalar): try #require(CaseFolding.pattern(for: [scalar])).texts.contains(text)
        case .set(let codePoints, let folds):
            text.count == 1 && codePoints.contains(text[0]) || CaseFolding.pattern(folding: folds).texts.contains(text)
        }
    }

    @Test(arguments: [
        ("äöü", "Ä", false), ("ä", "Ä", true), ("ÿx", "Ÿ", true), ("Ÿx", "ÿ", false), ("kx", "\u{212A}", true),
        ("\u{212A}x", "k", true), ("ßx", "ss", true), ("ßx", "S\u{17F}", true), ("ßx", "\u{1E9E}", true),
        ("\u{1E9E}x", "ß", true), ("sx", "ß", false), ("ж1", "Ж", true), ("\u{FB03}x", "f\u{FB01}", true),
    ])
    func closes(members: String, text: String, isMatched: Bool) throws {
        #expect(try matches(letters(members), text) == isMatched)
    }

    @Test(arguments: [("äöü", "Ä", true), ("äöü", "ä", false), ("kx", "\u{212A}", false), ("ßx", "ss", false)])
    func closesBeforeItIsNegated(members: String, text: String, isMatched: Bool) throws {
        #expect(try matches(letters(members, isNegated: true), text) == isMatched)
    }

    @Test(arguments: [
        ("Lu", "ß", true), ("Lu", "é", false), ("Lower", "\u{1C5}", true), ("L", "ss", true),
        ("ASCII", "\u{212A}", false), ("InBasicLatin", "\u{212A}", true),
    ])
    func propertiesClose(name: String, text: String, isMatched: Bool) throws {
        let property = try #require(UnicodeProperty(named: name.utf8))
        let meaning = BracketClass.meaning(of: property, isNegated: false, ignoringCase: true)
        #expect(try matches(meaning, text) == isMatched)
    }

    /// `[\wß]`, `[k\wß]`, and `[[^\D]x]`.
    @Test func followsRubysWays() throws {
        var words = BracketClass(ignoringCase: true)
        words.insert(.word, isNegated: false, isUnicode: false)
        words.insert(0xDF...0xDF)
        #expect(try !matches(words.meaning, "\u{212A}"))
        words.insert(0x6B...0x6B)
        #expect(try matches(words.meaning, "\u{212A}"))

        var digits = BracketClass(ignoringCase: false)
        digits.insert(.digit, isNegated: true, isUnicode: false)
        digits.negate()
        var outer = BracketClass(ignoringCase: false)
        outer.formUnion(digits)
        outer.insert(0x78...0x78)
        #expect(outer.meaning == .set(CodePointSet(ranges: [0x30...0x39, 0x78...0x78, 0x80...0x10FFFF]), folds: []))
    }

    /// Of each pattern what Ruby matches and what the meaning says.
    private func compare(_ cases: [(pattern: String, meaning: BracketClass.Meaning, ignoresCase: Bool)]) throws {
        let oracle = try FoldOracle.shared.get()
        let answers = try oracle.ask(cases.map(\.pattern))
        #expect(answers.count == cases.count)
        for ((pattern, meaning, ignoresCase), answer) in zip(cases, answers) {
            let ours =
                switch meaning {
                case .scalar(let scalar) where !ignoresCase:
                    oracle.answer(CodePointSet(scalar), .alternation([]))
                case .scalar(let scalar):
                    oracle.answer(CodePointSet(), try #require(CaseFolding.pattern(for: [scalar])))
                case .set(let codePoints, let folds):
                    oracle.answer(codePoints, CaseFolding.pattern(folding: folds))
                }
            #expect(ours == answer, "\(pattern)")
        }
    }

    @Test(.enabled(if: ruby, RubyProcess.absence)) func twoCodePointsCloseLikeRuby() throws {
        let oracle = try FoldOracle.shared.get()
        let codes = Array(oracle.single.ranges.joined())
        let chosen = codes.indices.filter { codes[$0] < 0x180 || $0.isMultiple(of: 8) }.map { codes[$0] }
        try compare(
            chosen.flatMap { code in
                let escaped = FoldOracle.escaped([code])
                return [false, true].map { isNegated in
                    var bracket = BracketClass(ignoringCase: true)
                    bracket.insert(code...code)
                    bracket.insert(1...1)
                    if isNegated { bracket.negate() }
                    return ("[\(isNegated ? "^" : "")\(escaped)\\u{1}]", bracket.meaning, true)
                }
            })
    }

    @Test(.enabled(if: ruby, RubyProcess.absence)) func propertiesCloseLikeRuby() throws {
        var seen: Set<UnicodeProperty> = []
        var cases: [(pattern: String, meaning: BracketClass.Meaning, ignoresCase: Bool)] = []
        for line in PropertyTable.names.description.split(separator: "\n") {
            let name = String(line.prefix { $0 != " " })
            let property = try #require(UnicodeProperty(named: name.utf8))
            guard seen.insert(property).inserted, seen.count.isMultiple(of: 4) else { continue }
            cases.append(
                ("\\p{\(name)}", BracketClass.meaning(of: property, isNegated: false, ignoringCase: true), true))
            cases.append(
                ("\\P{\(name)}", BracketClass.meaning(of: property, isNegated: true, ignoringCase: true), true))
        }
        try compare(cases)
    }

    @Test(.enabled(if: ruby, RubyProcess.absence), arguments: [UInt64.random(in: 0...9_999)])
    func anyClassClosesLikeRuby(seed: UInt64) throws {
        var random = Chance(seed: seed)
        try compare(
            (0..<400).map { _ in
                let options = GeneratedClass.Options(&random)
                let generated = GeneratedClass(&random, options: options)
                return ("(?\(options.text):\(generated.text))", generated.bracket.meaning, options.ignoresCase)
            })
    }
}
