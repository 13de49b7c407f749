/// Reads a short text from its start to its end.
package struct ByteScanner {
    private let bytes: [UInt8]
    private var position = 0

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ text: some StringProtocol) {
        bytes = Array(text.utf8)
    }

    package var isAtEnd: Bool { position == bytes.count }

    /// What has not been read yet.
    package var rest: String { String(decoding: bytes[position...], as: UTF8.self) }

    /// Reads `text` if it comes next.
    package mutating func skip(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { expected in
            guard bytes[position...].starts(with: expected) else { return false }
            position += expected.count
            return true
        }
    }

    /// Reads what comes next if it is one of the words, and gives its index.
    ///
    /// - Parameter ignoresCase: whether capitals count as the small letters of the words.
    package mutating func word(of words: [String], ignoresCase: Bool = true) -> Int? {
        let index = words.firstIndex { word in
            let end = position + word.utf8.count
            return end <= bytes.count
                && bytes[position..<end].elementsEqual(word.utf8) { (ignoresCase ? $0.lowercasedASCII : $0) == $1 }
        }
        if let index { position += words[index].utf8.count }
        return index
    }

    /// Reads as far as a condition holds.
    package mutating func take(while isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let taken = bytes[position...].prefix(while: isWanted)
        position = taken.endIndex
        return taken
    }

    /// Reads the digits that come next.
    package mutating func digits() -> String {
        String(decoding: take { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }, as: UTF8.self)
    }

    /// Reads the number that comes next; `nil` if none does, or one too large.
    package mutating func number() -> Int? {
        Int(digits())
    }
}

extension UInt8 {
    fileprivate var lowercasedASCII: UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
    }
}
