/// One kind of run: what may happen in it, and how often.
struct ModelMode: Sendable, CustomStringConvertible {
    enum Step: String, CaseIterable {
        case publish, deliver, answer, pump, late
        case loseLink, loseDriver, freeze, zombie, crash, retire, recover, beat
        case flushScripts, toggleMemory, toggleType, touchSubscriptions, forgive
        case ride, rubyDriver, restart
    }

    var name: String
    /// How many drivers share the list. One means that the order is checked.
    var drivers: Int
    /// A restart cuts off the end of the AOF.
    var cutsHistory = false
    /// The longest burst of events.
    var burst: Int
    /// The relative weight of each step.
    var weights: [Step: Int]
    /// What a run of several seeds must have exercised.
    var exercises: [String]

    var description: String { name }
    var checksOrder: Bool { drivers == 1 }

    private static let common: [Step: Int] = [
        .publish: 110, .deliver: 330, .answer: 300, .pump: 100, .late: 40, .loseLink: 12, .loseDriver: 4, .beat: 10,
        .flushScripts: 4, .touchSubscriptions: 6, .forgive: 60, .ride: 20,
    ]

    private func with(_ more: [Step: Int]) -> ModelMode {
        var mode = self
        mode.weights.merge(more) { $1 }
        return mode
    }

    private static let usual = [
        "EXEC", "EXEC nil", "OK", "EMPTY", "REPLAY", "lost before", "lost after", "late", "repeated",
    ]

    /// Drivers come, go, hang, are recovered and wake up.
    static let several = ModelMode(
        name: "several", drivers: 3, burst: 6, weights: common,
        exercises: usual + ["FENCED", "zombie", "recovered", "ruby"]
    ).with([.freeze: 15, .zombie: 12, .crash: 6, .retire: 3, .recover: 30, .rubyDriver: 5])

    /// One driver after the other, none of which renews a lease that is over; the order of events is kept over all of
    /// their deaths.
    static let fifo = ModelMode(
        name: "fifo", drivers: 1, burst: 6, weights: common,
        exercises: usual + ["FENCED", "zombie", "crash", "recovered"]
    ).with([.beat: 0, .zombie: 8, .crash: 8, .retire: 2, .restart: 1])

    /// Redis dies and comes back.
    static let restarts = ModelMode(
        name: "restarts", drivers: 2, burst: 6, weights: common,
        exercises: ["restart", "zombie", "EXEC", "REPLAY", "lost before", "lost after", "late"]
    ).with([.zombie: 6, .recover: 20, .restart: 8])

    /// Redis dies and has forgotten the end of its history.
    static let cut = ModelMode(
        name: "cut", drivers: 2, cutsHistory: true, burst: 6, weights: common, exercises: ["restart", "EXEC", "late"]
    ).with([.ride: 0, .zombie: 6, .recover: 20, .restart: 10])

    /// Redis refuses: no memory, a destination of the wrong type, a script forgotten.
    static let refusals = ModelMode(
        name: "refusals", drivers: 2, burst: 6, weights: common,
        // Who is refused begins anew so often that hardly any EXEC is overtaken by a recovery.
        exercises: usual.filter { $0 != "EXEC nil" } + [
            "EXEC EXECABORT", "EVALSHA OOM", "EVALSHA NOSCRIPT", "copy failed",
        ]
    ).with([.toggleMemory: 8, .toggleType: 12, .flushScripts: 10, .zombie: 6, .recover: 20])

    /// Events come one by one, so that they are handed over by compare-and-set.
    static let idle = ModelMode(
        name: "idle", drivers: 2, burst: 1, weights: common,
        exercises: ["swap OK", "CHANGED", "late", "repeated", "ruby"]
    ).with([.publish: 40, .toggleType: 6, .zombie: 4, .recover: 20, .rubyDriver: 15])

    /// Every recovery casts suspicion on the events that were in flight.
    static let suspects = ModelMode(
        name: "suspects", drivers: 2, burst: 6, weights: common,
        exercises: ["EXEC", "zombie", "recovered"]
    ).with([.forgive: 0, .freeze: 20, .zombie: 25, .crash: 20, .recover: 60])

    static let all = [several, fifo, restarts, cut, refusals, idle, suspects]
}
