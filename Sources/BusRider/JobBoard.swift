import LibevExecutor

/// Names a job for as long as it is in hand.
struct JobTicket: Hashable, Sendable {
    /// The sequence number of its batch.
    let batch: Int
    /// Its place in that batch as it was claimed.
    let place: Int
}

/// A job on its way to a slot.
struct Assignment: Sendable {
    let ticket: JobTicket
    let job: ReservedJob
}

/// A job that a slot has run.
struct FinishedJob: Sendable {
    let assignment: Assignment
    let report: JobReport
    let slot: Int
}

/// Where the rider's loop puts jobs and the slots take them: the one place that both threads touch.
///
/// A slot that finds a job takes it without a suspension, and the loop is woken for many finished jobs at once: at 150
/// 000 jobs a second a hop for each would cost more than all the rest.
///
/// `@unchecked Sendable`: everything mutable is guarded by `lock`.
final class JobBoard: @unchecked Sendable {
    private let lock = PosixMutex()
    private let onProgress: @Sendable () -> Void

    private var waiting: ArraySlice<Assignment> = []
    /// When the oldest waiting job was posted, in monotonic nanoseconds.
    private var postedAt: UInt64 = 0
    private var idle: [(slot: Int, continuation: CheckedContinuation<Assignment?, Never>)] = []
    /// For each slot, from 1, what it has in hand, and since when.
    private var inHand: [(assignment: Assignment, since: UInt64)?]
    private var busyCount = 0
    private var finished: [FinishedJob] = []
    private var isClosed = false
    /// The loop knows that there is progress.
    private var isSignalled = false
    /// The loop wants to hear when fewer jobs than this wait.
    private var refillMark = 0
    /// The loop found no slot that waits, and wants to hear of the first one.
    private var isWaitingForSlot = false
    /// The loop looks by itself every millisecond, so that single jobs need not wake it.
    private var isWatched = false

    /// So many finished jobs wake the loop at any rate.
    static let settlementSize = 128

    /// - Parameters:
    ///   - slots: how many take jobs.
    ///   - onProgress: called on a slot's thread when the loop ought to look.
    init(slots: Int, onProgress: @escaping @Sendable () -> Void) {
        inHand = Array(repeating: nil, count: slots + 1)
        self.onProgress = onProgress
    }

    // MARK: - The slots' side

    /// Hands in what the slot has finished, and waits for its next job; nil means that there will be none.
    func next(_ slot: Int, after done: FinishedJob?) async -> Assignment? {
        // Without a job to take, what is finished is handed in together with the slot: a loop that found it without an
        // idle slot would not claim, and nobody would call it again.
        let (step, wakesLoop) = lock.withLock {
            waiting.isEmpty && !isClosed ? (.wait, false) : (take(slot, after: done), shouldWakeLoop())
        }
        if wakesLoop { onProgress() }
        switch step {
        case .job(let assignment): return assignment
        case .end: return nil
        case .wait:
            let assignment = await withCheckedContinuation { continuation in
                let (step, wakesLoop) = lock.withLock { () -> (Step, Bool) in
                    let step = take(slot, after: done)
                    if case .wait = step { idle.append((slot, continuation)) }
                    return (step, shouldWakeLoop())
                }
                if wakesLoop { onProgress() }
                switch step {
                case .job(let assignment): continuation.resume(returning: assignment)
                case .end: continuation.resume(returning: nil)
                case .wait: break
                }
            }
            if assignment != nil { wakeSlots() }
            return assignment
        }
    }

    /// Gives waiting jobs to slots that wait, but only to two at once: each that has woken up wakes two more before it
    /// begins. Where jobs take next to no time, the first few have done them all before the others are up.
    private func wakeSlots() {
        let woken = lock.withLock { () -> [(CheckedContinuation<Assignment?, Never>, Assignment)] in
            let count = min(idle.count, waiting.count, 2)
            let now = MonotonicTime.now
            return (0..<count).map { _ in
                let next = idle.removeLast()
                let assignment = waiting.removeFirst()
                give(assignment, to: next.slot, at: now)
                return (next.continuation, assignment)
            }
        }
        for (continuation, assignment) in woken { continuation.resume(returning: assignment) }
    }

    private enum Step {
        case job(Assignment)
        case wait
        case end
    }

    private func take(_ slot: Int, after done: FinishedJob?) -> Step {
        if let done {
            inHand[slot] = nil
            busyCount -= 1
            finished.append(done)
        }
        if isClosed || Task.isCancelled { return .end }
        guard let assignment = waiting.popFirst() else { return .wait }
        give(assignment, to: slot, at: MonotonicTime.now)
        return .job(assignment)
    }

    private func give(_ assignment: Assignment, to slot: Int, at now: UInt64) {
        inHand[slot] = (assignment, now)
        busyCount += 1
        postedAt = now
    }

    private func shouldWakeLoop() -> Bool {
        guard !isSignalled else { return false }
        let isAllDone = waiting.isEmpty && busyCount == 0
        let isDue = !finished.isEmpty && (isAllDone || !isWatched || finished.count >= Self.settlementSize)
        guard isDue || waiting.count < refillMark || isWaitingForSlot && !idle.isEmpty else { return false }
        isSignalled = true
        isWaitingForSlot = false
        return true
    }

    // MARK: - The loop's side

    /// What the loop finds when it looks.
    struct Progress {
        var finished: [FinishedJob]
        /// Jobs that no slot has taken yet.
        var waiting: Int
        /// How long the next of them has waited without any slot taking a job.
        var stall: Duration
        /// Slots that wait for a job.
        var idle: Int
    }

    /// Takes what has been finished.
    ///
    /// - Parameter isWatching: the loop will look again within a millisecond or so.
    func progress(isWatching: Bool) -> Progress {
        lock.withLock {
            isSignalled = false
            isWatched = isWatching
            let taken = finished
            finished = []
            finished.reserveCapacity(taken.count)
            let now = MonotonicTime.now
            return Progress(
                finished: taken, waiting: waiting.count,
                stall: waiting.isEmpty || now < postedAt ? .zero : .nanoseconds(Int64(now - postedAt)),
                idle: idle.count)
        }
    }

    /// Asks to be told once fewer than `mark` jobs wait; 0 for never.
    ///
    /// - Parameter needsSlot: tell also when a slot waits for a job.
    func setRefillMark(_ mark: Int, needsSlot: Bool = false) {
        lock.withLock {
            refillMark = mark
            isWaitingForSlot = needsSlot
        }
    }

    /// Puts jobs behind those that wait, and wakes slots for them.
    func post(_ assignments: [Assignment]) {
        lock.withLock {
            waiting.append(contentsOf: assignments)
            postedAt = MonotonicTime.now
        }
        wakeSlots()
    }

    /// Takes the jobs back that no slot has taken yet.
    func withdraw() -> [Assignment] {
        lock.withLock {
            let taken = Array(waiting)
            waiting = []
            return taken
        }
    }

    /// What the slots have in hand, by slot, with the time since which they have it in monotonic nanoseconds.
    func jobsInHand() -> [(slot: Int, assignment: Assignment, since: UInt64)] {
        lock.withLock {
            inHand.indices.compactMap { slot in
                inHand[slot].map { (slot, $0.assignment, $0.since) }
            }
        }
    }

    /// Ends those of these slots' tasks that wait for a job.
    func dismiss(_ slots: Set<Int>) {
        let dismissed = lock.withLock {
            let dismissed = idle.filter { slots.contains($0.slot) }
            idle.removeAll { slots.contains($0.slot) }
            return dismissed
        }
        for waiting in dismissed { waiting.continuation.resume(returning: nil) }
    }

    /// Gives out no further job; slots that wait are told, the others when they come back.
    func close() {
        let woken = lock.withLock {
            isClosed = true
            waiting = []
            defer { idle = [] }
            return idle.map(\.continuation)
        }
        for continuation in woken { continuation.resume(returning: nil) }
    }
}
