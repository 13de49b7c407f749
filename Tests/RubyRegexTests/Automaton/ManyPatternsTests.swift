import RedisTestSupport
import Testing

@testable import RubyRegex

/// A thousand patterns at once are found as each alone.
@Suite(.timeLimit(.minutes(1))) struct ManyPatternsTests {
    private static let shapes: [@Sendable (Int) -> String] = [
        { "^.+_\($0)_.+z$" }, { "^.+foo\($0)$" }, { "bar\\d\($0)" }, { ".*bar\($0).*" }, { "\($0)\\d+_\($0)" },
        { "a\($0 % 97).*b\($0)" }, { "^.+(?:w\($0)|v\($0 * 7)).+z$" }, { "(?i-mx:^.+key\($0)_.+ss$)" },
        { "(?<!x)_\($0)(?=_)" }, { "^[a-z]+\\d{\($0 % 7)}z?$" }, { "(?:foo|bar\($0))\\d*z$" },
    ]

    private static let words = ["_", "foo", "bar", "w", "v", "a", "b", "KEY", "key", "z", "ß", "\n"]
    private static let ends = ["", "_", "z", "ss", "ſs"]

    private static func text(_ generator: inout Chance) -> String {
        var text = ""
        for _ in 0..<generator.number(1...5) {
            text += words.randomElement(using: &generator)! + String(generator.number(0...generator.number(9...499)))
            if generator.happens(70) { text += "_" }
        }
        return text + ends.randomElement(using: &generator)!
    }

    @Test(arguments: [PatternSetScanner.defaultMemory, 50_000, 0])
    func eachIsFound(memory: Int) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = Chance(seed: seed)
        let patterns = try (0..<500).map { try RubyPattern(Array(Self.shapes[$0 % Self.shapes.count]($0).utf8)) }
        let together = PatternSetScanner(try #require(PatternSet(patterns)), memory: memory)
        let alone = try patterns.map { PatternSetScanner(try #require(PatternSet(members: Self.members($0)))) }
        var found: Set<Int> = []
        for _ in 0..<400 {
            let text = Self.text(&generator)
            let expected = alone.indices.filter { !alone[$0].patterns(in: text).isEmpty }
            #expect(together.patterns(in: text) == expected, "seed \(seed), text \(text)")
            found.formUnion(expected)
        }
        #expect(found.count > 20)
    }

    /// Under `i` a text of ASCII is read in another way than others; automata decide on both.
    @Test func twoReadingsAreOnePattern() throws {
        let patterns = try ["(?i)strasse", "(?i-mx:k[a-z]ss.z)", "stra"].map { try RubyPattern(Array($0.utf8)) }
        #expect(patterns.map(\.method) == [.automaton, .automaton, .literal])
        let scanner = PatternSetScanner(try #require(PatternSet(patterns)))
        let texts = [
            "STRASSE": [0], "straße": [0, 2], "ſtraße": [0], "ﬆraße": [0], "strase": [2], "strasſe": [0, 2],
            "KISS_Z": [1], "kißäz": [1], "\u{212A}iß_z": [1], "kis_z": [],
        ]
        for (text, found) in texts { #expect(scanner.patterns(in: text) == found, "\(text)") }
    }

    /// A pattern that takes many steps is undecided; others are not, whatever it takes.
    @Test func whatOnePatternCostsDecidesOnNoOther() throws {
        let costly = ["(?:a?){999}_17[^_]", "(?:a?){900}_17_"].map { Array($0.utf8) }
        let cheap = (0..<50).map { Array("^a+_\($0)_.*z$".utf8) }
        let scanner = PatternSetScanner(
            try #require(PatternSet(try (costly + cheap).map { try RubyPattern($0) })), memory: 0)
        let text = Array((String(repeating: "a", count: 300) + "_17__18_z").utf8)
        var matches: [Int32] = []
        func scan(steps: Int, limit: Int) -> Bool {
            matches = []
            var steps = steps
            return text.withUnsafeBufferPointer { scanner.scan($0, steps: &steps, limit: limit, into: &matches) }
        }
        #expect(!scan(steps: 1_000_000, limit: 20_000))
        #expect(Set(matches) == [19])
        #expect(Set(scanner.undecided) == [0, 1])
        #expect(scan(steps: 10_000_000, limit: .max))
        #expect(Set(matches) == [1, 19] && scanner.undecided.isEmpty)
        #expect(!scan(steps: 10, limit: .max))
        #expect(matches.isEmpty && scanner.undecided.count == 52)
    }

    @Test func threadsShareASet() async throws {
        let patterns = try (0..<200).map { try RubyPattern(Array(Self.shapes[$0 % Self.shapes.count]($0).utf8)) }
        let set = try #require(PatternSet(patterns))
        var generator = Chance(seed: UInt64.random(in: 0...UInt64.max))
        let texts = (0..<200).map { _ in Self.text(&generator) }
        let answers = await withTaskGroup(of: [[Int]].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let scanner = PatternSetScanner(set, memory: 100_000)
                    let judge = PatternJudge()
                    return texts.map { text in
                        scanner.patterns(in: text).filter { pattern in
                            var steps = 100_000
                            return Array(text.utf8).withUnsafeBufferPointer {
                                judge.judge(patterns[pattern], on: $0, steps: &steps) == .matched
                            }
                        }
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 4 && answers.allSatisfy { $0 == answers[0] })
    }

    /// Without what narrows the search.
    private static func members(_ pattern: RubyPattern) -> [PatternSet.Member] {
        var members: [PatternSet.Member] = []
        pattern.forEachReading { members.append(PatternSet.Member($0.automaton, texts: $1)) }
        return members
    }
}
