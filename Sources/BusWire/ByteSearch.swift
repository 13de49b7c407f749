/// Finds a text in bytes by Horspool's method: most bytes are never looked at.
package struct ByteSearch: Sendable {
    private let text: [UInt8]
    /// For each byte how far the text may move when that byte stands at its end.
    private let steps: [Int]

    /// - Precondition: the text is not empty.
    package init(for text: String) {
        precondition(!text.isEmpty, "There is nothing to search for.")
        self.text = Array(text.utf8)
        var steps = [Int](repeating: self.text.count, count: 256)
        for (place, byte) in self.text.dropLast().enumerated() { steps[Int(byte)] = self.text.count - 1 - place }
        self.steps = steps
    }

    /// Whether the text is anywhere in these bytes.
    package func isFound(in bytes: UnsafeRawBufferPointer) -> Bool {
        var end = text.count
        while end <= bytes.count {
            var rest = text.count
            while rest > 0, bytes[end - text.count + rest - 1] == text[rest - 1] { rest -= 1 }
            if rest == 0 { return true }
            end += steps[Int(bytes[end - 1])]
        }
        return false
    }
}
