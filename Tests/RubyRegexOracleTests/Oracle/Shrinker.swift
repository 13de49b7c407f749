/// Makes a difference small: as long as the two sides still differ in the same way, parts of pattern and text are left
/// out or become plain.
struct Shrinker {
    let ruby: RubyOracle
    let ours: OurJudge
    private static let rounds = 40

    func shrink(_ difference: Difference) throws -> Difference {
        var smallest = difference
        for _ in 0..<Self.rounds {
            guard let smaller = try firstDifference(of: candidates(of: smallest.sample), kind: smallest.kind) else {
                break
            }
            smallest = smaller
        }
        return smallest
    }

    private func firstDifference(of samples: [Sample], kind: Difference.Kind) throws -> Difference? {
        var rest = samples[...]
        while !rest.isEmpty {
            let batch = rest.prefix(128)
            rest = rest.dropFirst(128)
            let answers = try ruby.judge(batch)
            for (sample, answer) in zip(batch, answers) {
                let found = Difference.all(of: sample, ruby: answer, ours: ours.judge(sample)).first { $0.kind == kind }
                if let found { return found }
            }
        }
        return nil
    }

    /// The boldest first.
    func candidates(of sample: Sample) -> [Sample] {
        let patterns = Self.smaller(sample.pattern, pairs: true)
        guard let text = sample.texts.first else { return patterns.map { Sample(pattern: $0, texts: []) } }
        let texts = Self.smaller(text, pairs: false)
        return patterns.map { Sample(pattern: $0, texts: [text]) }
            + texts.map { Sample(pattern: sample.pattern, texts: [$0]) }
    }

    /// Without a run, without two characters, with a character made plain.
    private static func smaller(_ bytes: [UInt8], pairs: Bool) -> [[UInt8]] {
        let parts = characters(of: bytes)
        var results: [[UInt8]] = []
        var length = parts.count
        while length >= 1 {
            for start in stride(from: 0, through: parts.count - length, by: max(1, length / 4)) {
                results.append(Array((parts[..<start] + parts[(start + length)...]).joined()))
            }
            length = length > 8 ? length * 2 / 3 : length - 1
        }
        if pairs, parts.count <= 60 {
            for low in parts.indices {
                for high in parts.indices where high > low + 1 {
                    results.append(
                        Array((parts[..<low] + parts[(low + 1)..<high] + parts[(high + 1)...]).joined()))
                }
            }
        }
        let letter = [UInt8(ascii: "a")]
        for place in parts.indices where parts[place] != letter {
            var plain = parts
            plain[place] = letter
            if parts[place].count > 1 || parts[place][0] > letter[0] { results.append(Array(plain.joined())) }
        }
        return results.filter { $0 != bytes }
    }

    /// Characters where the bytes are UTF-8, bytes where they are not.
    private static func characters(of bytes: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        for byte in bytes {
            if byte & 0xC0 == 0x80, let last = parts.last, last[0] >= 0xC0, last.count < 4 {
                parts[parts.count - 1].append(byte)
            } else {
                parts.append([byte])
            }
        }
        return parts
    }
}
