import LibevExecutor

/// One session of a role, from its first connection until it is closed.
struct OpenSession<Connections: RoleConnections> {
    let connections: Connections
    /// What has ended it; nil while nothing has.
    private(set) var verdict: SessionVerdict?
    /// The role has joined, and begun its work.
    private var hasJoined = false
    /// Redis has taken a write that it refuses whenever it cannot work.
    var isProven = false
    private var waiter: CheckedContinuation<SessionVerdict, Never>?
    private var timers: [LoopTimer] = []

    init(_ connections: Connections) { self.connections = connections }

    var isOpen: Bool { verdict == nil }
    var isWorking: Bool { hasJoined && isOpen }

    mutating func join() { hasJoined = true }

    mutating func keep(_ timer: LoopTimer) { timers.append(timer) }

    /// Something has ended it, for the first time.
    mutating func end(_ verdict: SessionVerdict) {
        self.verdict = verdict
        waiter?.resume(returning: verdict)
        waiter = nil
    }

    /// Resumes when something ends it.
    mutating func wait(_ continuation: CheckedContinuation<SessionVerdict, Never>) {
        if let verdict { continuation.resume(returning: verdict) } else { waiter = continuation }
    }

    /// Its connections are about to be closed.
    mutating func close() {
        for timer in timers { timer.cancel() }
        timers = []
        hasJoined = false
    }
}
