import RedisTestSupport
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

    @Test func looksBehindByTheFoldsLength() throws {
        let sharpS = LookBehindText(scalars("aß"))
        #expect(sharpS.length == 3)
        let texts = try #require(sharpS.pattern).texts
        #expect(["aß", "Aſs"].allSatisfy { texts.contains(scalars($0)) } && !texts.contains(scalars("as")))
    }

    @Test func refusesTooManyWays() {
        #expect(CaseFolding.pattern(for: Array(repeating: 0x73, count: 30)) == nil)
        #expect(CaseFolding.pattern(for: Array(repeating: 0x78, count: 1_024)) != nil)
        #expect(CaseFolding.pattern(for: Array(repeating: 0x78, count: 1_025)) == nil)
        let many = CaseFolding.pattern(for: scalars("x" + String(repeating: "s", count: 12)))
        #expect(many?.ends(in: scalars("xßsſ\u{1E9E}sSßss"), from: 0) == [10])
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

    /// Longer texts, each beside others with the same fold. What stands around them keeps Ruby from skipping places
    /// that it takes for too short, by the length of another spelling: `/k\z/i` does not match the Kelvin sign.
    @Test(.enabled(if: RubyProcess.isInstalled, RubyProcess.absence), arguments: [UInt64.random(in: 0...9_999)])
    func spellsLongerTextsLikeRuby(seed: UInt64) throws {
        let alphabet = scalars("sSsſßẞfFiIfﬀﬁﬃtﬆnŉ\u{2BC}jǰ\u{30C}xK1ιᾀἀ")
        var random = Chance(seed: seed)
        let cases = (0..<2_000).map { _ in
            let text = (0..<2 + random.next() % 6).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
            return (text: text, others: (0..<12).map { _ in respelled(text, &random) })
        }
        let script = """
            $stdin.each_line(chomp: true) do |line|
              text, *others = line.split(",")
              pattern = /.*\\u0002(?:#{text})\\u0003/i
              puts others.map { |codes|
                pattern.match?("\\u0002#{codes.split.map(&:to_i).pack("U*")}\\u0003" + "x" * 100) ? 1 : 0
              }.join
            end
            """
        let answers = try RubyProcess.run(
            script,
            input: cases.map { text, others in
                ([FoldOracle.escaped(text)] + others.map { $0.map(String.init).joined(separator: " ") })
                    .joined(separator: ",")
            })
        #expect(answers.count == cases.count + 1)
        for ((text, others), answer) in zip(cases, answers) {
            let pattern = try #require(CaseFolding.pattern(for: text))
            let ours = others.map { pattern.ends(in: $0, from: 0).contains($0.count) ? "1" : "0" }.joined()
            #expect(ours == answer, "\(FoldOracle.escaped(text))")
        }
    }

    /// Another text with the same fold.
    private func respelled(_ text: [UInt32], _ random: inout Chance) -> [UInt32] {
        let fold = text.flatMap { CaseFolding.fold($0) }
        var other: [UInt32] = []
        var place = 0
        while place < fold.count {
            let length = min(1 + Int(random.next() % 3), fold.count - place)
            let part = Array(fold[place..<place + length])
            let key = FoldedScalars(part[0], length > 1 ? part[1] : 0, length > 2 ? part[2] : 0)
            guard let one = CaseFolding.unfold(key).ranges.joined().randomElement(using: &random) else { continue }
            other.append(one)
            place += length
        }
        return other
    }
}
