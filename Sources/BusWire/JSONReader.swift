/// Reads JSON by the rules of Ruby's json 2.6.1 (contract §2.4), in one pass whose time is linear in the text.
///
/// Recursive descent; the depth limit bounds its stack.
struct JSONReader: ~Copyable {
    /// Ruby's max_nesting.
    static let maximumDepth = 100

    let text: UnsafeRawBufferPointer
    private let maximumDepth: Int
    var index = 0
    /// Where strings with escapes are put together; as large as the text, since no escape stands for more than itself,
    /// and a byte larger.
    var scratch: UnsafeMutablePointer<UInt8>?

    init(text: UnsafeRawBufferPointer, maximumDepth: Int = JSONReader.maximumDepth) {
        self.text = text
        self.maximumDepth = maximumDepth
    }

    deinit { scratch?.deallocate() }

    /// Reads the whole text.
    mutating func read<Sink: JSONSink & ~Copyable>(into sink: inout Sink) throws(JSONParseError) -> Sink.Value {
        try skipIgnored()
        let value = try readValue(depth: 1, into: &sink)
        try skipIgnored()
        guard index == text.count else { throw fault(.syntax) }
        return value
    }

    func fault(_ kind: JSONParseError.Kind) -> JSONParseError {
        JSONParseError(kind: kind, offset: index)
    }

    /// The next byte; 0 at the end, which no rule of the grammar accepts.
    @inline(__always)
    var next: UInt8 {
        index < text.count ? text[index] : 0
    }

    /// White space and comments: json 2.6.1 takes `/* … */` and `// …` up to a line feed.
    @inline(__always)
    private mutating func skipIgnored() throws(JSONParseError) {
        while true {
            switch next {
            case .space, .tab, .lineFeed, .carriageReturn:
                index &+= 1
            case .slash:
                try skipComment()
            default:
                return
            }
        }
    }

    private mutating func skipComment() throws(JSONParseError) {
        let start = index
        index += 1
        let opening = next
        guard opening == .asterisk || opening == .slash else { throw fault(.syntax) }
        index += 1
        while index < text.count {
            let byte = text[index]
            index += 1
            if opening == .slash, byte == .lineFeed { return }
            if opening == .asterisk, byte == .asterisk, next == .slash {
                index += 1
                return
            }
        }
        throw JSONParseError(kind: .syntax, offset: start)
    }

    private mutating func readValue<Sink: JSONSink & ~Copyable>(
        depth: Int, into sink: inout Sink
    ) throws(JSONParseError) -> Sink.Value {
        switch next {
        case .quote:
            return sink.string(try readString())
        case .openBrace:
            return try readObject(depth: depth, into: &sink)
        case .openBracket:
            return try readArray(depth: depth, into: &sink)
        case .minus, .zero...(.nine):
            let start = index
            let kind = try skipNumber()
            return sink.number(UnsafeRawBufferPointer(rebasing: text[start..<index]), kind)
        case UInt8(ascii: "n"):
            try skipWord("null")
            return sink.null()
        case UInt8(ascii: "t"):
            try skipWord("true")
            return sink.bool(true)
        case UInt8(ascii: "f"):
            try skipWord("false")
            return sink.bool(false)
        default:
            throw fault(.syntax)
        }
    }

    private mutating func skipWord(_ word: StaticString) throws(JSONParseError) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard next == word.utf8Start[offset] else { throw fault(.syntax) }
            index += 1
        }
    }

    private mutating func readArray<Sink: JSONSink & ~Copyable>(
        depth: Int, into sink: inout Sink
    ) throws(JSONParseError) -> Sink.Value {
        guard depth <= maximumDepth else { throw fault(.tooDeep) }
        index += 1
        try skipIgnored()
        var elements = sink.beginArray()
        guard next != .closeBracket else {
            index += 1
            return sink.end(array: elements)
        }
        while true {
            let start = index
            let value = try readValue(depth: depth + 1, into: &sink)
            sink.append(value, at: start..<index, to: &elements)
            try skipIgnored()
            if next == .closeBracket {
                index += 1
                return sink.end(array: elements)
            }
            guard next == .comma else { throw fault(.syntax) }
            index += 1
            sink.separate()
            try skipIgnored()
        }
    }

    private mutating func readObject<Sink: JSONSink & ~Copyable>(
        depth: Int, into sink: inout Sink
    ) throws(JSONParseError) -> Sink.Value {
        guard depth <= maximumDepth else { throw fault(.tooDeep) }
        index += 1
        try skipIgnored()
        var members = sink.beginObject()
        guard next != .closeBrace else {
            index += 1
            return sink.end(object: members)
        }
        while true {
            guard next == .quote else { throw fault(.syntax) }
            let key = sink.key(try readString())
            try skipIgnored()
            guard next == .colon else { throw fault(.syntax) }
            index += 1
            try skipIgnored()
            let start = index
            let value = try readValue(depth: depth + 1, into: &sink)
            sink.set(key, to: value, at: start..<index, in: &members)
            try skipIgnored()
            if next == .closeBrace {
                index += 1
                return sink.end(object: members)
            }
            guard next == .comma else { throw fault(.syntax) }
            index += 1
            sink.separate()
            try skipIgnored()
        }
    }

    @inline(__always)
    private mutating func skipNumber() throws(JSONParseError) -> JSONNumberKind {
        let start = index
        if next == .minus { index += 1 }
        if next == .zero {
            index += 1
        } else {
            try skipDigits()
        }
        var kind = JSONNumberKind.integer
        if next == .dot {
            kind = .float
            index += 1
            try skipDigits()
        }
        if next | 0x20 == UInt8(ascii: "e") {
            kind = .float
            index += 1
            if next == .plus || next == .minus { index += 1 }
            let digits = index
            try skipDigits()
            if index - digits > 2 { kind = .wideFloat }
        }
        return kind == .float && index - start > 200 ? .wideFloat : kind
    }

    @inline(__always)
    private mutating func skipDigits() throws(JSONParseError) {
        guard next.isDigit else { throw fault(.syntax) }
        while next.isDigit { index &+= 1 }
    }
}
