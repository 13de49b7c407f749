import RedisTestSupport

/// A pattern as bytes, and texts to try it on.
struct Sample: Hashable {
    var pattern: [UInt8]
    var texts: [[UInt8]]
}

/// Makes samples: the same ones for the same seed.
struct SampleGenerator {
    private var chance: Chance

    init(seed: UInt64) { chance = Chance(seed: seed) }

    mutating func next(texts count: Int) -> Sample {
        var patterns = PatternGenerator(chance: Chance(seed: chance.next()))
        let pattern = patterns.pattern()
        var texts = TextGenerator(pattern: pattern, chance: Chance(seed: chance.next()))
        var bytes = Array(wrapped(pattern.spelling).utf8)
        switch chance.number(0...99) {
        case 0..<88: break
        case 88..<95: for _ in 0..<chance.number(1...2) { damage(&bytes) }
        case 95..<98: bytes = soup()
        default: bytes = (0..<chance.number(1...20)).map { _ in UInt8(chance.number(0...255)) }
        }
        return Sample(pattern: bytes, texts: (0..<count).map { _ in texts.next() })
    }

    /// As the bus does, or as somebody writes it.
    private mutating func wrapped(_ pattern: String) -> String {
        switch chance.number(0...19) {
        case 0..<5: "^\(pattern)$"
        case 5..<9: "(?-mix:\(pattern))"
        case 9: "(?\(chance.pick(["i-mx", "mi-x", "m-ix", "mix", "x-mi"])!):\(pattern))"
        case 10: "\\A\(pattern)\\z"
        default: pattern
        }
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        let place = chance.number(0...bytes.count)
        let meta = Array("()[]{}|?*+.^$\\-&:<>=!~#,'pkguxiM01a".utf8)
        switch chance.number(0...5) {
        case 0 where place < bytes.count: bytes.remove(at: place)
        case 1 where place < bytes.count: bytes.insert(bytes[place], at: place)
        case 2 where place + 1 < bytes.count: bytes.swapAt(place, place + 1)
        case 3 where place < bytes.count: bytes[place] = chance.pick(meta)!
        case 4: bytes.removeSubrange(place...)
        default: bytes.insert(chance.pick(meta)!, at: place)
        }
    }

    /// Characters of the grammar without its order.
    private mutating func soup() -> [UInt8] {
        let pieces = [
            "(", "(?", "(?:", ")", ")", "[", "[^", "]", "{", "}", "|", "?", "*", "+", ".", "^", "$", "\\", "-", "&&",
            ":", "<",
            ">", "=", "!", "~", "#", ",", "'", "a", "b", "1", "2", "é", "\\w", "\\k<", "\\g<", "\\p{", "[:", ":]", "x",
            "i",
        ]
        return (0..<chance.number(1...14)).flatMap { _ in Array(chance.pick(pieces)!.utf8) }
    }
}
