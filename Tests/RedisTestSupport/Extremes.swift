/// What a neighbour may write where a number is expected.
public enum Extremes {
    /// At the ends of Int64 and of what Double holds exactly.
    public static let numbers = [
        Int.min, .min + 1, -9_000_000_000_000_000_000, -(1 << 53) - 1, -1, 0, 1, 1 << 53, (1 << 53) + 1,
        9_000_000_000_000_000_000, .max - 1, .max,
    ]

    public static let texts =
        numbers.map(String.init) + [
            "NaN", "inf", "-inf", "1e308", "-1e308", "", " ", "text", "007", "+1", "-", "1_000", "0x10", "1.5",
            String(repeating: "9", count: 5000), "-" + String(repeating: "9", count: 5000), "\u{0}", "\u{FFFD}",
        ]

    /// The same, and bytes that are no text.
    public static let values = texts.map { Array($0.utf8) } + [[0xFF, 0x00, 0x1B], Array("12".utf8) + [0xC3]]

    /// What the score of a sorted set may be.
    public static let scores = ["-inf", "+inf", "1e308", "-1e308", "9e18", "-9e18", "9007199254740993", "0.5", "-1"]
}
