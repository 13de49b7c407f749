import RedisTestSupport
import Testing

@testable import RubyRegex

/// Patterns that are meant to hurt: what is made of them is bounded, whatever they nest, repeat or call.
@Suite(.timeLimit(.minutes(1))) struct PatternBoundsTests {
    private static func repeated(_ part: String, _ count: Int) -> String { String(repeating: part, count: count) }

    private static let nested: [(pattern: String, isValid: Bool)] = [
        (repeated("(", 4095) + repeated(")", 4095), true),
        (repeated("(", 4096) + repeated(")", 4096), false),
        (repeated("[", 4095) + "a" + repeated("]", 4095), true),
        (repeated("[", 4096) + "a" + repeated("]", 4096), false),
        ("a" + repeated("*", 4095), true),
        ("a" + repeated("*", 4096), false),
        (repeated("(?i)", 4095), true),
        (repeated("(?i)", 4096), false),
        (repeated("()", 32_767), true),
        (repeated("()", 32_768), false),
    ]

    @Test(arguments: nested.indices)
    func nestingEndsWhereRubyEnds(_ index: Int) {
        let (pattern, isValid) = Self.nested[index]
        let read = Result { try PatternParser.parse(Array(pattern.utf8), as: .ascii) }
        #expect(((try? read.get()) != nil) == isValid)
    }

    @Test func largePatternsAreNotJudged() {
        let isTooLarge = { (pattern: String) in
            do throws(PatternError) {
                _ = try PatternParser.parse(Array(pattern.utf8), as: .unicode)
                return false
            } catch {
                if case .tooLarge = error { return true }
                return false
            }
        }
        #expect(isTooLarge(Self.repeated("a", 65_537)))
        #expect(!isTooLarge(Self.repeated("a", 65_536)))
        #expect(isTooLarge("(?i)" + Self.repeated("[[:alpha:]]", 5_000)))
        #expect(isTooLarge("(?i)" + Self.repeated("ab", 30_000)))
        #expect(isTooLarge(Self.repeated("(?<n>a)", 4_000) + Self.repeated("\\k<n>", 4_000)))
        #expect(isTooLarge((0..<4_000).map { "[[:alpha:]\(Unicode.Scalar(0x4E00 + UInt32($0))!)]" }.joined()))
    }

    @Test func callsStayCalls() throws {
        let steps = (1..<1_000).map { "(?<a\($0)>\\g<a\($0 - 1)>\\g<a\($0 - 1)>){0}" }.joined()
        let tree = try PatternParser.parse(Array("(?<a0>x){0}\(steps)\\g<a999>".utf8), as: .ascii)
        #expect(tree.nodes.count < 6_000)
        let lengths = (1..<1_000).map { "(?<a\($0)>\\g<a\($0 - 1)>){0}" }.joined()
        #expect(throws: Never.self) {
            try PatternParser.parse(Array("(?<a0>x){0}\(lengths)(?<=\\g<a999>)".utf8), as: .ascii)
        }
    }

    @Test func manyEqualClassesAreOneSet() throws {
        let tree = try PatternParser.parse(Array(Self.repeated("[[:alpha:]]", 5_900).utf8), as: .unicode)
        #expect(tree.sets.count == 1)
        #expect(tree.nodes.count == 5_901)
    }

    @Test func anyBytesAreAnswered() {
        var generator = Chance(seed: 20_261_130)
        let alphabet = Array("()[]{}*+?|\\^$.-&:,<>=!~#ixkgpu120ab ".utf8) + [0, 0x80, 0xC3, 0xA4, 0xFF]
        for _ in 0..<20_000 {
            let pattern = (0..<generator.next() % 24).map { _ in
                alphabet[Int(generator.next() % UInt64(alphabet.count))]
            }
            guard let text = try? PatternText(pattern) else { continue }
            for mode in text.modes {
                guard let tree = try? PatternParser.parse(text, as: mode) else { continue }
                #expect(!tree.nodes.isEmpty && tree.nodes.count < 64 * (pattern.count + 1))
            }
        }
    }
}
