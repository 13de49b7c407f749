import RedisTestSupport
import Testing

@testable import RubyRegex

@Suite(.timeLimit(.minutes(1))) struct GraphemeClusterTests {
    private func clusters(of text: [UInt8]) -> [Int] {
        text.withUnsafeBufferPointer { bytes in
            var ends: [Int] = []
            while (ends.last ?? 0) < bytes.count {
                guard let end = GraphemeCluster.end(in: bytes, from: ends.last ?? 0, limit: .max).end else { break }
                ends.append(end)
            }
            return ends
        }
    }

    @Test(arguments: [
        ("ab", [1, 2]), ("\r\n\r\r\n\n", [2, 3, 5, 6]), ("e\u{301}\u{302}x", [5, 6]), ("\u{301}a", [2, 3]),
        ("\u{1F1E9}\u{1F1EA}\u{1F1EB}\u{1F1F7}\u{1F1EC}", [8, 16, 20]),
        ("\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}!", [18, 19]), ("\u{1F469}\u{200D}a", [7, 8]),
        ("\u{1F44D}\u{1F3FD}\u{200D}\u{1F44D}", [15]), ("\u{1100}\u{1161}\u{11A8}\u{11A8}", [12]),
        ("\u{1100}\u{1100}\u{AC01}\u{1161}", [9, 12]), ("\u{AC00}\u{1161}\u{11A8}\u{1100}", [9, 12]),
        ("\u{600}a", [3]), ("\u{600}\u{600}\n", [4, 5]), ("\u{600}", [2]), ("\u{0}\u{301}", [1, 3]),
        ("\u{939}\u{93F}", [6]),
    ])
    func endsWhereRubySays(text: String, ends: [Int]) {
        #expect(clusters(of: Array(text.utf8)) == ends)
    }

    @Test func isBounded() {
        let text = Array(("a" + String(repeating: "\u{301}", count: 1_000) + "b").utf8)
        text.withUnsafeBufferPointer { bytes in
            #expect(GraphemeCluster.end(in: bytes, from: 0, limit: 1_002) == .init(end: 2_001, steps: 1_002))
            #expect(GraphemeCluster.end(in: bytes, from: 0, limit: 1_001) == .init(end: nil, steps: 1_001))
            #expect(GraphemeCluster.end(in: bytes, from: 2_001, limit: 5) == .init(end: 2_002, steps: 1))
        }
    }

    /// Texts of what matters to clusters, mixed at random.
    @Test(.enabled(if: RubyProcess.isInstalled, RubyProcess.absence), arguments: 0..<UInt64(4))
    func agreesWithRuby(seed: UInt64) throws {
        let marks = "a\r\n\u{0}\u{AD}\u{301}\u{302}\u{200D}\u{200C}\u{903}\u{600}\u{110BD}\u{FE0F}\u{E0020}é"
        let letters = "\u{1F1E9}\u{1F1EA}\u{1F469}\u{A9}\u{1F3FD}\u{1100}\u{A960}\u{1161}\u{11A8}\u{AC00}\u{AC01}"
        let alphabet = Array((marks + letters).unicodeScalars)
        var random = Chance(seed: seed)
        let texts = (0..<4_000).map { _ in
            (0..<1 + random.next() % 12).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
        }
        let answers = try RubyProcess.run(
            """
            $stdin.each_line(chomp: true) do |codes|
              puts codes.split.map(&:to_i).pack("U*").scan(/\\X/).map(&:bytesize).join(" ")
            end
            """, input: texts.map { $0.map { "\($0.value)" }.joined(separator: " ") })
        #expect(answers.count == texts.count + 1)
        for (text, answer) in zip(texts, answers) {
            let ends = clusters(of: text.flatMap { Array(String($0).utf8) })
            let sizes = zip(ends, [0] + ends).map { "\($0 - $1)" }.joined(separator: " ")
            #expect(sizes == answer, "\(text.map { String($0.value, radix: 16) })")
        }
    }
}
