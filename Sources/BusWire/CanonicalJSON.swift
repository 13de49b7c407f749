/// JSON text as ``JSONRewriter`` writes it.
struct CanonicalJSON {
    let text: [UInt8]
    /// The members of the object that the text is; more where some were repeated.
    let memberCount: Int
    /// The first number beyond Double.
    let infiniteNumber: String?

    /// Rewrites `source`.
    /// - Parameter form: JSON.
    init(_ source: UnsafeRawBufferPointer, as form: JSONRewriter.Form = .json) throws(JSONParseError) {
        let rewritten = try JSONRewriter(source, as: form)
        memberCount = rewritten.memberCount
        text = rewritten.withText { Array($0) }
        // It may have gone with a repeated member; what is there now is looked at once more.
        infiniteNumber = rewritten.infiniteNumber == nil ? nil : Self.infiniteNumber(in: text)
    }

    /// Rewrites what is known to be readable.
    init(known source: UnsafeRawBufferPointer) {
        do throws(JSONParseError) {
            try self.init(source)
        } catch {
            preconditionFailure("this text was read before: \(error)")
        }
    }

    /// `{}`
    static let noMembers = [UInt8.openBrace, .closeBrace].withUnsafeBytes { CanonicalJSON(known: $0) }

    private static func infiniteNumber(in text: [UInt8]) -> String? {
        text.withUnsafeBytes { bytes in
            do throws(JSONParseError) {
                return try JSONRewriter(bytes, as: .json).infiniteNumber
            } catch {
                preconditionFailure("rewritten text is readable: \(error)")
            }
        }
    }

    /// A value of the sort that the text is.
    var example: JSONValue {
        switch text[0] {
        case .openBrace: .object([])
        case .openBracket: []
        case .quote: ""
        case UInt8(ascii: "n"): .null
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool(true)
        default: 0
        }
    }
}
