/// What Ruby 3.1 itself does wrong: ours does what the pattern says.
///
/// A difference is explained by its smallest form alone, so that nothing else hides behind it.
enum RubyFault: String, CaseIterable {
    /// Ruby looks for matches only where its shortcuts let it, and these are wrong at times: `\b.*y` does not match
    /// `.y`, and `(?i)ᾼ.` does not match `ᾼ1`, since it counts the bytes of `αι`.
    case shortcut = "an equal pattern, written so that Ruby's search takes no shortcut, is answered as ours is"
    /// A loop looks at what follows it, wherever the group that holds it is called from: `(a+)a\g<1>` does not match
    /// `aaa`. And it looks at fewer members of a class than match: of `é+[[^\D]]`, it gives no `é` back.
    case loopLookingAhead = "an equal pattern, in which nothing stands behind each loop, is answered as ours is"
    /// A class under `i` of which several members fold to several letters is a choice, and as all of a condition it is
    /// taken for too many branches: `(?i:(?(1)[aß]))`. Ours counts some that Ruby counts twice once.
    case conditionalClass = "a class under i as all of a condition"

    /// Ruby multiplies sizes without looking at their bounds, and then writes `\X{100000}` out.
    case programSize = "a program that is too large for Ruby"

    /// - Parameter ruby: It is asked about equal patterns.
    static func explaining(_ difference: Difference, asking ruby: RubyOracle) throws -> RubyFault? {
        guard difference.kind == .match else {
            if difference.ruby.starts(with: "refused: too big compiled program") { return .programSize }
            let isRefused = difference.ruby.starts(with: "refused: invalid conditional pattern")
            return isRefused && difference.sample.pattern.contains(UInt8(ascii: "[")) ? .conditionalClass : nil
        }
        // The character after the bar stands in no text.
        let forms = [("(?:|\\u{10fffe})(?:", ")"), ("(?:", ")(?:|\\u{10fffe})"), ("(?=", ")"), ("(?!(?!", "))")]
        let pattern = difference.sample.pattern
        let withoutShortcuts = forms.map { opening, closing in
            Array(opening.utf8) + pattern + Array(closing.utf8)
        }
        if try isAnsweredAsOurs(withoutShortcuts, difference, ruby) { return .shortcut }
        return try isAnsweredAsOurs([separatingLoops(of: pattern)], difference, ruby) ? .loopLookingAhead : nil
    }

    private static func isAnsweredAsOurs(
        _ patterns: [[UInt8]], _ difference: Difference, _ ruby: RubyOracle
    ) throws -> Bool {
        let samples = patterns.map { Sample(pattern: $0, texts: difference.sample.texts) }
        return try ruby.judge(samples[...]).contains(.matches([difference.ours == "true"]))
    }

    /// Puts an empty group behind each loop, where the pattern is not in brackets.
    private static func separatingLoops(of pattern: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var depth = 0
        var isEscaped = false
        for (place, byte) in pattern.enumerated() {
            result.append(byte)
            if isEscaped || byte == UInt8(ascii: "\\") {
                isEscaped.toggle()
                continue
            }
            if byte == UInt8(ascii: "[") { depth += 1 }
            if byte == UInt8(ascii: "]"), depth > 0 { depth -= 1 }
            let next = place + 1 < pattern.count ? pattern[place + 1] : 0
            if depth == 0, "*+}".utf8.contains(byte), !"?+*".utf8.contains(next) { result += "(?:)".utf8 }
        }
        return result
    }
}
