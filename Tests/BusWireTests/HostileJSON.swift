/// Writes JSON as somebody would who wants to keep its reader busy: every freedom of the grammar at once.
struct HostileJSON {
    var generator: SeededGenerator

    mutating func event() -> String {
        var members = (0..<Int.random(in: 0...5, using: &generator)).map { _ in member(depth: 1) }
        members.insert(
            #""bus_class_proxy"\#(blank()):\#(blank())"QueueBus::Driver""#,
            at: Int.random(in: 0...members.count, using: &generator))
        return "{" + blank() + members.joined(separator: blank() + "," + blank()) + blank() + "}"
    }

    private mutating func member(depth: Int) -> String {
        key() + blank() + ":" + blank() + value(depth: depth)
    }

    /// Few, so that they repeat, and in several spellings each.
    private mutating func key() -> String {
        pick([
            #""a""#, #""\u0061""#, #""b""#, #""""#, #""\n""#, #""\u000a""#, #""é""#, #""\u00e9""#, #""\"\\""#,
            #""\u0022\\""#,
            #""k\#(Int.random(in: 0...40, using: &generator))""#,
        ])
    }

    private mutating func value(depth: Int) -> String {
        switch Int.random(in: 0..<(depth < 6 ? 12 : 8), using: &generator) {
        case 0: return pick(["null", "true", "false"])
        case 1...4: return number()
        case 5...7: return string()
        case 8: return (0..<Int.random(in: 1...30, using: &generator)).reduce("0") { text, _ in "[\(text)]" }
        case 9: return "[" + list { $0.value(depth: depth + 1) } + "]"
        default: return "{" + list { $0.member(depth: depth + 1) } + "}"
        }
    }

    private mutating func list(_ element: (inout HostileJSON) -> String) -> String {
        let count = chance(of: 12) ? 40 : Int.random(in: 0...4, using: &generator)
        return blank() + (0..<count).map { _ in element(&self) + blank() }.joined(separator: "," + blank())
    }

    mutating func number() -> String {
        let sign = pick(["", "", "-"])
        let digits = { (count: Int, generator: inout SeededGenerator) in
            (0..<count).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
        }
        let count = pick([1, 2, 5, 14, 15, 16, 17, 18, 19, 20, 25, 60, 320])
        let whole = chance(of: 3) ? "0" : "\(Int.random(in: 1...9, using: &generator))" + digits(count - 1, &generator)
        let zeros = String(repeating: "0", count: pick([0, 0, 1, 3, 4, 5, 30]))
        let fraction = chance(of: 2) ? "" : ".\(zeros)\(digits(pick([1, 2, 14, 16, 17, 19, 40]), &generator))"
        let exponent =
            chance(of: 2)
            ? ""
            : "\(pick(["e", "E"]))\(pick(["", "+", "-"]))\(pick(["0", "1", "9", "22", "100", "290", "305", "308", "0012"]))"
        return chance(of: 8)
            ? pick([
                "1.7976931348623157e308", "17976931348623157e292", "1.7976931348623158e308", "5e-324", "2.5e-324",
                "2.2250738585072014e-308", "2.2250738585072011e-308", "1e23", "9007199254740993.0", "0.0", "-0", "-0.0",
                "0e999", "123456789012345.60", "999999999999999e-309",
            ]) : sign + whole + fraction + exponent
    }

    private mutating func string() -> String {
        let pieces = [
            #"\""#, #"\\"#, #"\/"#, #"\n"#, #"\u0000"#, #"\u001F"#, #"\u00e9"#, #"\ud83d\ude00"#, #"\q"#, #"\é"#,
            #"\u0023{"#, "#$",
            "a", "é", "\u{378}", "\u{7F}", "\u{2028}", "\u{10FFFF}", "plain text of some length", "/* no comment */",
            "[{,",
        ]
        return "\"" + (0..<Int.random(in: 0...6, using: &generator)).map { _ in pick(pieces) }.joined() + "\""
    }

    private mutating func blank() -> String {
        chance(of: 4) ? pick([" ", "\t", "\n\r", "/**/", "/* * / */", "// x\n", "   "]) : ""
    }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices.randomElement(using: &generator)!
    }

    private mutating func chance(of sides: Int) -> Bool {
        Int.random(in: 0..<sides, using: &generator) == 0
    }
}
