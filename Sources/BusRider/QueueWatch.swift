import BusProtocol
import BusWire

/// The queues that a rider works on, and whether there may be jobs in them: what it knows, what it reads before it
/// sleeps, and what wakes it (protocol §4.6). Knows neither Redis nor a clock. Confined to the rider.
final class QueueWatch {
    private let selection: QueueSelection
    /// Queues that no pattern matches.
    private let incoming: [String]
    /// The queues to work on, as known now.
    private(set) var names: [String] = []
    /// Those that the last claim found not to be lists.
    private var unusable: [String] = []
    private var wakefulness = Wakefulness()

    init(_ selection: QueueSelection, incoming: [String]) {
        self.selection = selection
        self.incoming = incoming
    }

    /// A claim may find something.
    var mayHaveJobs: Bool { wakefulness.mayClaim }
    /// The rider sleeps until an announcement.
    var isAsleep: Bool { wakefulness.isAsleep }
    /// Some queues are not lists.
    var hasUnusable: Bool { !unusable.isEmpty }

    // MARK: - What is known

    /// A session begins: there may be jobs.
    func beginSession() { wakefulness = Wakefulness() }

    /// Chooses the queues to work on among those that there are.
    func select(among known: [String]) {
        names = selection.queues(known: known.filter { !incoming.contains($0) })
    }

    /// The order in which one claim looks at them.
    func order(using random: inout some RandomNumberGenerator) -> [String] {
        selection.order(of: names, using: &random)
    }

    /// A claim has found no jobs, and that these are not lists.
    func foundEmpty(unusable: [String]) { self.unusable = unusable }

    // MARK: - Going to sleep

    /// Begins to sleep, unless it does already.
    ///
    /// - Parameters:
    ///   - isPaused: `pause-all-workers` says so.
    ///   - isTold: Redis announces changes of what is read.
    /// - Returns: what is to be read, so that Redis announces the next change of it: that key alone while all workers
    ///   are to pause, else that key, whether the queues have jobs, and what else may bring some. Empty where nothing
    ///   is announced.
    func doze(isPaused: Bool, isTold: Bool) -> [IdleRead] {
        guard mayHaveJobs else { return [] }
        wakefulness.doze()
        guard isTold else {
            wakefulness.answered(anyJobs: false)
            return []
        }
        guard !isPaused else { return [.pause] }
        var reads = [IdleRead.pause, .jobs(in: usable)]
        if selection.isDynamic { reads.append(.queueNames) }
        // That these exist wakes nobody, but a change may make lists of them.
        if hasUnusable { reads.append(.jobs(in: unusable)) }
        unusable = []
        return reads
    }

    /// The read of a rider that is paused came back.
    func dozed(isPaused: Bool) { wakefulness.answered(anyJobs: !isPaused) }

    /// The reads came back.
    ///
    /// - Parameters:
    ///   - nonempty: how many queues have jobs.
    ///   - known: the queues that there are; nil if they were not read.
    func dozed(nonempty: Int, known: [String]?) {
        let before = names
        if let known { select(among: known) }
        wakefulness.answered(anyJobs: names != before || !names.isEmpty && nonempty > 0)
    }

    /// What a sleeping rider looks at where nothing is announced; nil for nothing.
    func readWhileAsleep(isPaused: Bool) -> IdleRead? {
        guard isAsleep else { return nil }
        guard !isPaused else { return .pause }
        let usable = usable
        return usable.isEmpty ? nil : .jobs(in: usable)
    }

    /// Those that are not known to be no lists.
    private var usable: [String] {
        let unusable = Set(unusable.map(ExactString.init))
        return names.filter { !unusable.contains(ExactString($0)) }
    }

    // MARK: - Waking up

    /// There may be jobs, as Redis has announced or another says.
    func disturb() { wakefulness.disturb() }

    /// Whatever was known is old.
    func forget() { wakefulness.forget() }
}
