/// One line of `MONITOR`: a command, and when Redis executed it.
public struct MonitorLine: Sendable {
    /// Microseconds since 1970 of Redis' clock.
    public let time: Int
    /// Whether a script called it.
    public let isOfScript: Bool
    /// The command and its arguments.
    public let words: [[UInt8]]

    /// The command in upper case.
    public var command: String { word(0).uppercased() }

    /// A word as text, invalid UTF-8 repaired; empty if there is none.
    public func word(_ index: Int) -> String {
        index < words.count ? String(decoding: words[index], as: UTF8.self) : ""
    }

    /// Reads `1700000000.123456 [0 127.0.0.1:4000] "SET" "key" "value"`; nil for anything else.
    init?(_ line: String) {
        let bytes = Array(line.utf8)
        guard let dot = bytes.firstIndex(of: UInt8(ascii: ".")), bytes.count > dot + 7,
            let seconds = Int(String(decoding: bytes[..<dot], as: UTF8.self)),
            let fraction = Int(String(decoding: bytes[(dot + 1)...(dot + 6)], as: UTF8.self)),
            let end = bytes.firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        time = seconds * 1_000_000 + fraction
        isOfScript = bytes[..<end].suffix(3).elementsEqual("lua".utf8)
        words = MonitorLine.words(bytes[(end + 1)...])
    }

    private static func words(_ text: ArraySlice<UInt8>) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word: [UInt8]?
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index += 1
            guard var current = word else {
                if byte == UInt8(ascii: "\"") { word = [] }
                continue
            }
            // Given away for as long as it is appended to, so that it is not copied each time.
            word = nil
            switch byte {
            case UInt8(ascii: "\""):
                words.append(current)
                continue
            case UInt8(ascii: "\\"):
                current.append(unescaped(text, &index))
            default: current.append(byte)
            }
            word = current
        }
        return words
    }

    /// The byte that stands behind a backslash, as `sdscatrepr` writes it.
    private static func unescaped(_ text: ArraySlice<UInt8>, _ index: inout Int) -> UInt8 {
        guard index < text.endIndex else { return UInt8(ascii: "\\") }
        let letter = text[index]
        index += 1
        switch letter {
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "a"): return 0x07
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "x"):
            let digits = String(decoding: text[index..<min(index + 2, text.endIndex)], as: UTF8.self)
            index += digits.utf8.count
            return UInt8(digits, radix: 16) ?? 0
        default: return letter
        }
    }
}
