/// A pattern as Ruby hands it to its matcher: control, meta, `\x` and `\u` escapes are read, the others are left.
///
/// What an escape gives in ASCII becomes `\xHH` again, so that it is a letter and no operator; what is beyond stands
/// for itself.
struct PatternText: Sendable {
    /// A larger pattern is not judged, in bytes.
    static let largest = 64 * 1024

    private(set) var scalars: [Unicode.Scalar] = []
    /// Whether the pattern is for Unicode alone: something in it is beyond ASCII, or it asks for a property.
    private(set) var isUnicode = false

    /// The modes that the pattern is compiled in. What holds for a text of ASCII is the first of them.
    var modes: [TextMode] { isUnicode ? [.unicode] : [.ascii, .unicode] }

    init(_ pattern: [UInt8]) throws(PatternError) {
        guard pattern.count <= Self.largest else {
            throw .tooLarge("a pattern of more than \(Self.largest) bytes is not judged")
        }
        var source = EscapeReader(pattern)
        scalars.reserveCapacity(pattern.count)
        while let first = source.next() {
            guard first == UInt8(ascii: "\\") else {
                append(try source.character(from: first))
                continue
            }
            guard let kind = source.next() else { throw .refused("too short escape sequence") }
            switch kind {
            case UInt8(ascii: "0"), UInt8(ascii: "x"), UInt8(ascii: "c"), UInt8(ascii: "C"), UInt8(ascii: "M"):
                source.back()
                append(escaped: try source.escapedCharacter())
            case UInt8(ascii: "1")...UInt8(ascii: "7") where source.octalIsBeyondASCII:
                source.back()
                append(escaped: try source.escapedCharacter())
            case UInt8(ascii: "u"):
                for scalar in try source.unicodeScalars() { append(escaped: scalar) }
            default:
                scalars.append("\\")
                append(try source.character(from: kind))
                if kind == UInt8(ascii: "p") || kind == UInt8(ascii: "P") { isUnicode = true }
            }
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if !scalar.isASCII { isUnicode = true }
        scalars.append(scalar)
    }

    private mutating func append(escaped scalar: Unicode.Scalar) {
        guard scalar.isASCII else { return append(scalar) }
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        scalars += ["\\", "x", digits[Int(scalar.value >> 4)], digits[Int(scalar.value & 15)]]
    }
}
