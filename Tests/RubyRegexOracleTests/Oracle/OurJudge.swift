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
            guard let set = PatternSet([pattern]) else { return .tooLarge }
            let scanner = PatternSetScanner(set)
            return .matches(sample.texts.map { matches(pattern, scanner, $0) })
        } catch {
            switch error {
            case .refused(let reason): return .refused(reason)
            case .tooLarge: return .tooLarge
            }
        }
    }

    /// What the scan of a set does not find is no match, whatever the judge says.
    private func matches(_ pattern: RubyPattern, _ scanner: PatternSetScanner, _ text: [UInt8]) -> Bool? {
        var steps = Self.steps
        var found: [Int32] = []
        return text.withUnsafeBufferPointer { text in
            guard scanner.scan(text, steps: &steps, into: &found) else { return nil }
            return switch judge.judge(pattern, on: text, steps: &steps) {
            case .matched: found == [0]
            case .unmatched: false
            case .outOfSteps: nil
            }
        }
    }
}
