import Foundation
import Testing

/// Families of patterns on which the driver's former engine and Ruby did not agree, through the bus's way to match.
@Suite(.timeLimit(.minutes(1))) struct FamilyTests {
    /// A line of `fixtures/families.jsonl`, which has the form of `vectors/matcher.jsonl`.
    private struct Family: Decodable {
        let filters: [String: String]
        let attributes: [String: String]
        let match: Bool
    }

    @Test func everyFamilyIsJudgedAsRubyDoes() throws {
        let url = Bundle.module.url(forResource: "families", withExtension: "jsonl", subdirectory: "fixtures")
        let lines = try String(contentsOf: #require(url), encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 131)
        for line in lines {
            let family = try JSONDecoder().decode(Family.self, from: Data(line.utf8))
            let filter = Array(try #require(family.filters["k"]).utf8)
            let text = Array(try #require(family.attributes["k"]).utf8)
            #expect(busMatches(filter, text) == family.match, "\(line)")
        }
    }

    private func busMatches(_ filter: [UInt8], _ text: [UInt8]) -> Bool? {
        if filter == text { return true }
        let pattern = filter.starts(with: "(?-mix:".utf8) ? filter : Array("^".utf8) + filter + Array("$".utf8)
        let answer = OurJudge().judge(Sample(pattern: pattern, texts: [text]))
        if case .matches(let results) = answer { return results[0] }
        return false
    }
}
