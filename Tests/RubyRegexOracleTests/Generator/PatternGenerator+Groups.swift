import RedisTestSupport

/// Everything in parentheses, and quantifiers.
extension PatternGenerator {
    mutating func group(depth: Int) -> PatternTree {
        if chance.happens(oddity) { return wrongGroup(depth: depth) }
        return switch chance.number(0...99) {
        case 0..<26: capture(depth: depth)
        case 26..<48: scope("(?:", depth: depth, ignoresCase: nil)
        case 48..<60: options(depth: depth)
        case 60..<67: scope("(?>", depth: depth, ignoresCase: nil)
        case 67..<73: .lookAround("(?=", alternation(depth: depth + 1))
        case 73..<79: .lookAround("(?!", alternation(depth: depth + 1))
        case 79..<84: .lookAround("(?<=", lookBehindBody(depth: depth + 1))
        case 84..<88: .lookAround("(?<!", lookBehindBody(depth: depth + 1))
        case 88..<93: .absence(alternation(depth: depth + 1))
        case 93..<95: .mark(chance.pick(["(?#)", "(?#a)", "(?#\\))", "(?#(a)", "(?#é[)"])!)
        default: conditional(depth: depth)
        }
    }

    private mutating func scope(_ opening: String, depth: Int, ignoresCase: Bool?) -> PatternTree {
        .enclosed(opening, alternation(depth: depth + 1), ")", ignoresCase: ignoresCase)
    }

    private mutating func conditional(depth: Int) -> PatternTree {
        if names.isEmpty, !chance.happens(20) { return capture(depth: depth) }
        let reference = self.reference()
        let yes = sequence(depth: depth + 1)
        return .conditional(reference, yes: yes, no: chance.happens(70) ? sequence(depth: depth + 1) : nil)
    }

    private mutating func options(depth: Int) -> PatternTree {
        var letters = ""
        for _ in 0..<chance.number(1...2) { letters += chance.pick(["i", "i", "i", "m", "x", "a", "u", "d"])! }
        var minus = ""
        if chance.happens(30) { minus = "-" + chance.pick(["", "i", "m", "x", "mix", "im"])! }
        let ignoresCase = minus.contains("i") ? false : letters.contains("i") ? true : nil
        let wasExtended = isExtended
        if minus.contains("x") { isExtended = false } else if letters.contains("x") { isExtended = true }
        defer { isExtended = wasExtended }
        let isScoped = chance.happens(65)
        let opening = "(?" + letters + minus + (isScoped ? ":" : ")")
        return .enclosed(
            opening, alternation(depth: depth + 1), isScoped ? ")" : "", ignoresCase: ignoresCase)
    }

    /// Of a fixed length mostly, as Onigmo wants it; alternatives at the top may differ.
    private mutating func lookBehindBody(depth: Int) -> PatternTree {
        if chance.happens(20) { return alternation(depth: depth) }
        var arms: [PatternTree] = []
        repeat {
            arms.append(.sequence((0..<chance.number(1...3)).map { _ in fixedPart(depth: depth) }))
        } while chance.happens(25)
        return arms.count == 1 ? arms[0] : .alternation(arms)
    }

    private mutating func fixedPart(depth: Int) -> PatternTree {
        budget -= 1
        return switch chance.number(0...19) {
        case 0..<11: literal()
        case 11..<14: bracket(depth: 1)
        case 14: characterType()
        case 15: .repetition(literal(), "{2}", 2...2)
        case 16: .mark(chance.pick(["^", "\\b", "\\A", "$", "\\B", "\\G"])!)
        case 17: .enclosed("(?i:", literal(), ")", ignoresCase: true)
        case 18: depth < 3 ? .lookAround(chance.pick(["(?=", "(?!", "(?<=", "(?<!"])!, literal()) : literal()
        default: depth < 3 ? .enclosed("(?:", .alternation([literal(), literal()]), ")", ignoresCase: nil) : literal()
        }
    }

    private mutating func wrongGroup(depth: Int) -> PatternTree {
        let opening = chance.pick([
            "(?", "(?)", "(?P<n>", "(?&n)", "(?^", "(?~|", "(?<>", "(?<1>", "(?<n", "(?z)", "(?i", "(?mix", "(?-",
            "(?--i)",
            "(?a-u)", "(?au:", "(?@", "(?|", "(?(0)", "(?(9)", "(*", "(?(1)a|b|c)", "(?(<>)", "(?(a)", "(?=", "(?<a b>",
            "(?'n>", "(?<-1>", "(?i-i:", "(?ii:", "(?:", "(?<=", "(?#", "(?()", "(?(?=a)", "(?x-", "(?i;", "(??",
            "(?<n>",
            "(?da)", "(?ud:", "(?(1", "(?(<1>)", "(?(-1)", "(?(+1)",
        ])!
        return .enclosed(opening, alternation(depth: depth + 1), chance.happens(60) ? ")" : "", ignoresCase: nil)
    }

    // MARK: Quantifiers

    mutating func repeated(_ body: PatternTree) -> PatternTree {
        var (spelling, range) = quantifier()
        while chance.happens(7) {
            let more = quantifier()
            spelling += more.0
            range = min(range.lowerBound, more.1.lowerBound)...min(3, range.upperBound * max(1, more.1.upperBound))
        }
        return .repetition(body, spelling, range)
    }

    private mutating func quantifier() -> (String, ClosedRange<Int>) {
        if chance.happens(oddity) {
            let wrong = [
                "{,}", "{}", "{a}", "{1", "{ 1}", "{1, 2}", "{2,1}", "{01}", "{,0}", "{100000}", "{100001}",
                "{0,100001}",
                "{1,", "{,2", "{-1}", "{1,2,3}", "{3,1}?", "{99999999999}", "{1}{2}{3}", "{,5}+", "{1000}{1000}",
                "{1,1}", "{0}",
                "{0,0}", "{0}?", "{0}+", "{3,2}+", "{1\n}", "{+1}",
            ]
            return (chance.pick(wrong)!, 0...1)
        }
        let suffix = ["", "", "", "", "?", "+"][chance.number(0...5)]
        switch chance.number(0...9) {
        case 0..<2: return ("?" + suffix, 0...1)
        case 2..<5: return ("*" + suffix, 0...3)
        case 5..<7: return ("+" + suffix, 1...3)
        case 7:
            let count = chance.number(0...3)
            return ("{\(count)}" + suffix, count...count)
        case 8:
            let count = chance.number(0...2)
            return chance.happens(50) ? ("{\(count),}" + suffix, count...3) : ("{,\(count)}" + suffix, 0...count)
        default:
            let low = chance.number(0...2)
            let high = low + chance.number(0...2)
            return ("{\(low),\(high)}" + suffix, low...high)
        }
    }
}
