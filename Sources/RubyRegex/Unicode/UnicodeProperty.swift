/// What `\p{…}` knows in Ruby 3.1, whose Unicode is 13.0.0.
enum UnicodeProperty {
    /// The code points of a property by what stands in `\p{…}` (a leading `^` is the caller's); nil where Ruby knows none.
    ///
    /// Case, blanks, `-` and `_` do not matter in a name.
    static func set(named name: some Sequence<UInt8>) -> CodePointSet? {
        preconditionFailure("follows within the hour")
    }
}
