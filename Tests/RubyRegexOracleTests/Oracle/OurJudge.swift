import RubyRegex

/// What our engine says of one pattern and its texts.
enum OurAnswer: Hashable {
    case refused(String)
    case tooLarge
    /// For each text whether it matches; nil where the steps ran out.
    case matches([Bool?])
}

/// Asks our engine as the bus does, but with many more steps.
struct OurJudge {
    private let judge = PatternJudge()
    private static let steps = 20_000_000

    func judge(_ sample: Sample) -> OurAnswer {
        do throws(PatternError) {
            let pattern = try RubyPattern(sample.pattern)
            return .matches(sample.texts.map { matches(pattern, $0) })
        } catch {
            switch error {
            case .refused(let reason): return .refused(reason)
            case .tooLarge: return .tooLarge
            }
        }
    }

    private func matches(_ pattern: RubyPattern, _ text: [UInt8]) -> Bool? {
        var steps = Self.steps
        return text.withUnsafeBufferPointer { text in
            switch judge.judge(pattern, on: text, steps: &steps) {
            case .matched: true
            case .unmatched: false
            case .outOfSteps: nil
            }
        }
    }
}
