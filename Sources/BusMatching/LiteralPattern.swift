/// Recognises regular expressions that are nothing but literal texts, and says where those may stand.
///
/// The rewrites are equalities, not approximations: `^` and `$` are line anchors, `.*` cannot cross a line break and
/// therefore cancels the line anchor next to it, and alternation and groups only distribute. A pattern with anything
/// else is not literal.
struct LiteralPattern {
    /// Beyond these a table of alternatives is no better than the engine.
    private static let maximumAlternatives = 64
    private static let maximumBytes = 4096
    private static let maximumDepth = 16

    private enum Item: Equatable {
        case byte(UInt8)
        case lineStart, lineEnd, textStart, textEnd
        /// `.*`
        case anyRun
    }

    private let source: [UInt8]
    private var position = 0
    private var remainingBytes = Self.maximumBytes
    private var depth = 0

    /// The predicate that decides like `pattern`, or nil when it is not literal.
    static func read(_ pattern: [UInt8]) -> Predicate? {
        guard pattern.count <= maximumBytes else { return nil }
        var parser = LiteralPattern(source: pattern)
        guard let sequences = parser.alternation(), parser.position == pattern.count else { return nil }
        var fragments: [Fragment] = []
        for sequence in sequences {
            switch place(sequence) {
            case .anything: return .anything
            case .fragment(let fragment): if !fragments.contains(fragment) { fragments.append(fragment) }
            case .other: return nil
            }
        }
        return .fragments(fragments)
    }

    /// What every match of `pattern` begins with at the start of a line, when that is plain to see.
    static func head(of pattern: [UInt8]) -> Fragment? {
        // An alternative somewhere might do without.
        guard !pattern.contains(UInt8(ascii: "|")) else { return nil }
        var parser = LiteralPattern(source: pattern)
        _ = parser.skip("(?-mix:")
        guard parser.skip("^") || parser.skip("\\A") else { return nil }
        _ = parser.skip("(?-mix:^")
        var bytes: [UInt8] = []
        while let byte = parser.next {
            parser.position += 1
            if byte == UInt8(ascii: "\\") {
                guard case .byte(let escaped)? = parser.escape() else { break }
                bytes.append(escaped)
            } else if isMeta(byte) {
                break
            } else {
                bytes.append(byte)
            }
            // A repetition may leave out the last character, however many bytes that has.
            if parser.isQuantified {
                while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
                break
            }
        }
        return bytes.isEmpty ? nil : Fragment(bytes, start: .line, end: .anywhere)
    }

    private init(source: [UInt8]) { self.source = source }

    /// Whether a byte means something in a regular expression.
    static func isMeta(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "."), UInt8(ascii: "|"),
            UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
            true
        default: false
        }
    }

    // MARK: Reading

    private var next: UInt8? { position < source.count ? source[position] : nil }

    private mutating func skip(_ text: StaticString) -> Bool {
        let matches = text.withUTF8Buffer { source[position...].starts(with: $0) }
        if matches { position += text.utf8CodeUnitCount }
        return matches
    }

    private mutating func alternation() -> [[Item]]? {
        guard var sequences = concatenation() else { return nil }
        while next == UInt8(ascii: "|") {
            position += 1
            guard let more = concatenation() else { return nil }
            sequences += more
            guard sequences.count <= Self.maximumAlternatives else { return nil }
        }
        return sequences
    }

    private mutating func concatenation() -> [[Item]]? {
        var sequences: [[Item]] = [[]]
        while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            guard let atom = atom() else { return nil }
            if atom.count == 1 {
                for index in sequences.indices { sequences[index] += atom[0] }
            } else {
                sequences = sequences.flatMap { head in atom.map { head + $0 } }
            }
            remainingBytes -= sequences.count
            guard remainingBytes > 0, sequences.count <= Self.maximumAlternatives, !isQuantified else { return nil }
        }
        return sequences
    }

    private var isQuantified: Bool {
        switch next {
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"): true
        default: false
        }
    }

    private mutating func atom() -> [[Item]]? {
        guard let byte = next else { return nil }
        position += 1
        switch byte {
        case UInt8(ascii: "^"): return [[.lineStart]]
        case UInt8(ascii: "$"): return [[.lineEnd]]
        case UInt8(ascii: "\\"): return escape().map { [[$0]] }
        case UInt8(ascii: "."):
            guard skip("*") else { return nil }
            // Lazy or not makes no difference to whether there is a match.
            _ = skip("?")
            return [[.anyRun]]
        case UInt8(ascii: "("):
            guard skip("?-mix:") || skip("?:") || next != UInt8(ascii: "?") else { return nil }
            depth += 1
            defer { depth -= 1 }
            guard depth <= Self.maximumDepth, let sequences = alternation(), skip(")") else { return nil }
            return sequences
        default:
            return Self.isMeta(byte) ? nil : [[.byte(byte)]]
        }
    }

    private mutating func escape() -> Item? {
        guard let letter = next else { return nil }
        position += 1
        switch letter {
        case UInt8(ascii: "A"): return .textStart
        case UInt8(ascii: "z"): return .textEnd
        case UInt8(ascii: "n"): return .byte(0x0A)
        case UInt8(ascii: "t"): return .byte(0x09)
        case UInt8(ascii: "r"): return .byte(0x0D)
        case UInt8(ascii: "f"): return .byte(0x0C)
        case UInt8(ascii: "v"): return .byte(0x0B)
        case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: " "), UInt8(ascii: "#"), UInt8(ascii: ":"),
            UInt8(ascii: "@"), UInt8(ascii: ","), UInt8(ascii: "\""):
            return .byte(letter)
        default:
            return Self.isMeta(letter) ? .byte(letter) : nil
        }
    }

    // MARK: Placing

    private enum Placement {
        case anything
        case fragment(Fragment)
        case other
    }

    /// Reads `anchors .*? bytes .*? anchors`; any other order (an anchor between bytes, say) is for the engine.
    private static func place(_ sequence: [Item]) -> Placement {
        var items = sequence[...]
        var start = Fragment.Boundary.anywhere
        var end = Fragment.Boundary.anywhere
        while let item = items.first, item == .lineStart || item == .textStart {
            start = item == .textStart || start == .text ? .text : .line
            items.removeFirst()
        }
        while let item = items.last, item == .lineEnd || item == .textEnd {
            end = item == .textEnd || end == .text ? .text : .line
            items.removeLast()
        }
        let isFreeAtStart = items.first == .anyRun
        while items.first == .anyRun { items.removeFirst() }
        let isFreeAtEnd = items.last == .anyRun || (items.isEmpty && isFreeAtStart)
        while items.last == .anyRun { items.removeLast() }

        if items.isEmpty {
            // One line anchor alone holds somewhere in every text, and `.*` spans from one to the other. What is left,
            // `^$` and anything with \A or \z, asks for an empty line or text.
            let isLoose = start != .text && end != .text
            return isLoose && (isFreeAtEnd || start == .anywhere || end == .anywhere) ? .anything : .other
        }
        if (isFreeAtStart && start == .text) || (isFreeAtEnd && end == .text) { return .other }
        var bytes: [UInt8] = []
        for item in items {
            guard case .byte(let byte) = item else { return .other }
            bytes.append(byte)
        }
        return .fragment(
            Fragment(bytes, start: isFreeAtStart ? .anywhere : start, end: isFreeAtEnd ? .anywhere : end))
    }
}
