import Glibc

/// What the signals of a process ask of its rider, one after the other (contract §6).
struct SignalSequence {
    enum Demand: Equatable {
        /// Take no more jobs, and give those in hand so long; nil for as long as they take.
        case stop(within: Duration?)
        /// Give the jobs in hand back at once: the end was asked for before.
        case hurry
        /// End without a word to Redis.
        case exit
        /// Cancel the jobs in hand and go on.
        case cancelJobs
        case pause
        case resume
        /// Say that the end of the terminal is not that of the process.
        case tellOfHangUp
        case nothing
    }

    static let numbers = [SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2, SIGCONT]

    /// What the first SIGTERM leaves to the jobs in hand.
    private let deadline: Duration?
    private var terminations = 0
    private var isQuitting = false
    private var hasHungUp = false

    init(deadline: Duration?) {
        self.deadline = deadline
    }

    /// Whether the process was asked to end.
    var isEnding: Bool { terminations > 0 || isQuitting }

    mutating func receive(_ signal: Int32) -> Demand {
        switch signal {
        case SIGTERM, SIGINT:
            terminations += 1
            switch terminations {
            case 1: return .stop(within: deadline)
            case 2: return .hurry
            default: return .exit
            }
        case SIGQUIT:
            guard !isEnding else { return .nothing }
            isQuitting = true
            return .stop(within: nil)
        case SIGUSR1: return .cancelJobs
        case SIGUSR2: return .pause
        case SIGCONT: return .resume
        case SIGHUP:
            defer { hasHungUp = true }
            return hasHungUp ? .nothing : .tellOfHangUp
        default: return .nothing
        }
    }
}
