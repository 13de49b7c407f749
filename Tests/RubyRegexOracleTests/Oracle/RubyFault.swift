/// What Ruby 3.1 itself does wrong, or answers by the size of its own programs: ours does what the pattern says.
///
/// A difference is explained by its smallest form alone, so that nothing else hides behind it.
enum RubyFault: String, CaseIterable {
    /// In a look-behind under `i`, letters that fold to several (`ß`, `ﬁ`, `ss`) are refused in some places, and a search
    /// does not see where such a text ends: `(?i)x(?<!ẞ)` does not match `ẞx`.
    case foldingLookBehind = "letters that i folds to several, in a look-behind"
    /// Whether an empty iteration of `{n}` counts depends on how long the compiled body is: `(ab|^){2}$` matches `ab`, and
    /// `(abc|^){2}$` does not match `abc`.
    case emptyIteration = "an empty iteration of a counted repetition"

    static func explaining(_ difference: Difference) -> RubyFault? {
        allCases.first { $0.explains(String(decoding: difference.sample.pattern, as: UTF8.self)) }
    }

    private func explains(_ pattern: String) -> Bool {
        switch self {
        case .foldingLookBehind:
            (pattern.contains("(?<=") || pattern.contains("(?<!")) && pattern.contains(/\(\?[a-z]*i[a-z]*[-:)]/)
                && (pattern.contains(/(?i:ss|ff|fi|fl|st|\\)/) || pattern.unicodeScalars.contains { !$0.isASCII })
        case .emptyIteration:
            pattern.contains(/\|[\^$]\)\{\d/) || pattern.contains(/\([\^$]\|.*\)\{\d/)
        }
    }
}
