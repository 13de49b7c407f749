package import Foundation

/// The form of `baseline.json`: five significant digits, sorted, so that a diff shows what moved.
extension Measurements {
    private struct File: Codable {
        var facts: [String: String]
        var figures: [String: [String: Double]]
    }

    /// - Throws: ``BaselineError`` when a kind or a fact is unknown, or it is no JSON.
    package init(json: Data) throws {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: json)
        } catch {
            throw BaselineError("it cannot be read: \(error)")
        }
        for (name, value) in file.facts {
            guard let fact = Fact(rawValue: name) else { throw BaselineError("it has an unknown fact: \(name)") }
            facts[fact] = value
        }
        for (name, values) in file.figures {
            guard let kind = MetricKind(rawValue: name) else { throw BaselineError("it has an unknown kind: \(name)") }
            figures[kind] = values
        }
    }

    package func json() throws -> Data {
        let file = File(
            facts: Dictionary(uniqueKeysWithValues: facts.map { ($0.rawValue, $1) }),
            figures: Dictionary(
                uniqueKeysWithValues: figures.map { ($0.rawValue, $1.mapValues(Self.rounded)) }))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(file) + Data("\n".utf8)
    }

    private static func rounded(_ value: Double) -> Double {
        guard value != 0 else { return 0 }
        let unit = pow(10, 4 - floor(log10(abs(value))))
        return (value * unit).rounded() / unit
    }
}

/// Why a baseline cannot be used.
package struct BaselineError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
