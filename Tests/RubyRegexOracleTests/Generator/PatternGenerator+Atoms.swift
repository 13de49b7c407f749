import RedisTestSupport

/// Single characters, in every way they can be spelled, and types of characters.
extension PatternGenerator {
    mutating func literal() -> PatternTree {
        if chance.happens(oddity) { return wrongEscape() }
        var parts: [PatternTree] = []
        repeat { parts.append(character()) } while parts.count < 6 && chance.happens(30)
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func character() -> PatternTree {
        let text = chance.happens(90) ? chance.pick(palette)! : Alphabet.any(&chance)
        let scalars = Array(text.unicodeScalars)
        return .atom(scalars.map { spell($0, inBracket: false) }.joined(), matches: [scalars.map(\.value)])
    }

    mutating func spell(_ scalar: Unicode.Scalar, inBracket: Bool) -> String {
        let bare = String(scalar)
        let special = inBracket ? "[]\\-^&" : "()[]{}|?*+.^$\\"
        let needsEscape = special.contains(bare) || (!inBracket && isExtended && (" #\n\t\r\u{B}\u{C}".contains(bare)))
        if needsEscape, chance.happens(90) { return "\\" + bare }
        if chance.happens(82) { return needsEscape && oddity == 0 ? "\\" + bare : bare }
        let hex = String(scalar.value, radix: 16)
        let four = String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        switch chance.number(0...6) {
        case 0: return "\\u{\(hex)}"
        case 1: return hex.count <= 4 ? "\\u\(four)" : "\\u{\(hex)}"
        case 2:
            return String(scalar).utf8.map {
                let byte = String($0, radix: 16)
                return "\\x" + (byte.count == 1 && oddity < 3 ? "0" + byte : byte)
            }.joined()
        case 3:
            return String(scalar).utf8.map {
                let byte = String($0, radix: 8)
                return "\\" + String(repeating: "0", count: 3 - byte.count) + byte
            }.joined()
        case 4:
            let names: [UInt32: String] = [9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 7: "\\a", 27: "\\e"]
            if let name = names[scalar.value] { return name }
            if scalar.value > 0, scalar.value < 27 { return "\\c" + String(Unicode.Scalar(UInt8(scalar.value + 96))) }
            return bare == "\\" ? "\\\\" : needsEscape ? "\\" + bare : bare
        case 5:
            let isLetter = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(bare))
            return isLetter && !"iyjoqlm".contains(bare) ? bare : "\\" + bare
        default: return "\\u{\(hex)}"
        }
    }

    private mutating func wrongEscape() -> PatternTree {
        .mark(
            chance.pick([
                "\\u12", "\\u{}", "\\u{110000}", "\\uD800", "\\x", "\\xZ", "\\x{41}", "\\c", "\\C", "\\C-", "\\M",
                "\\M-a",
                "\\M-\\C-a", "\\C-a", "\\C-?", "\\c?", "\\c\\\\", "\\C-\\M-a", "\\p", "\\p{", "\\p{}", "\\pL",
                "\\P{^L}", "\\k",
                "\\k<", "\\k<>", "\\g", "\\g<>", "\\g<a", "\\8", "\\9", "\\08", "\\0", "\\00", "\\377", "\\400",
                "\\x80", "\\xff",
                "\\xC3", "\\xe9", "\\1", "\\2", "\\10", "\\99", "\\k<1>", "\\k<-1>", "\\k<n>", "\\k'1'", "\\k<0>",
                "\\k<1+>",
                "\\g<1>", "\\g<n>", "\\g<-1>", "\\g<+1>", "\\u{41 42}", "\\u{ 41}", "\\u{41 }", "\\u{000041}",
                "\\u{41  42}",
                "\\u00e9\\xE9", "é\\xE9", "\\xC3\\xA9", "\\xC3\\303", "\\303\\251", "\\xE2\\x84\\xAA",
                "\\xED\\xA0\\x80",
                "\\xF4\\x90\\x80\\x80", "\\N", "\\O", "\\Q", "\\E", "\\l", "\\y", "\\Y", "\\o{101}", "\\\n", "\\é",
                "\\ ", "\\-",
                "\\cé", "\\c\\n", "\\M-é", "\\x4", "\\x4g", "\\07", "\\008", "]", "}", "{", ")", "(", "[", "*", "+",
                "?", "|",
            ])!)
    }

    // MARK: Types

    mutating func characterType() -> PatternTree {
        switch chance.number(0...19) {
        case 0..<5: return .atom(chance.pick(["\\w", "\\W"])!, matches: Self.texts("aZ0_é -\n"))
        case 5..<7: return .atom(chance.pick(["\\d", "\\D"])!, matches: Self.texts("059٣a"))
        case 7..<9: return .atom(chance.pick(["\\s", "\\S"])!, matches: Self.texts(" \t\n\u{B}\u{85}a"))
        case 9..<11: return .atom(chance.pick(["\\h", "\\H"])!, matches: Self.texts("aFg9"))
        case 11..<13:
            return .atom("\\R", matches: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{B}"].map(Self.scalars))
        case 13..<15:
            let clusters = ["a", "e\u{301}", "👨\u{200D}👩", "🇩🇪", "\r\n", "가", "\u{1100}\u{1161}", "\n", "क\u{94D}ष"]
            return .atom("\\X", matches: clusters.map(Self.scalars))
        default: return property()
        }
    }

    mutating func property() -> PatternTree {
        if chance.happens(oddity) {
            return .mark("\\p{\(chance.pick(Alphabet.wrongProperties)!)}")
        }
        let (name, members) = chance.pick(Alphabet.properties)!
        var spelling = name
        if chance.happens(20) { spelling = spelling.lowercased() }
        if chance.happens(5) { spelling = spelling.replacing("_", with: " ") }
        if chance.happens(15) { spelling = "^" + spelling }
        return .atom("\\\(chance.pick(["p", "p", "p", "P"])!){\(spelling)}", matches: Self.texts(members))
    }

    /// Each character by itself.
    static func texts(_ text: String) -> [[UInt32]] { text.unicodeScalars.map { [$0.value] } }

    static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
}
