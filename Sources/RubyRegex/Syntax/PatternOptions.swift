/// The options that hold at a place of a pattern.
struct PatternOptions: Equatable {
    /// `d` (which is the default), `a` and `u`.
    enum Charset {
        case mixed, ascii, unicode
    }

    var ignoresCase = false
    /// `m`: a dot matches line breaks too.
    var isMultiline = false
    var isExtended = false
    var charset = Charset.mixed
}
