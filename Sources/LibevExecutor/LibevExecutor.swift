import CLibev
import Glibc

/// One libev loop on one thread of its own, usable as the executor of actors and as the preferred executor of tasks.
///
/// Everything that runs here runs on the loop's thread, one job at a time. Jobs run just before the loop waits for
/// input, so that an actor which sends in answer to what it received does both in one loop turn.
///
/// The loop keeps itself alive: it ends only by ``stop()``.
///
/// `@unchecked Sendable`: `inbox` is guarded by `lock`, `thread` is written before the thread may pass `lock` for the
/// first time, and everything else is touched on the loop's thread only.
package final class LibevExecutor: SerialExecutor, TaskExecutor, @unchecked Sendable {
    /// The name that the thread carries too, cut to 15 bytes there.
    package let name: String

    let loop: OpaquePointer
    private var thread = pthread_t()
    private let lock = PosixMutex()
    private var inbox: [Work] = []

    private var ready: [Work] = []
    private var running: [Work] = []
    private var observers: [any TurnObserver] = []
    private var notified: [any TurnObserver] = []
    private var isStopping = false
    var timers: [ObjectIdentifier: LoopTimer] = [:]
    var signals: [SignalWatcher] = []

    private let wakeUp = UnsafeMutablePointer<ev_async>.allocate(capacity: 1)
    private let prepare = UnsafeMutablePointer<ev_prepare>.allocate(capacity: 1)
    private let idle = UnsafeMutablePointer<ev_idle>.allocate(capacity: 1)

    private enum Work {
        case job(UnownedJob)
        case body(() -> Void)
    }

    /// Jobs that enqueue jobs get this many rounds before the loop looks at its sockets again.
    private static let roundsPerTurn = 16

    /// Starts the thread. Ignores SIGPIPE for the whole process, because hiredis writes to sockets by `write(2)`.
    package init(name: String) {
        self.name = name
        guard let loop = ev_loop_new(UInt32(EVFLAG_AUTO | EVFLAG_NOSIGMASK)) else {
            preconditionFailure("libev could not create an event loop; is the limit of open files (ulimit -n) reached?")
        }
        self.loop = loop
        signal(SIGPIPE, SIG_IGN)
        prepareWatchers()
        lock.withLock { startThread() }
    }

    private func prepareWatchers() {
        let this = Unmanaged.passUnretained(self).toOpaque()
        wakeUp.initialize(to: ev_async())
        clibev_async_init(wakeUp) { _, watcher, _ in LibevExecutor.from(watcher?.pointee.data).takeInbox() }
        wakeUp.pointee.data = this
        ev_async_start(loop, wakeUp)

        prepare.initialize(to: ev_prepare())
        clibev_prepare_init(prepare) { _, watcher, _ in LibevExecutor.from(watcher?.pointee.data).finishTurn() }
        prepare.pointee.data = this
        ev_prepare_start(loop, prepare)

        idle.initialize(to: ev_idle())
        clibev_idle_init(idle) { _, _, _ in }
    }

    deinit {
        ev_loop_destroy(loop)
        wakeUp.deallocate()
        prepare.deallocate()
        idle.deallocate()
    }

    private static func from(_ data: UnsafeMutableRawPointer?) -> LibevExecutor {
        Unmanaged<LibevExecutor>.fromOpaque(data.unsafelyUnwrapped).takeUnretainedValue()
    }

    // MARK: - The thread

    private func startThread() {
        let retained = Unmanaged.passRetained(self).toOpaque()
        let result = pthread_create(&thread, nil, { LibevExecutor.runThread($0) }, retained)
        precondition(
            result == 0, "The thread of loop \(name) could not be started: \(String(cString: strerror(result)))")
        pthread_detach(thread)
    }

    private static func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        let executor = Unmanaged<LibevExecutor>.fromOpaque(argument.unsafelyUnwrapped).takeRetainedValue()
        executor.lock.withLock {}
        clibev_name_thread(executor.name)
        ev_run(executor.loop, 0)
        executor.end()
        return nil
    }

    private func end() {
        for timer in timers.values { timer.cancel() }
        for signal in signals { signal.cancel() }
        signals = []
    }

    /// Ends the thread once the jobs enqueued so far, and those that they enqueue, have run. May be called from any
    /// thread and returns at once. What is enqueued after the end never runs.
    package func stop() {
        execute { [self] in
            isStopping = true
        }
    }

    /// Whether the caller runs on this loop's thread.
    package var isCurrent: Bool {
        pthread_equal(pthread_self(), thread) != 0
    }

    // MARK: - Jobs

    package func enqueue(_ job: consuming ExecutorJob) {
        push(.job(UnownedJob(job)))
    }

    /// Runs `body` on the loop's thread, in order with all other jobs, never before this function has returned.
    /// May be called from any thread.
    package func execute(_ body: @escaping @Sendable () -> Void) {
        push(.body(body))
    }

    private func push(_ work: Work) {
        if isCurrent {
            ready.append(work)
            return
        }
        let wasEmpty = lock.withLock {
            inbox.append(work)
            return inbox.count == 1
        }
        if wasEmpty { ev_async_send(loop, wakeUp) }
    }

    private func takeInbox() {
        lock.withLock {
            ready.append(contentsOf: inbox)
            inbox.removeAll(keepingCapacity: true)
        }
    }

    private func finishTurn() {
        var rounds = 0
        repeat {
            while !ready.isEmpty && rounds < Self.roundsPerTurn {
                runReady()
                rounds += 1
            }
            notifyObservers()
            rounds += 1
        } while !isAtRest && rounds < Self.roundsPerTurn

        if isStopping { takeInbox() }
        if !isAtRest {
            // An active idle watcher keeps the loop from waiting.
            ev_idle_start(loop, idle)
        } else {
            ev_idle_stop(loop, idle)
            if isStopping { ev_break(loop, Int32(EVBREAK_ALL)) }
        }
    }

    private var isAtRest: Bool {
        ready.isEmpty && observers.isEmpty
    }

    private func runReady() {
        swap(&ready, &running)
        for work in running {
            switch work {
            case .job(let job):
                job.runSynchronously(
                    isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
            case .body(let body):
                body()
            }
        }
        running.removeAll(keepingCapacity: true)
    }

    package func checkIsolated() {
        precondition(isCurrent, "This must run on the thread of loop \(name).")
    }

    package func isIsolatingCurrentContext() -> Bool? {
        isCurrent
    }

    // MARK: - The end of a turn

    /// Calls `observer.turnEnds()` once, after the jobs of this loop turn and before the loop waits for input.
    package func notifyAtTurnEnd(_ observer: any TurnObserver) {
        observers.append(observer)
    }

    private func notifyObservers() {
        guard !observers.isEmpty else { return }
        swap(&observers, &notified)
        for observer in notified { observer.turnEnds() }
        notified.removeAll(keepingCapacity: true)
    }
}

/// Something that wants to act once per loop turn, such as a connection that sends what was submitted in the turn.
package protocol TurnObserver: AnyObject {
    func turnEnds()
}
