/// Base64 with padding (RFC 4648 §4), for the exact bytes of a failed element.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    static func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        output.reserveCapacity(output.count + (bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            let group = (0..<3).reduce(UInt32(0)) { $0 << 8 | ($1 < count ? UInt32(bytes[start + $1]) : 0) }
            for place in 0..<4 {
                let sextet = Int(group >> UInt32(18 - 6 * place) & 63)
                output.append(place <= count ? alphabet[sextet] : padding)
            }
        }
    }

    /// The bytes that `text` stands for, nil if it is not Base64.
    static func decode(_ text: String) -> [UInt8]? {
        let symbols = Array(text.utf8)
        guard symbols.count.isMultiple(of: 4) else { return nil }
        let content = symbols.prefix { $0 != padding }
        guard symbols.count - content.count <= 2, symbols[content.count...].allSatisfy({ $0 == padding }) else {
            return nil
        }
        var output: [UInt8] = []
        output.reserveCapacity(symbols.count / 4 * 3)
        var bits: UInt32 = 0
        var bitCount = 0
        for symbol in content {
            guard let sextet = value(of: symbol) else { return nil }
            bits = bits << 6 | sextet
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            }
        }
        return output
    }

    private static func value(of symbol: UInt8) -> UInt32? {
        switch symbol {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(symbol - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(symbol - UInt8(ascii: "a")) + 26
        case .zero ... .nine: UInt32(symbol - .zero) + 52
        case .plus: 62
        case .slash: 63
        default: nil
        }
    }
}
