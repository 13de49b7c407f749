import BusWire

/// Where a schedule stands, as Redis keeps it in a field of `busdriver:cron`:
/// `<last> <fingerprint> <anchor> <end> <fired>`. What is nil is written `-`, and left out at the end.
package struct FiringState: Hashable, Sendable {
    /// The last firing, or the last that was passed over, in milliseconds since 1970.
    package var last: Int
    /// Of the timing that the firing follows from.
    package var fingerprint: String
    /// The first firing, in milliseconds since 1970; nil where a line of cron alone decides.
    package var anchor: Int?
    /// There are no firings from then on, in milliseconds since 1970; nil for no end.
    package var end: Int?
    /// How often the schedule has fired; nil where that does not matter.
    package var fired: Int?

    package init(last: Int, fingerprint: String, anchor: Int?, end: Int? = nil, fired: Int? = nil) {
        self.last = last
        self.fingerprint = fingerprint
        self.anchor = anchor
        self.end = end
        self.fired = fired
    }

    /// Nil if this is not what a scheduler wrote; the schedule is then as good as never seen.
    package init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard 2...5 ~= words.count, let last = NumberMeaning.epochMillisecond.read(words[0]) else { return nil }
        func number(_ place: Int, _ meaning: NumberMeaning) -> Int?? {
            guard place < words.count, words[place] != Self.nothing else { return .some(nil) }
            return meaning.read(words[place]).map { .some($0) }
        }
        guard let anchor = number(2, .epochMillisecond), let end = number(3, .epochMillisecond),
            let fired = number(4, .sequence)
        else { return nil }
        self.init(last: last, fingerprint: words[1], anchor: anchor, end: end, fired: fired)
    }

    private static let nothing = "-"

    /// Whether the state is one of this timing.
    func follows(_ timing: ScheduleTiming) -> Bool {
        fingerprint == timing.fingerprint && (anchor != nil || timing.first == nil)
            && (end != nil || timing.last == nil) && (fired != nil || timing.times == nil)
    }

    /// How many firings of this timing are left.
    func firingsLeft(of timing: ScheduleTiming) -> Int { timing.times.map { max(0, $0 - (fired ?? 0)) } ?? .max }

    /// What is noted after a firing.
    package func following(_ firing: Int) -> FiringState {
        var state = self
        state.last = firing
        state.fired = fired.map { $0 + 1 }
        return state
    }

    /// As it stands in Redis.
    package var text: String { "\(last) \(behind)" }

    /// What stands behind the last firing.
    package var behind: String {
        var numbers = [anchor, end, fired]
        while numbers.last == .some(nil) { numbers.removeLast() }
        return ([fingerprint] + numbers.map { $0.map(String.init) ?? Self.nothing }).joined(separator: " ")
    }
}
