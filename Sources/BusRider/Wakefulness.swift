/// Whether there may be jobs to claim, as a pure value. An idle rider reads whether its queues exist, and from that
/// read on Redis announces the first push to any of them: no push is missed, and nothing is polled.
struct Wakefulness {
    private enum State {
        case awake
        /// The read is under way; an announcement may overtake its answer.
        case dozing(isDisturbed: Bool)
        case asleep
    }

    private var state = State.awake

    /// A claim may find something.
    var mayClaim: Bool { if case .awake = state { true } else { false } }

    /// The rider sleeps until an announcement.
    var isAsleep: Bool { if case .asleep = state { true } else { false } }

    /// The queues were empty, and the read that goes to sleep was sent.
    mutating func doze() { state = .dozing(isDisturbed: false) }

    /// The answer of that read came.
    mutating func answered(anyJobs: Bool) {
        if case .dozing(let isDisturbed) = state { state = anyJobs || isDisturbed ? .awake : .asleep }
    }

    /// Redis announced a change.
    mutating func disturb() {
        switch state {
        case .awake: break
        case .dozing: state = .dozing(isDisturbed: true)
        case .asleep: state = .awake
        }
    }

    /// Whatever was known is old.
    mutating func forget() {
        if case .dozing = state { state = .dozing(isDisturbed: true) } else { state = .awake }
    }
}
