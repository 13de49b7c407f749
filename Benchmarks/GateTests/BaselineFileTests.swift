import Foundation
import GateRules
import Testing

@Suite(.timeLimit(.minutes(1))) struct BaselineFileTests {
    @Test func whatIsWrittenIsReadAgain() throws {
        let measured = Measurements(
            facts: [.swift: "6.3.1"],
            figures: [.redis: ["commands, 1 matching": 0.11505], .pureAllocations: ["scan": 0]])
        #expect(try Measurements(json: measured.json()) == measured)
    }

    @Test func figuresHaveFiveDigitsAndNamesAreSorted() throws {
        let measured = Measurements(figures: [.instructions: ["b": 689_521_785, "a": 1156.81234]])
        let text = try String(decoding: measured.json(), as: UTF8.self)
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(lines.contains(#""a" : 1156.8,"#))
        #expect(lines.contains(#""b" : 689520000"#))
    }

    @Test(arguments: ["", "{}", #"{"facts":{"Perl":"5"},"figures":{}}"#, #"{"facts":{},"figures":{"smell":{}}}"#])
    func whatIsNoBaselineIsRefused(text: String) {
        #expect(throws: BaselineError.self) { try Measurements(json: Data(text.utf8)) }
    }

    @Test func anUpdateKeepsWhatWasNotMeasured() {
        let old = Measurements(facts: [.swift: "6.3.1"], figures: [.ratios: ["drain": 1.1], .redis: ["gone": 1]])
        let new = old.replacing(with: Measurements(facts: [.swift: "6.4"], figures: [.redis: ["commands": 1]]))
        #expect(new.figures == [.ratios: ["drain": 1.1], .redis: ["commands": 1]])
        #expect(new.facts == [.swift: "6.4"])
    }
}
