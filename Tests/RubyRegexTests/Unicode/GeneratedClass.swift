@testable import RubyRegex

/// A class in brackets, made at random, as text and as built.
struct GeneratedClass {
    private(set) var text = "["
    private(set) var bracket = BracketClass(ignoringCase: true)
    let isASCII: Bool
    let isUnicode: Bool

    private static let letters = Array("kKsSiIåÅ\u{212B}\u{212A}ſßẞäÄÿŸµμΩωΩﬁﬀﬃŉǆǅа1_é\u{345}ι\u{1E9B}\u{1F80}zAZ".unicodeScalars).map(\.value)
    private static let properties = ["Lu", "Ll", "L", "ASCII", "InBasicLatin", "Alpha", "Greek", "Upper", "Lt", "Word", "Any"]

    init(_ random: inout SplitMix, depth: Int, isASCII: Bool? = nil, isUnicode: Bool? = nil) {
        self.isASCII = isASCII ?? (random.next() % 4 == 0)
        self.isUnicode = isUnicode ?? (!self.isASCII && random.next() % 2 == 0)
        let isNegated = random.next() % 3 == 0
        if isNegated { text += "^" }
        var current = BracketClass(ignoringCase: true)
        var left: BracketClass?
        for _ in 0..<1 + random.next() % 4 {
            insertPart(&random, depth: depth, into: &current)
            if random.next() % 6 == 0 {
                text += "&&"
                if left?.formIntersection(current) == nil { left = current }
                current = BracketClass(ignoringCase: true)
                insertPart(&random, depth: depth, into: &current)
            }
        }
        if left?.formIntersection(current) == nil { left = current }
        bracket = left ?? current
        if isNegated { bracket.negate() }
        text += "]"
    }

    private mutating func insertPart(_ random: inout SplitMix, depth: Int, into current: inout BracketClass) {
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
            current.insert(type, isNegated: isNegated, isUnicode: isUnicode)
        case 5 where random.next() % 2 == 0:
            let name = Self.properties[Int(random.next() % UInt64(Self.properties.count))]
            text += "\\\(isNegated ? "P" : "p"){\(name)}"
            if let property = UnicodeProperty(named: name.utf8) { current.insert(property, isNegated: isNegated) }
        case 5:
            let bracket = PosixBracket.allCases[Int(random.next() % UInt64(PosixBracket.allCases.count))]
            text += "[:\(isNegated ? "^" : "")\(bracket):]"
            current.insert(bracket, isNegated: isNegated, isASCII: isASCII)
        default:
            let nested = GeneratedClass(&random, depth: depth + 1, isASCII: isASCII, isUnicode: isUnicode)
            text += nested.text
            current.formUnion(nested.bracket)
        }
    }
}
