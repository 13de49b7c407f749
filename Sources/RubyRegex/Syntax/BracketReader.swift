/// Reads what stands in brackets, nested ones included, with a stack of its own.
struct BracketReader {
    private let parser: PatternParser
    private let options: PatternOptions
    private let source: [Unicode.Scalar]
    private let depth: Int
    private(set) var position: Int
    private(set) var classes: ClassCache
    private var levels: [Level] = []

    /// Brackets that are open.
    private struct Level {
        enum State {
            case start, value, range, complete
        }
        var state = State.start
        /// The code point that waits to be a member, or the start of a range; nil behind a class.
        var pending: UInt32?
        var isNegated = false
        var current: BracketClass
        /// What stands to the left of `&&`.
        var left: BracketClass?
        var size = 0
    }

    private enum Token {
        case letter(UInt32)
        case close, hyphen, and, open
        case posix(PosixBracket, isNegated: Bool)
        case type(CharacterType, isNegated: Bool)
        case property(UnicodeProperty, isNegated: Bool)
    }

    init(_ parser: PatternParser, depth: Int) {
        self.parser = parser
        options = parser.options
        source = parser.source
        self.depth = depth
        position = parser.position
        classes = parser.classes
    }

    // MARK: Levels

    mutating func read() throws(PatternError) -> BracketClass {
        try open()
        var token = try next()
        while true {
            let following: Token?
            switch token {
            case .letter(let value): following = try take(value)
            case .hyphen: following = try readHyphen()
            case .posix(let bracket, let isNegated):
                try takeClass(size: bracket.codePoints(isASCII: false).ranges.count)
                levels[levels.count - 1].current.insert(
                    bracket, isNegated: isNegated, isASCII: options.charset == .ascii)
                following = nil
            case .type(let type, let isNegated):
                try takeClass(size: type.bracket.codePoints(isASCII: false).ranges.count)
                levels[levels.count - 1].current.insert(
                    type, isNegated: isNegated, isUnicode: options.charset == .unicode)
                following = nil
            case .property(let property, let isNegated):
                try takeClass(size: property.rangeCount)
                levels[levels.count - 1].current.insert(property, isNegated: isNegated)
                following = nil
            case .open:
                try open()
                following = nil
            case .and:
                finishPart()
                following = nil
            case .close:
                if let read = try close() { return read }
                following = nil
            }
            if let following { token = following } else { token = try next() }
        }
    }

    private mutating func open() throws(PatternError) {
        guard depth + levels.count < PatternParser.deepest else { throw .refused("parse depth limit over") }
        var level = Level(current: BracketClass(ignoringCase: options.ignoresCase))
        if position < source.count, source[position] == "^" {
            position += 1
            level.isNegated = true
        }
        if position < source.count, source[position] == "]" {
            position += 1
            guard position <= classes.lastClose(in: source) else { throw .refused("empty char-class") }
            level.pending = 0x5D
            level.state = .value
        }
        levels.append(level)
    }

    /// - Returns: the class, if no brackets are open any more.
    private mutating func close() throws(PatternError) -> BracketClass? {
        finishPart()
        let level = levels.removeLast()
        guard var read = level.left else { return nil }
        if parser.mode == .ascii, levels.isEmpty { read.formIntersection(.ascii(options.ignoresCase)) }
        if level.isNegated { read.negate() }
        guard !levels.isEmpty else { return read }
        let outer = levels.count - 1
        levels[outer].size += level.size
        try classes.charge(ClassCache.workOfNestedClass + level.size, ignoringCase: options.ignoresCase)
        levels[outer].current.formUnion(read)
        return nil
    }

    /// At `&&` and at the end.
    private mutating func finishPart() {
        let last = levels.count - 1
        if levels[last].state == .value { insertPending() }
        levels[last].state = .start
        levels[last].pending = nil
        let current = levels[last].current
        if levels[last].left == nil {
            levels[last].left = current
        } else {
            levels[last].left?.formIntersection(current)
        }
        levels[last].current = BracketClass(ignoringCase: options.ignoresCase)
    }

    private mutating func insertPending() {
        guard let pending = levels[levels.count - 1].pending else { return }
        levels[levels.count - 1].current.insert(pending...pending)
        levels[levels.count - 1].size += 1
    }

    // MARK: Members

    private mutating func take(_ value: UInt32) throws(PatternError) -> Token? {
        let last = levels.count - 1
        switch levels[last].state {
        case .value:
            insertPending()
        case .range:
            let first = levels[last].pending ?? 0
            guard first <= value else { throw .refused("empty range in char class") }
            levels[last].current.insert(first...value)
            levels[last].size += 1
            levels[last].state = .complete
        case .start, .complete:
            levels[last].state = .value
        }
        levels[last].pending = value
        return nil
    }

    private mutating func takeClass(size: Int) throws(PatternError) {
        let last = levels.count - 1
        guard levels[last].state != .range else { throw .refused("char-class value at end of range") }
        if levels[last].state == .value { insertPending() }
        levels[last].state = .value
        levels[last].pending = nil
        levels[last].size += size
        try classes.charge(size, ignoringCase: options.ignoresCase)
    }

    /// - Returns: the token that follows, if it has been read.
    private mutating func readHyphen() throws(PatternError) -> Token? {
        let last = levels.count - 1
        if levels[last].state == .range { return try take(0x2D) }
        let following = try next()
        let isLetter: Bool
        switch (levels[last].state, following) {
        case (.start, _), (.complete, _), (_, .close), (_, .and): isLetter = true
        default: isLetter = false
        }
        if isLetter {
            _ = try take(0x2D)
        } else {
            guard levels[last].pending != nil else { throw .refused("unmatched range specifier in char-class") }
            levels[last].state = .range
        }
        return following
    }

    // MARK: Tokens

    private mutating func next() throws(PatternError) -> Token {
        guard position < source.count else { throw .refused("premature end of char-class") }
        position += 1
        switch source[position - 1] {
        case "]": return .close
        case "-": return .hyphen
        case "&" where position < source.count && source[position] == "&":
            position += 1
            return .and
        case "[":
            guard position < source.count, source[position] == ":", classes.mayBePosix(at: position + 1, in: source)
            else { return .open }
            return try readPosix()
        case "\\": return try readEscape()
        case let letter: return .letter(letter.value)
        }
    }

    private mutating func readPosix() throws(PatternError) -> Token {
        var place = position + 1
        let isNegated = place < source.count && source[place] == "^"
        if isNegated { place += 1 }
        if source.count - place >= 7 {
            for bracket in PosixBracket.allCases {
                let name = "\(bracket)".unicodeScalars
                guard source[place...].starts(with: name) else { continue }
                place += name.count
                guard source[place...].starts(with: [":", "]"]) else { throw .refused("invalid POSIX bracket type") }
                position = place + 2
                return .posix(bracket, isNegated: isNegated)
            }
        }
        let name = source[place...].prefix(21).prefix { $0 != ":" && $0 != "]" }
        if name.count <= 20, source[(place + name.count)...].starts(with: [":", "]"]) {
            throw .refused("invalid POSIX bracket type")
        }
        return .letter(0x5B)
    }

    private mutating func readEscape() throws(PatternError) -> Token {
        guard position < source.count else { throw .refused("end pattern at escape") }
        let kind = source[position]
        position += 1
        switch kind {
        case "w": return .type(.word, isNegated: false)
        case "W": return .type(.word, isNegated: true)
        case "d": return .type(.digit, isNegated: false)
        case "D": return .type(.digit, isNegated: true)
        case "s": return .type(.space, isNegated: false)
        case "S": return .type(.space, isNegated: true)
        case "h": return .type(.hexDigit, isNegated: false)
        case "H": return .type(.hexDigit, isNegated: true)
        case "b": return .letter(8)
        case "x", "0"..."7":
            var rest = parser
            rest.position = position
            let value = kind == "x" ? rest.readHexByte() : rest.readOctal(from: kind)
            position = rest.position
            return .letter(value.value)
        case "p", "P":
            guard position < source.count, source[position] == "{" else { return .letter(kind.value) }
            var rest = parser
            rest.position = position + 1
            let (property, isNegated) = try rest.readProperty(isNegated: kind == "P")
            position = rest.position
            return .property(property, isNegated: isNegated)
        default:
            return .letter((PatternParser.control(of: kind) ?? kind).value)
        }
    }
}

extension BracketClass {
    fileprivate static func ascii(_ ignoresCase: Bool) -> BracketClass {
        var ascii = BracketClass(ignoringCase: ignoresCase)
        ascii.insert(0...0x7F)
        return ascii
    }
}
