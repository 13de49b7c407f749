/// Judges one pattern at a time, within a number of steps. One per thread: it holds the memory that judging needs.
@usableFromInline package final class PatternJudge {
    /// The answer of one search.
    @usableFromInline package enum Outcome: Hashable, Sendable {
        case matched
        case unmatched
        /// There was no answer within the steps allowed.
        case outOfSteps
    }

    /// Memory for so many instructions of an automaton is made ready in the time of one step.
    private static let instructionsPreparedInOneStep = 8

    private let machine = Machine()

    package init() {}

    /// What a search takes at least, in steps, whatever the text: nothing but for large automata, for which memory has
    /// to be made ready.
    package static func preparation(of pattern: RubyPattern) -> Int {
        [pattern.general, pattern.ascii].compactMap { $0 }.map(preparation).max() ?? 0
    }

    private static func preparation(of reading: RubyPattern.Reading) -> Int {
        reading.machine == nil ? reading.automaton.instructions.count / instructionsPreparedInOneStep : 0
    }

    /// Looks for `pattern` anywhere in `text`.
    /// - Parameters:
    ///   - text: valid UTF-8, up to 8 MiB.
    ///   - steps: what the search may take, each some 10 ns; what it took is subtracted.
    package func judge(
        _ pattern: RubyPattern, on text: UnsafeBufferPointer<UInt8>, steps: inout Int
    ) -> Outcome {
        var reading = pattern.general
        if let ascii = pattern.ascii, text.allSatisfy({ $0 < 0x80 }) { reading = ascii }
        guard let reading else { return .unmatched }
        if text.isEmpty {
            guard reading.automaton.matchesEmptyText else { return .unmatched }
            if reading.machine == nil { return .matched }
        }
        if let program = reading.machine {
            return switch machine.search(program, in: text, steps: &steps) {
            case .matched: .matched
            case .unmatched: .unmatched
            case .outOfSteps: .outOfSteps
            }
        }
        // An automaton alone: its states are not worth remembering for one text.
        guard let set = reading.alone ?? PatternSet(members: [PatternSet.Member(reading.automaton)]) else {
            return .outOfSteps
        }
        steps -= Self.preparation(of: reading)
        guard steps > 0 else { return .outOfSteps }
        var matches: [Int32] = []
        guard PatternSetScanner(set, memory: 1 << 16).scan(text, steps: &steps, into: &matches) else {
            return .outOfSteps
        }
        return matches.isEmpty ? .unmatched : .matched
    }
}
