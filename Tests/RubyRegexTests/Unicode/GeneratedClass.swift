import RedisTestSupport

@testable import RubyRegex

/// A class in brackets, made at random, as text and as built.
struct GeneratedClass {
    private(set) var text = "["
    private(set) var bracket: BracketClass
    private let options: Options

    struct Options {
        var ignoresCase: Bool
        var isASCII: Bool
        var isUnicode: Bool

        init(_ random: inout Chance) {
            ignoresCase = random.next() % 4 != 0
            isASCII = random.next() % 4 == 0
            isUnicode = !isASCII && random.next() % 2 == 0
        }

        /// What stands behind `(?`.
        var text: String { (isASCII ? "a" : isUnicode ? "u" : "d") + (ignoresCase ? "i" : "-i") }
    }

    private static let letters = Array(
        "kKsSiIåÅ\u{212B}\u{212A}ſßẞäÄÿŸµμΩω\u{2126}ﬁﬀﬃŉǆǅа1_é\u{345}ι\u{1E9B}\u{1F80}zAZ\u{0}\u{7F}\u{80}"
            .unicodeScalars
    ).map(\.value)
    private static let properties = [
        "Lu", "Ll", "L", "ASCII", "InBasicLatin", "Alpha", "Greek", "Upper", "Lt", "Word", "Any", "InLatin1Supplement",
    ]

    init(_ random: inout Chance, options: Options, depth: Int = 0) {
        self.options = options
        bracket = BracketClass(ignoringCase: options.ignoresCase)
        let isNegated = random.next() % 3 == 0
        if isNegated { text += "^" }
        var current = BracketClass(ignoringCase: options.ignoresCase)
        var left: BracketClass?
        for _ in 0..<1 + random.next() % 4 {
            insertPart(&random, depth: depth, into: &current)
            if random.next() % 6 == 0 {
                text += "&&"
                if left?.formIntersection(current) == nil { left = current }
                current = BracketClass(ignoringCase: options.ignoresCase)
                insertPart(&random, depth: depth, into: &current)
            }
        }
        if left?.formIntersection(current) == nil { left = current }
        bracket = left ?? current
        if isNegated { bracket.negate() }
        text += "]"
    }

    private mutating func insertPart(_ random: inout Chance, depth: Int, into current: inout BracketClass) {
        let isNegated = random.next() % 2 == 0
        let letter = Self.letters[Int(random.next() % UInt64(Self.letters.count))]
        switch random.next() % (depth < 2 ? 8 : 6) {
        case 0, 1, 2:
            text += FoldOracle.escaped([letter])
            current.insert(letter...letter)
        case 3:
            let end = letter + UInt32(random.next() % 70)
            text += FoldOracle.escaped([letter]) + "-" + FoldOracle.escaped([end])
            current.insert(letter...end)
        case 4:
            let (type, name) = [(CharacterType.word, "w"), (.digit, "d"), (.space, "s"), (.hexDigit, "h")][
                Int(random.next() % 4)]
            text += "\\" + (isNegated ? name.uppercased() : name)
            current.insert(type, isNegated: isNegated, isUnicode: options.isUnicode)
        case 5 where random.next() % 2 == 0:
            let name = Self.properties[Int(random.next() % UInt64(Self.properties.count))]
            text += "\\\(isNegated ? "P" : "p"){\(name)}"
            if let property = UnicodeProperty(named: name.utf8) { current.insert(property, isNegated: isNegated) }
        case 5:
            let bracket = PosixBracket.allCases[Int(random.next() % UInt64(PosixBracket.allCases.count))]
            text += "[:\(isNegated ? "^" : "")\(bracket):]"
            current.insert(bracket, isNegated: isNegated, isASCII: options.isASCII)
        default:
            let nested = GeneratedClass(&random, options: options, depth: depth + 1)
            text += nested.text
            current.formUnion(nested.bracket)
        }
    }
}
