/// Rewrites the source of a Ruby regular expression so that Oniguruma, whose defaults for UTF-8 differ, reads the same
/// language: `\w \d \s \h` are ASCII in Ruby (while `\b`, POSIX brackets and `\p{…}` are Unicode), `\u{…}` may hold
/// several code points, escaped bytes must add up to characters, and anchors and look-arounds may be repeated.
struct RubyPattern {
    let source: [UInt8]
    var position = 0
    var output: [UInt8] = []
    /// The open groups, the innermost last; the first is the pattern itself.
    private var groups = [Group()]

    struct Options {
        /// The `x` option: `#` begins a comment.
        var isFreeSpacing = false
        /// The `u` option: `\w` and its kin are not ASCII.
        var hasUnicodeClasses = false
    }

    private struct Group {
        var options = Options()
        /// Where a look-around begins in `output`.
        var lookAroundStart: Int?
    }

    /// - Throws: errors that Ruby raises and Oniguruma does not. The others are left to Oniguruma.
    static func translate(_ pattern: [UInt8]) throws(RubyRegex.SyntaxError) -> [UInt8] {
        var translation = RubyPattern(source: pattern)
        try translation.run()
        return translation.output
    }

    private init(source: [UInt8]) {
        self.source = source
        output.reserveCapacity(source.count * 2)
    }

    var options: Options { groups[groups.count - 1].options }

    var next: UInt8? { position < source.count ? source[position] : nil }

    func peek(_ offset: Int) -> UInt8? {
        position + offset < source.count ? source[position + offset] : nil
    }

    mutating func copy(_ count: Int = 1) {
        let end = min(position + count, source.count)
        output.append(contentsOf: source[position..<end])
        position = end
    }

    private mutating func run() throws(RubyRegex.SyntaxError) {
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\\"):
                try escape(inClass: false)
            case UInt8(ascii: "["):
                try characterClass()
            case UInt8(ascii: "("):
                openGroup()
            case UInt8(ascii: ")"):
                let group = groups.count > 1 ? groups.removeLast() : Group()
                copy()
                if let start = group.lookAroundStart { repeatAssertion(from: start) }
            case UInt8(ascii: "^"), UInt8(ascii: "$"):
                let start = output.count
                copy()
                repeatAssertion(from: start)
            case UInt8(ascii: "{"):
                if let interval = interval(), interval.low > interval.high {
                    throw RubyRegex.SyntaxError(message: "upper is smaller than lower in repeat range")
                }
                copy()
            case UInt8(ascii: "#") where options.isFreeSpacing:
                while let comment = next, comment != UInt8(ascii: "\n") { copy() }
            default:
                copy()
            }
        }
    }

    /// Copies `(` and what decides how to read on: comments are skipped whole, option letters are noted.
    private mutating func openGroup() {
        var group = Group(options: groups[groups.count - 1].options)
        guard peek(1) == UInt8(ascii: "?") else {
            groups.append(group)
            return copy()
        }
        // Oniguruma does not know the letters a, u and d, so they are left out.
        var letters: [UInt8] = []
        var isOn = true
        var offset = 2
        while let letter = peek(offset) {
            offset += 1
            switch letter {
            case UInt8(ascii: "-"): isOn = false
            case UInt8(ascii: "x"): group.options.isFreeSpacing = isOn
            case UInt8(ascii: "i"), UInt8(ascii: "m"): break
            case UInt8(ascii: "a"), UInt8(ascii: "d"): group.options.hasUnicodeClasses = false
            case UInt8(ascii: "u"): group.options.hasUnicodeClasses = true
            case UInt8(ascii: ")"):
                // `(?x)` holds until the group around it ends. One without letters would be an error; setting what is
                // set already is none.
                groups[groups.count - 1].options = group.options
                if letters.isEmpty { letters = Array((group.options.isFreeSpacing ? "x" : "-x").utf8) }
                fallthrough
            case UInt8(ascii: ":"):
                if letter == UInt8(ascii: ":") { groups.append(group) }
                append("(?")
                output += letters
                output.append(letter)
                position += offset
                return
            default: return openSpecialGroup()
            }
            if !"aud".utf8.contains(letter) { letters.append(letter) }
        }
        copy(offset)
    }

    /// A group behind `(?` that begins with no option: a comment, a look-around, a name and so on.
    private mutating func openSpecialGroup() {
        var group = Group(options: groups[groups.count - 1].options)
        switch (peek(2), peek(3)) {
        case (UInt8(ascii: "#"), _):
            while let byte = next, byte != UInt8(ascii: ")") { copy(byte == UInt8(ascii: "\\") ? 2 : 1) }
            return copy()
        case (UInt8(ascii: "="), _), (UInt8(ascii: "!"), _), (UInt8(ascii: "<"), UInt8(ascii: "=")),
            (UInt8(ascii: "<"), UInt8(ascii: "!")):
            group.lookAroundStart = output.count
        default: break
        }
        groups.append(group)
        copy(2)
    }

    // MARK: Repetition

    /// Ruby lets anchors and look-arounds be repeated, which Oniguruma refuses. Repeating what has no width changes
    /// nothing, unless no repetition is enough: then it always holds.
    mutating func repeatAssertion(from start: Int) {
        var isOptional = false
        while let mayBeAbsent = takeQuantifier() { isOptional = isOptional || mayBeAbsent }
        guard isOptional else { return }
        output.removeSubrange(start...)
        append("(?:)")
    }

    /// Skips a repetition, and says whether it allows none at all.
    private mutating func takeQuantifier() -> Bool? {
        switch next {
        case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "+"):
            let isOptional = next != UInt8(ascii: "+")
            position += 1
            if next == UInt8(ascii: "?") || next == UInt8(ascii: "+") { position += 1 }
            return isOptional
        case UInt8(ascii: "{"):
            guard let interval = interval(), interval.low <= interval.high else { return nil }
            position += interval.length
            var isOptional = interval.low == 0
            if next == UInt8(ascii: "?") {
                position += 1
                // `{n}?` means "n times or not at all", `{n,m}?` is lazy.
                isOptional = isOptional || interval.isExact
            }
            return isOptional
        default: return nil
        }
    }

    /// The repetition `{n}`, `{n,}`, `{,m}` or `{n,m}` at the current position; nil when the brace is a literal.
    private func interval() -> (low: UInt32, high: UInt32, isExact: Bool, length: Int)? {
        var ahead = self
        ahead.position += 1
        let low = ahead.number(maximumDigits: 6, radix: 10)?.number
        var high = low
        let isExact = ahead.next != UInt8(ascii: ",")
        if !isExact {
            ahead.position += 1
            high = ahead.number(maximumDigits: 6, radix: 10)?.number
            if low == nil, high == nil { return nil }
        }
        guard ahead.next == UInt8(ascii: "}"), !isExact || low != nil else { return nil }
        return (low ?? 0, high ?? .max, isExact, ahead.position + 1 - position)
    }

    // MARK: Reading

    mutating func number(maximumDigits: Int, radix: UInt32) -> (number: UInt32, digits: Int)? {
        var result: UInt32 = 0
        var digits = 0
        while digits < maximumDigits, let byte = next,
            let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < radix
        {
            result = result * radix + UInt32(digit)
            digits += 1
            position += 1
        }
        return digits == 0 ? nil : (result, digits)
    }
}
