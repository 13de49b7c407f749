extension JSONValue {
    /// The value's JSON text, without a character that steers a terminal; a number that JSON cannot write stands as
    /// text.
    package var text: String {
        if let bytes = try? encoded() { return ShownText.escapedJSON(String(decoding: bytes, as: UTF8.self)) }
        return JSONValue.string(RubyText.text(of: self)).text
    }
}
