/// Runs of a JSON string that stand for themselves, looked at eight bytes at a time.
enum PlainText {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// The offset of the first byte from `start` on that is a quote, a backslash, a control character or not ASCII.
    @inline(__always)
    static func end(in text: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index &+ 8 <= text.count {
            let word = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let hits = specialsOrBeyondASCII(in: word) & tops
            if hits != 0 { return index &+ hits.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < text.count, text[index] < 0x80, !isSpecial(text[index]) { index &+= 1 }
        return index
    }

    /// Copies bytes from `start` on up to a quote, a backslash or a control character, and returns how many. Writes up
    /// to eight bytes more than that, but none for which there is no byte in `text`.
    @inline(__always)
    static func copy(from text: UnsafeRawBufferPointer, at start: Int, to output: UnsafeMutableRawPointer) -> Int {
        var index = start
        while index &+ 8 <= text.count {
            let word = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            output.storeBytes(of: word, toByteOffset: index &- start, as: UInt64.self)
            let hits = specials(in: UInt64(littleEndian: word)) & tops
            if hits != 0 { return index &- start &+ hits.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < text.count, !isSpecial(text[index]) {
            output.storeBytes(of: text[index], toByteOffset: index &- start, as: UInt8.self)
            index &+= 1
        }
        return index &- start
    }

    @inline(__always)
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == .quote || byte == .backslash
    }

    /// As ``specials(in:)``. A byte above 0x7F is a hit by itself, so false hits of the subtractions there do no harm.
    @inline(__always)
    private static func specialsOrBeyondASCII(in word: UInt64) -> UInt64 {
        let backslashes = (word ^ ones &* UInt64(UInt8.backslash)) &- ones
        let quotes = (word ^ ones &* UInt64(UInt8.quote)) &- ones
        return backslashes | quotes | (word &- ones &* 0x20) | word
    }

    /// The top bit of a byte tells of a quote, a backslash or a control character; a borrow can only spoil bytes above
    /// the first.
    @inline(__always)
    private static func specials(in word: UInt64) -> UInt64 {
        let backslashes = word ^ ones &* UInt64(UInt8.backslash)
        let quotes = word ^ ones &* UInt64(UInt8.quote)
        return (backslashes &- ones) & ~backslashes | (quotes &- ones) & ~quotes | (word &- ones &* 0x20) & ~word
    }
}
