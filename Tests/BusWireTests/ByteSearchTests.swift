import BusWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct ByteSearchTests {
    private func isFound(_ text: String, in bytes: String) -> Bool {
        Array(bytes.utf8).withUnsafeBytes { ByteSearch(for: text).isFound(in: $0) }
    }

    @Test func bordersAndRepetitions() {
        #expect(isFound("a", in: "a"))
        #expect(!isFound("a", in: ""))
        #expect(!isFound("ab", in: "a"))
        #expect(isFound("abab", in: "abaabab"))
        #expect(isFound("end", in: "the end"))
        #expect(isFound("the", in: "the end"))
        #expect(!isFound("e\u{301}", in: "\u{E9}"), "bytes, not characters")
    }

    /// A small alphabet makes partial matches of every kind.
    @Test func agreesWithLookingEverywhere() {
        var state: UInt64 = 7
        func random(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        for _ in 0..<5000 {
            let text = String((0...random(4)).map { _ in random(2) == 0 ? "a" : "b" })
            let bytes = String((0..<random(20)).map { _ in random(2) == 0 ? "a" : "b" })
            let places = Array(bytes)
            let expected = places.indices.contains { places[$0...].starts(with: Array(text)) }
            #expect(isFound(text, in: bytes) == expected, "\(text) in \(bytes)")
        }
    }
}
