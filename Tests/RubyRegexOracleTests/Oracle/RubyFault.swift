/// What Ruby 3.1 itself does wrong: ours does what the pattern says.
///
/// A difference is explained by its smallest form alone, so that nothing else hides behind it.
enum RubyFault: String, CaseIterable {
    /// In a look-behind under `i`, letters that fold to several (`ß`, `ﬁ`, `ss`) are refused in some places, and a
    /// search does not see where such a text ends: `(?i)x(?<!ẞ)` does not match `ẞx`.
    case foldingLookBehind = "letters that i folds to several, in a look-behind"
    /// Ruby looks for matches only where its shortcuts let it, and these are wrong at times: `\b.*y` does not match
    /// `.y`, and `(?i)ᾼ.` does not match `ᾼ1`, since it counts the bytes of `αι`.
    case shortcut = "an equal pattern, written so that Ruby's search takes no shortcut, is answered as ours is"

    /// - Parameter ruby: It is asked about equal patterns.
    static func explaining(_ difference: Difference, asking ruby: RubyOracle) throws -> RubyFault? {
        let pattern = String(decoding: difference.sample.pattern, as: UTF8.self)
        if foldsBehind(pattern) { return .foldingLookBehind }
        return try isShortcut(difference, asking: ruby) ? .shortcut : nil
    }

    private static func foldsBehind(_ pattern: String) -> Bool {
        (pattern.contains("(?<=") || pattern.contains("(?<!")) && pattern.contains(/\(\?[a-z]*i[a-z]*[-:)]/)
            && (pattern.contains(/(?i:ss|ff|fi|fl|st|\\)/) || pattern.unicodeScalars.contains { !$0.isASCII })
    }

    private static func isShortcut(_ difference: Difference, asking ruby: RubyOracle) throws -> Bool {
        guard difference.kind == .match else { return false }
        let (sample, own) = (difference.sample, difference.ours == "true")
        // The character after the bar stands in no text.
        let forms = [("(?:|\\u{10fffe})(?:", ")"), ("(?:", ")(?:|\\u{10fffe})"), ("(?=", ")"), ("(?!(?!", "))")]
        let equals = forms.map { opening, closing in
            Sample(pattern: Array(opening.utf8) + sample.pattern + Array(closing.utf8), texts: sample.texts)
        }
        return try ruby.judge(equals[...]).contains(.matches([own]))
    }
}
