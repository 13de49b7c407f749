import BusWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct ExactStringTests {
    @Test func textsAreEqualByTheirBytes() {
        let composed = ExactString("\u{E9}")
        #expect(composed != ExactString("e\u{301}"))
        #expect(composed == ExactString("\u{E9}") && composed.hashValue == ExactString("\u{E9}").hashValue)
    }

    /// Only the ends of very long texts are hashed.
    @Test(arguments: [0, 7, 8, 100, 70_000, 500_000]) func everyByteCounts(length: Int) {
        let text = String(repeating: "a", count: length)
        #expect(ExactString(text) == ExactString(String(repeating: "a", count: length)))
        #expect(ExactString(text).hashValue == ExactString(String(repeating: "a", count: length)).hashValue)
        for place in [0, length / 2, length - 1] where place >= 0 && length > 0 {
            var other = Array(text.utf8)
            other[place] = UInt8(ascii: "b")
            let changed = ExactString(String(decoding: other, as: UTF8.self))
            #expect(ExactString(text) != changed)
            #expect(Set([ExactString(text), changed]).count == 2)
        }
    }
}
