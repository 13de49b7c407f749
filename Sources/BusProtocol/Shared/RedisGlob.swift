/// Redis' glob patterns, as `KEYS`, `SCAN … MATCH` and the keys of `ACL SETUSER` take them.
package enum RedisGlob {
    /// A pattern that matches exactly this text.
    package static func escaped(_ text: String) -> String {
        text.reduce(into: "") { pattern, character in
            if #"*?[]\^-"#.contains(character) { pattern.append("\\") }
            pattern.append(character)
        }
    }

    /// A pattern for a person to read: all that begins so.
    static func everything(beginningWith text: String) -> String {
        (text.contains { #"*?[\"#.contains($0) } ? escaped(text) : text) + "*"
    }
}
