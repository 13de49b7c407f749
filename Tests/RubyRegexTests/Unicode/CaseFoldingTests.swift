import Testing

@testable import RubyRegex

@Suite(.timeLimit(.minutes(1))) struct CaseFoldingTests {
    private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

    @Test(arguments: [
        ("A", "a"), ("a", "a"), ("1", "1"), ("K", "k"), ("\u{212A}", "k"), ("ß", "ss"), ("\u{1E9E}", "ss"),
        ("\u{FB03}", "ffi"), ("\u{149}", "\u{2BC}n"), ("Ä", "ä"), ("\u{130}", "i\u{307}"), ("ı", "ı"),
        ("\u{13A0}", "\u{13A0}"), ("\u{AB70}", "\u{13A0}"),
        ("\u{1E921}", "\u{1E943}"), ("\u{10FFFF}", "\u{10FFFF}"),
    ])
    func folds(text: String, fold: String) {
        #expect(Array(CaseFolding.fold(scalars(text)[0])) == scalars(fold))
    }

    @Test(arguments: [
        ("k", "k K \u{212A}"), ("\u{212A}", "k K \u{212A}"), ("ä", "ä Ä"), ("1", "1"), ("ı", "ı"),
        ("ß", "ß \u{1E9E} ss sS Ss SS sſ Sſ ſs ſS ſſ"), ("ss", "ß \u{1E9E} ss sS Ss SS sſ Sſ ſs ſS ſſ"),
        // A ligature of three is compared by folds, one of two is a choice.
        ("\u{FB03}", "ffi ffI fFi fFI Ffi FfI FFi FFI \u{FB00}i \u{FB00}I f\u{FB01} F\u{FB01} \u{FB03}"),
        ("\u{FB00}i", "\u{FB00}i \u{FB00}I ffi ffI fFi fFI Ffi FfI FFi FFI"),
        // What a sharp s would begin in the middle of a letter does not count.
        ("1ß", "1ß 1\u{1E9E} 1ss 1sS 1Ss 1SS 1sſ 1Sſ 1ſs 1ſS 1ſſ"),
    ])
    func spells(text: String, spellings: String) throws {
        let pattern = try #require(CaseFolding.pattern(for: scalars(text)))
        #expect(Set(pattern.texts) == Set(spellings.split(separator: " ").map { scalars(String($0)) }))
    }

    @Test func refusesTooManyWays() {
        #expect(CaseFolding.pattern(for: Array(repeating: 0x73, count: 5_000)) == nil)
        #expect(CaseFolding.pattern(for: Array(repeating: 0x78, count: 5_000)) != nil)
    }

    /// Every code point and every short text that has to do with case.
    @Test(.enabled(if: RubyProcess.isInstalled, RubyProcess.absence)) func spellsLikeRuby() throws {
        let oracle = try FoldOracle.shared.get()
        let answers = try oracle.ask(oracle.candidates.map { FoldOracle.escaped($0) })
        #expect(answers.count == oracle.candidates.count)
        for (text, answer) in zip(oracle.candidates, answers) {
            let pattern = try #require(CaseFolding.pattern(for: text))
            #expect(oracle.answer(CodePointSet(), pattern) == answer, "\(FoldOracle.escaped(text))")
        }
    }
}
