import BusWire

/// Why a regular expression was not judged.
public enum UndecidedReason: String, Hashable, Sendable, CustomStringConvertible {
    /// One search took more than a pattern may take.
    case limitExceeded
    /// The batch had spent its time on other slow searches, and a short one gave no answer.
    case budgetSpent
    /// The pattern has exceeded its limit repeatedly, and a short search gave no answer.
    case quarantined

    /// A clause for messages: "the regular expression … ".
    public var description: String {
        switch self {
        case .limitExceeded: "exceeded its limit for one search"
        case .budgetSpent: "could not be judged in what was left of the batch's time"
        case .quarantined: "is in quarantine for exceeding its limit repeatedly"
        }
    }
}

/// How much regular expressions may cost; see ``MatchScratch``.
public struct RegexLimits: Sendable {
    /// Time that slow searches of one batch may take together, in nanoseconds; 3 ms unless told. Searches under
    /// 100 µs are not counted, so that many quick patterns are never refused.
    public var batchBudget: Int = 3_000_000
    /// Searches that exceed their limit before a pattern is quarantined; 3 unless told.
    public var strikes: Int = 3
    /// How long a quarantine lasts, in nanoseconds; 60 s unless told.
    public var quarantine: Int = 60_000_000_000

    /// The defaults.
    public init() {}
}

/// Runs regular expressions so that none can hold up a thread.
///
/// A search begins with little effort, which is enough for almost all; no clock is read then. What needs more is bounded
/// by itself, and paid from the batch's budget. Once that is spent, or while a pattern is in quarantine, there is no more
/// than the little effort: what is quick to judge is still judged.
final class RegexGuard {
    private struct Record {
        var strikes = 0
        var quarantinedUntil = Int.min
    }

    /// In texts up to this length even a search that is quadratic without backtracking is quick.
    private static let shortText = 1024
    /// Searches below this are no concern of the budget.
    private static let slowSearch = 100_000

    private let limits: RegexLimits
    /// Monotonic nanoseconds.
    private let now: @Sendable () -> Int
    private let searcher = RegexSearcher()
    /// Patterns that have exceeded their limit, by filter; they outlive the index.
    private var offenders: [ExactString: Record] = [:]
    private var spent = 0
    private var newlyQuarantined: [String] = []

    init(limits: RegexLimits, now: @escaping @Sendable () -> Int) {
        self.limits = limits
        self.now = now
    }

    func beginBatch() { spent = 0 }

    func takeNewlyQuarantined() -> [String] {
        defer { newlyQuarantined = [] }
        return newlyQuarantined
    }

    /// Forgets patterns that `index` does not have, unless they are in quarantine.
    func adopt(_ index: SubscriptionIndex) {
        if offenders.isEmpty { return }
        let time = now()
        let current = Set(index.regexFilters)
        offenders = offenders.filter { current.contains($0.key) || $0.value.quarantinedUntil > time }
    }

    /// The judgement when it takes little effort; nil sends the caller to ``judge(_:filter:on:)``.
    @inline(__always)
    func judgeQuickly(_ regex: RubyRegex, on text: UnsafeBufferPointer<UInt8>) -> Judgement? {
        guard text.count <= Self.shortText else { return nil }
        switch searcher.search(regex, in: text, effort: .reduced) {
        case .matched: return .yes
        case .unmatched: return .no
        case .gaveUp: return nil
        }
    }

    /// Judges what ``judgeQuickly(_:on:)`` did not.
    @inline(never)
    func judge(
        _ regex: RubyRegex, filter: ExactString, on text: UnsafeBufferPointer<UInt8>
    ) -> (judgement: Judgement, reason: UndecidedReason) {
        let start = now()
        let isQuarantined = (offenders[filter]?.quarantinedUntil ?? .min) > start
        let mayTakeLong = !isQuarantined && spent < limits.batchBudget
        let outcome: RegexSearcher.Outcome
        if text.count > Self.shortText {
            outcome = searchStepwise(regex, in: text, from: start, effort: mayTakeLong ? .full : .reduced)
        } else {
            outcome = mayTakeLong ? searcher.search(regex, in: text, effort: .full) : .gaveUp
        }
        let end = now()
        if end - start >= Self.slowSearch { spent += end - start }
        if outcome != .gaveUp { return (Judgement(outcome), .limitExceeded) }
        if isQuarantined { return (.undecided, .quarantined) }
        if !mayTakeLong { return (.undecided, .budgetSpent) }
        strike(filter, at: end)
        return (.undecided, .limitExceeded)
    }

    /// Searches a long text from one starting point after another, because Oniguruma limits backtracking but not time.
    private func searchStepwise(
        _ regex: RubyRegex, in text: UnsafeBufferPointer<UInt8>, from start: Int, effort: RegexSearcher.Effort
    ) -> RegexSearcher.Outcome {
        guard regex.mayRunFar else { return searcher.search(regex, in: text, effort: effort) }
        let deadline = start + (effort == .full ? 4_000_000 : 500_000) + text.count * 60
        var position = 0
        // How many attempts are made between looks at the clock: as many as took little time so far.
        var step = 16
        var time = start
        while true {
            for _ in 0..<step {
                let outcome = searcher.match(regex, in: text, at: position, effort: effort)
                if outcome != .unmatched { return outcome }
                position += 1
                while position < text.count, !isStart(position, in: text, regex) { position += 1 }
                if position > text.count { return .unmatched }
            }
            let previous = time
            time = now()
            if time > deadline { return .gaveUp }
            step = time - previous < 20_000 ? step * 2 : max(1, step / 2)
        }
    }

    /// Whether a match may begin at `position`: at the beginning of a character, or of a line.
    private func isStart(_ position: Int, in text: UnsafeBufferPointer<UInt8>, _ regex: RubyRegex) -> Bool {
        regex.startsAtLine ? text[position - 1] == ByteText.lineBreak : text[position] & 0xC0 != 0x80
    }

    private func strike(_ filter: ExactString, at time: Int) {
        var record = offenders[filter] ?? Record()
        record.strikes += 1
        if record.strikes >= limits.strikes {
            record = Record(strikes: 0, quarantinedUntil: time + limits.quarantine)
            newlyQuarantined.append(filter.text)
        }
        offenders[filter] = record
    }
}

extension Judgement {
    init(_ outcome: RegexSearcher.Outcome) {
        switch outcome {
        case .matched: self = .yes
        case .unmatched: self = .no
        case .gaveUp: self = .undecided
        }
    }
}
