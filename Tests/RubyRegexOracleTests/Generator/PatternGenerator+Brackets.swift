import RedisTestSupport

/// Bracket expressions.
extension PatternGenerator {
    mutating func bracket(depth: Int) -> PatternTree {
        var spelling = chance.happens(25) ? "[^" : "["
        var members: [[UInt32]] = []
        if chance.happens(4) { spelling += chance.pick(["]", "-", "&&", "^"])! }
        let count = chance.number(1...4)
        for _ in 0..<count { append(to: &spelling, &members, depth: depth) }
        if chance.happens(10) {
            spelling += "&&"
            for _ in 0..<chance.number(0...2) { append(to: &spelling, &members, depth: depth) }
        }
        if chance.happens(4) { spelling += chance.pick(["-", "^", "&&", "&"])! }
        return .atom(spelling + "]", matches: members.isEmpty ? [[]] : members)
    }

    private mutating func append(to spelling: inout String, _ members: inout [[UInt32]], depth: Int) {
        if chance.happens(oddity) {
            spelling += chance.pick([
                "]", "[", "-", "--", "a-\\d", "\\d-a", "[:foo:]", "[:alpha]", "[=a=]", "[.a.]", "z-a", "\\b", "\\B",
                "\\R", "\\X",
                "\\K", "\\A", "\\z", "\\xff", "\\x80-\\xff", "\\u12", "\\M-a", "\\1", "\\k<a>", "a-[b]", "[a]-z",
                "\\p{Foo}", "a-",
                "&&&&", "&&^a", "\\xC3\\xA9", "\\303", "a-é", "\\u{61 62}", "\\u{61 62}-c", "\\u{61-62}", "\\c", "(?i)",
                "#", " ",
                "a--", "a-b-c", "\\w-", "[:^alpha:]-z", "\\u0000-\\u{10ffff}", "\\u{d7ff}-\\u{e000}", "\\x00-\\x7f",
                "é-\\xff",
                "[[a]]", "[^[^a]]", "[]", "[^]", "[a&&]", "[&&a]",
            ])!
            return
        }
        switch chance.number(0...99) {
        case 0..<50:
            let scalar = self.scalar()
            spelling += spell(scalar, inBracket: true)
            members.append([scalar.value])
        case 50..<68:
            var (low, high) = (scalar(), scalar())
            if chance.happens(30) {
                (low, high) = chance.pick([("a", "z"), ("A", "Z"), ("0", "9"), ("à", "ÿ"), ("!", "~")])!
            }
            if low > high { (low, high) = (high, low) }
            spelling += spell(low, inBracket: true) + "-" + spell(high, inBracket: true)
            members += [[low.value], [high.value]]
            let middle = (low.value + high.value) / 2
            if Unicode.Scalar(middle) != nil { members.append([middle]) }
        case 68..<78:
            spelling += chance.pick(["\\w", "\\W", "\\d", "\\D", "\\s", "\\S", "\\h", "\\H"])!
            members += Self.texts("aZ0_é -\n")
        case 78..<84:
            if case .atom(let text, let matches) = property() {
                spelling += text
                members += matches
            }
        case 84..<92:
            let name = chance.pick(chance.happens(oddity) ? Alphabet.wrongPosixNames : Alphabet.posixNames)!
            spelling += "[:" + (chance.happens(20) ? "^" : "") + name + ":]"
            members += Self.texts("aZ0_é -\n$!\u{1}ж")
        default:
            guard depth < 3 else { return }
            if case .atom(let text, let matches) = bracket(depth: depth + 1) {
                spelling += text
                members += matches
            }
        }
    }

    private mutating func scalar() -> Unicode.Scalar {
        let text = chance.happens(85) ? chance.pick(palette)! : Alphabet.any(&chance)
        return chance.pick(Array(text.unicodeScalars))!
    }
}
