import Foundation

/// A line of `fixtures/found.jsonl`: what Ruby says of a pattern and a text, kept since ours once said something else.
struct FoundCase: Codable {
    /// The pattern in hexadecimal where it is no UTF-8, else as it is.
    var pattern: String
    var isHexadecimal: Bool?
    /// Nil where only the pattern's validity is meant.
    var text: String?
    var valid: Bool
    var match: Bool?

    var bytes: [UInt8] {
        guard isHexadecimal == true else { return Array(pattern.utf8) }
        let digits = Array(pattern.utf8).map { UInt8(String(Unicode.Scalar($0)), radix: 16) ?? 0 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    init(_ difference: Difference) {
        let sample = difference.sample
        if let own = String(validating: sample.pattern, as: UTF8.self) {
            pattern = own
        } else {
            pattern = sample.pattern.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            isHexadecimal = true
        }
        text = sample.texts.first.map { String(decoding: $0, as: UTF8.self) }
        valid = difference.kind == .match || difference.ruby == "valid"
        match = difference.kind == .match ? difference.ruby == "true" : nil
    }

    static func all(in resource: String) throws -> [FoundCase] {
        let url = Bundle.module.url(forResource: resource, withExtension: "jsonl", subdirectory: "fixtures")
        guard let url else { return [] }
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(FoundCase.self, from: Data($0.utf8))
        }
    }

    /// The line itself.
    var line: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
