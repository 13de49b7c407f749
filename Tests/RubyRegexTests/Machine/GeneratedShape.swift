import RedisTestSupport

@testable import RubyRegex

/// Makes patterns at random from all that the machine runs.
struct GeneratedShape {
    enum Family: CaseIterable {
        /// What depends on the place alone.
        case places
        case groups, calls, levels, absences
    }

    private var random: Chance
    private let family: Family
    private var groups: Int32 = 0
    /// How many groups there will be, so that references may come first.
    private let mostGroups: Int32

    static func make(seed: UInt64, family: Family) -> PatternShape {
        var generator = GeneratedShape(random: Chance(seed: seed), family: family)
        let shape = generator.shape(depth: 4)
        // Groups that references name exist.
        var parts = [shape]
        while generator.groups < generator.mostGroups { parts.append(generator.capture(depth: 1)) }
        return .sequence(parts)
    }

    static func texts(seed: UInt64, count: Int) -> [String] {
        var random = Chance(seed: seed ^ 0x5EED)
        let alphabet = Array("aaabbbcA\n -éÉ\u{301}")
        return (0..<count).map { _ in
            String((0..<random.next() % 9).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
        }
    }

    private init(random: Chance, family: Family) {
        (self.random, self.family) = (random, family)
        mostGroups = family == .places || family == .absences ? 0 : 2
    }

    private mutating func below(_ bound: UInt64) -> UInt64 { random.next() % bound }

    private mutating func shape(depth: Int) -> PatternShape {
        guard depth > 0 else { return leaf() }
        switch below(20) {
        case 0...3: return leaf()
        case 4...6: return .sequence((0...below(3)).map { _ in shape(depth: depth - 1) })
        case 7...9: return .alternation((0...1 + below(2)).map { _ in shape(depth: depth - 1) })
        case 10...12: return repetition(depth: depth)
        case 13: return .lookAhead(shape(depth: depth - 1), isNegative: below(2) == 0)
        case 14:
            let length = below(3)
            let isNegative = below(2) == 0
            return .lookBehind(.sequence((0..<length).map { _ in character() }), Int32(length), isNegative: isNegative)
        case 15: return .atomic(shape(depth: depth - 1))
        default: return special(depth: depth)
        }
    }

    private mutating func special(depth: Int) -> PatternShape {
        switch family {
        case .places: return .sequence([shape(depth: depth - 1), shape(depth: depth - 1)])
        case .absences:
            return below(3) == 0 ? .graphemeCluster : .absence(shape(depth: depth - 1))
        case .groups, .calls, .levels:
            switch below(4) {
            case 0: return capture(depth: depth)
            case 1:
                return .backReference(
                    1 + Int32(below(2)), ignoresCase: below(3) == 0,
                    level: family == .levels ? Int32(below(3)) - 1 : nil)
            case 2 where family == .groups:
                return .conditional(1 + Int32(below(2)), shape(depth: depth - 1), shape(depth: depth - 1))
            case 2...3 where family != .groups: return .call(1 + Int32(below(2)))
            default: return capture(depth: depth)
            }
        }
    }

    private mutating func capture(depth: Int) -> PatternShape {
        guard groups < mostGroups else { return leaf() }
        groups += 1
        let number = groups
        return .capture(number, shape(depth: depth - 1))
    }

    private mutating func repetition(depth: Int) -> PatternShape {
        let body = shape(depth: depth - 1)
        switch below(10) {
        case 0: return .repetition(body, 0, 1, greed())
        case 1...3: return .repetition(body, 0, SyntaxTree.unbounded, greed())
        case 4...5: return .repetition(body, 1, SyntaxTree.unbounded, greed())
        case 6: return .repetition(body, 2, 2, .greedy)
        case 7: return .repetition(body, 1, 3, below(2) == 0 ? .greedy : .lazy)
        case 8: return .repetition(body, 2, SyntaxTree.unbounded, below(2) == 0 ? .greedy : .lazy)
        default: return .repetition(body, 0, 2, below(2) == 0 ? .greedy : .lazy)
        }
    }

    private mutating func greed() -> SyntaxTree.Greed { [.greedy, .greedy, .lazy, .possessive][Int(below(4))] }

    private mutating func character() -> PatternShape {
        switch below(6) {
        case 0: .set("[^a]", CodePointSet(unordered: [0...0x60, 0x62...CodePointSet.highest]))
        case 1: .set("[ab\u{E9}]", CodePointSet(unordered: [0x61...0x62, 0xE9...0xE9]))
        case 2: .set(".", CodePointSet(unordered: [0...0x09, 0x0B...CodePointSet.highest]))
        default: .text(["a", "b", "c", "\u{E9}"][Int(below(4))])
        }
    }

    private mutating func leaf() -> PatternShape {
        guard below(7) == 0 else { return character() }
        let assertions: [SyntaxTree.Assertion] = [
            .lineStart, .lineEnd, .textStart, .textEnd, .textEndOrLastLineBreak, .wordBoundary, .noWordBoundary,
            .asciiWordBoundary, .noASCIIWordBoundary,
        ]
        return below(5) == 0 ? .sequence([]) : .assertion(assertions[Int(below(UInt64(assertions.count)))])
    }
}
