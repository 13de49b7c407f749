/// How text from outside is shown to people.
public enum ShownText {
    /// The length, in characters, at which names and values are cut.
    public static let longestValue = 200

    /// A name or a value for a message: what is longer than 200 characters ends there with an ellipsis.
    public static func cut(_ text: String) -> String {
        // A character may be made of any number of scalars, so these are what is counted.
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: longestValue, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "…"
    }
}
