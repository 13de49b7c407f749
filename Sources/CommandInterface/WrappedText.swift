/// Text for terminals, in lines of at most ``width`` columns.
package enum WrappedText {
    /// What every terminal has.
    package static let width = 80

    /// A sentence, broken between words; a word that no line can hold is broken too.
    ///
    /// - Parameters:
    ///   - text: of one line, made harmless before.
    ///   - first: what the first line begins with.
    ///   - indent: how many blanks the others begin with.
    /// - Returns: the lines, each ended.
    package static func paragraph(_ text: String, first: String = "", indent: Int = 0) -> String {
        lines(text.split(separator: " "), first: first, indent: indent, ending: "")
    }

    /// A command for a shell, broken between words by a backslash at the end of a line, so that it can be pasted as it
    /// stands.
    ///
    /// - Parameters:
    ///   - words: what the shell is to see; quotes are put around those that need them.
    ///   - indent: how many blanks each line begins with.
    /// - Returns: the lines, each ended.
    package static func command(_ words: [String], indent: Int) -> String {
        lines(words.map(quoted)[...], first: String(repeating: " ", count: indent), indent: indent, ending: " \\")
    }

    /// A word as a shell takes it.
    package static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "+-_./:@,".utf8.contains(byte)
                }
            }
        return isPlain ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }

    private static func lines(
        _ words: some Sequence<some StringProtocol>, first: String, indent: Int, ending: String
    ) -> String {
        var (output, line, isEmpty) = ("", first, true)
        func finish(_ ending: String) {
            output += line + ending + "\n"
            (line, isEmpty) = (String(repeating: " ", count: indent), true)
        }
        for word in words {
            var rest = Substring(word)
            if !isEmpty, line.count + 1 + rest.count > width - ending.count { finish(ending) }
            if !isEmpty { line += " " }
            // Without the ending: what is broken within a word is for nobody to paste.
            while line.count + rest.count > width - ending.count {
                let head = rest.prefix(width - line.count)
                line += head
                rest = rest[head.endIndex...]
                finish("")
            }
            line += rest
            isEmpty = false
        }
        finish("")
        return output
    }
}
