import RubyRegex

extension PatternJudge {
    /// Judges within the steps that a pattern may take on one event.
    func judge(_ pattern: RubyPattern, on text: [UInt8]) -> Outcome {
        var steps = RegexLimits().perPattern
        return text.withUnsafeBufferPointer { judge(pattern, on: $0, steps: &steps) }
    }
}
