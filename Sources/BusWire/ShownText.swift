/// How text from outside is shown to people and to programs: nothing of it steers a terminal, changes the order in
/// which a line is read, or fills the screen.
package enum ShownText {
    /// The length, in Unicode scalars, at which names and values are cut.
    package static let longestValue = 200
    /// The length at which a whole sentence is cut.
    package static let longestSentence = 4000

    // MARK: - Length

    /// A name or a value for a message: what is longer ends with an ellipsis.
    package static func cut(_ text: String) -> String { cut(text, to: longestValue) }

    /// A sentence that may hold names and values: each word of it is cut, and so is the whole.
    package static func sentence(_ text: String) -> String {
        guard text.utf8.count > longestValue else { return text }
        var output = ""
        var (length, wordLength) = (0, 0)
        for scalar in text.unicodeScalars {
            wordLength = scalar == " " ? 0 : wordLength + 1
            guard wordLength <= longestValue else {
                if wordLength == longestValue + 1 { output += "…" }
                continue
            }
            guard length < longestSentence else { return output + "…" }
            output.unicodeScalars.append(scalar)
            length += 1
        }
        return output
    }

    /// A character may be made of any number of scalars, so these are what is counted.
    package static func cut(_ text: String, to length: Int) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: length, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "…"
    }

    // MARK: - Control

    /// Text for a terminal: control characters, and those that turn the direction of reading or that nobody sees, are
    /// spelled out.
    ///
    /// - Parameter keepingLines: ends of lines stay as they are; by default the text becomes one line.
    package static func escaped(_ text: String, keepingLines: Bool = false) -> String {
        escaped(text) { scalar in
            switch scalar.value {
            case 0x0A: keepingLines ? "\n" : "\\n"
            case 0x09: "\\t"
            case ..<0x100: "\\x" + hex(scalar.value, 2)
            default: "\\u" + hex(scalar.value, 4)
            }
        }
    }

    /// JSON text in which the same characters stand as escapes; it means what it meant before.
    ///
    /// - Parameter json: valid JSON, of one line or more.
    package static func escapedJSON(_ json: String) -> String {
        escaped(json) { scalar in
            // Below a space only blanks between tokens are possible.
            scalar.value < 0x20
                ? String(scalar) : String(scalar).utf16.map { "\\u" + hex(UInt32($0), 4) }.joined()
        }
    }

    private static func escaped(_ text: String, _ spell: (Unicode.Scalar) -> String) -> String {
        guard !text.unicodeScalars.allSatisfy(isHarmless) else { return text }
        var output = ""
        for scalar in text.unicodeScalars {
            if isHarmless(scalar) { output.unicodeScalars.append(scalar) } else { output += spell(scalar) }
        }
        return output
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F: true
        // C0, DEL and C1.
        case ..<0xA0: false
        // Marks, embeddings, overrides and isolates of direction; ends of lines and paragraphs.
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F: false
        // Without width, and without a use in text. Joiners have one.
        case 0x200B, 0x2060...0x2065, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: false
        default: true
        }
    }

    private static func hex(_ value: UInt32, _ digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
