extension PatternParser {
    /// What follows a backslash, which has been read.
    mutating func readEscape() throws(PatternError) {
        guard let kind = next() else { throw .refused("end pattern at escape") }
        switch kind {
        case "w": try add(.word, isNegated: false)
        case "W": try add(.word, isNegated: true)
        case "d": try add(.digit, isNegated: false)
        case "D": try add(.digit, isNegated: true)
        case "s": try add(.space, isNegated: false)
        case "S": try add(.space, isNegated: true)
        case "h": try add(.hexDigit, isNegated: false)
        case "H": try add(.hexDigit, isNegated: true)
        case "b": add(.assertion(options.charset == .ascii ? .asciiWordBoundary : .wordBoundary))
        case "B": add(.assertion(options.charset == .ascii ? .noASCIIWordBoundary : .noWordBoundary))
        case "A", "G": add(.assertion(.textStart))
        case "Z": add(.assertion(.textEndOrLastLineBreak))
        case "z": add(.assertion(.textEnd))
        case "K": add(.keep)
        case "R": try addLineBreak()
        case "X": add(.graphemeCluster)
        case "x": addByte(readHexByte())
        case "1"..."9": try readNumberedReference(kind)
        case "k" where peek == "<" || peek == "'":
            let end: Unicode.Scalar = next() == "<" ? ">" : "'"
            let (groups, isByNumber, level) = try readReference(end: end)
            addReference(to: groups, isByNumber: isByNumber, level: level)
        case "g" where peek == "<" || peek == "'":
            try readCall(end: next() == "<" ? ">" : "'")
        case "p", "P":
            guard skip("{") else { return addLetter(kind) }
            let (property, isNegated) = try readProperty(isNegated: kind == "P")
            try add(property, isNegated: isNegated)
        default:
            addLetter(Self.control(of: kind) ?? kind)
        }
    }

    /// The letters that stand for control characters, in brackets and outside.
    static func control(of letter: Unicode.Scalar) -> Unicode.Scalar? {
        switch letter {
        case "n": "\n"
        case "t": "\t"
        case "r": "\r"
        case "f": "\u{C}"
        case "v": "\u{B}"
        case "a": "\u{7}"
        case "e": "\u{1B}"
        default: nil
        }
    }

    /// What `\x` stands for; ``PatternText`` has left two digits behind it, and nothing beyond ASCII.
    mutating func readHexByte() -> Unicode.Scalar {
        var value: UInt32 = 0
        for _ in 0..<2 { value = value << 4 | (next()?.digit(radix: 16) ?? 0) }
        return Unicode.Scalar(value) ?? "\0"
    }

    /// An octal number of at most three digits, whose first has been read.
    mutating func readOctal(from first: Unicode.Scalar) -> Unicode.Scalar {
        var value = first.value - 0x30
        for _ in 0..<2 {
            guard let digit = peek?.digit(radix: 8) else { break }
            value = value << 3 | digit
            position += 1
        }
        return Unicode.Scalar(value) ?? "\0"
    }

    private mutating func add(_ type: CharacterType, isNegated: Bool) throws(PatternError) {
        let set = type.codePoints(isUnicode: options.charset == .unicode)
        let place = try place(of: isNegated ? set.inverted : set)
        add(type == .word ? .namedSet(place, isDot: false) : .set(place))
    }

    mutating func place(of set: CodePointSet) throws(PatternError) -> Int32 { try parsed.sets.place(of: set) }

    /// `\R` is `(?>\r\n|[…])`, the same node wherever it stands.
    private mutating func addLineBreak() throws(PatternError) {
        flush()
        if let lineBreak = parsed.lineBreak { return add(lineBreak) }
        let pair = ParsedPattern.Children(first: Int32(parsed.scalars.count), count: 2)
        parsed.scalars += [0xD, 0xA]
        let both = parsed.add(.text(pair, .exact))
        let one = parsed.add(.set(try place(of: mode == .unicode ? .lineBreaks : .asciiLineBreaks)))
        let lineBreak = parsed.add(.atomic(parsed.add(.alternation(parsed.list([both, one])))))
        parsed.lineBreak = lineBreak
        add(lineBreak)
    }

    private mutating func readNumberedReference(_ first: Unicode.Scalar) throws(PatternError) {
        let start = position
        position -= 1
        let number = readNumber()
        if let number, number <= 1000, number <= 9 || number < parsed.groups.count {
            return addReference(to: [number], isByNumber: true, level: nil)
        }
        position = start
        if first == "8" || first == "9" { addLetter(first) } else { addByte(readOctal(from: first)) }
    }

    private mutating func addReference(to groups: [Int32], isByNumber: Bool, level: Int32?) {
        parsed.hasReference = true
        let isOpen = groups.contains { $0 < parsed.groups.count && parsed.groups[Int($0)].node < 0 }
        let style = ParsedPattern.ReferenceStyle(
            isByNumber: isByNumber, ignoresCase: options.ignoresCase, isOpen: isOpen, level: level)
        add(.backReference(groups: parsed.list(groups), style))
    }

    /// `\g<…>`, whose bracket has been read.
    private mutating func readCall(end: Unicode.Scalar) throws(PatternError) {
        if skip("0"), skip(end) { return addCall(.number(0)) }
        let isRelative = source[position - 1] != "0" && skip("+")
        let target = try readCallName(end: end)
        let groupCount = Int32(parsed.groups.count)
        switch target {
        case .number(let number) where number < 0 || isRelative:
            let (group, overflow) = groupCount.addingReportingOverflow(number > 0 ? number - 1 : number)
            guard !overflow, group > 0 else { throw .refused("invalid backref number/name") }
            addCall(.number(group))
        // Ruby forgets a name behind a plus.
        case .name where isRelative: addCall(.number(groupCount))
        default: addCall(target)
        }
    }

    private mutating func addCall(_ target: ParsedPattern.Call.Target) {
        parsed.calls.append(ParsedPattern.Call(target: target, caller: innermostGroup))
        add(.call(Int32(parsed.calls.count - 1)))
    }

    /// `\p{…}`, whose brace has been read.
    mutating func readProperty(isNegated: Bool) throws(PatternError) -> (UnicodeProperty, isNegated: Bool) {
        let isTurned = skip("^")
        let start = position
        while let scalar = next(), !"(){|".unicodeScalars.contains(scalar) {
            guard scalar == "}" else { continue }
            let name = source[start..<position - 1].map { UInt8(exactly: $0.value) ?? .max }
            guard let property = UnicodeProperty(named: name) else { break }
            return (property, isNegated != isTurned)
        }
        throw .refused("invalid character property name")
    }
}

extension CodePointSet {
    static let noLineBreak = CodePointSet(ranges: [0...9, 0xB...highest])
    static let asciiLineBreaks = CodePointSet(ranges: [0xA...0xD])
    static let lineBreaks = CodePointSet(ranges: [0xA...0xD, 0x85...0x85, 0x2028...0x2029])
}
