/// Redis' glob patterns, as `KEYS` and `SCAN … MATCH` take them.
public enum RedisGlob {
    /// A pattern that matches exactly this text.
    public static func escaped(_ text: String) -> String {
        text.reduce(into: "") { pattern, character in
            if #"*?[]\^-"#.contains(character) { pattern.append("\\") }
            pattern.append(character)
        }
    }
}
