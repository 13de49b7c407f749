package import BusProtocol
import LibevExecutor
package import Logging
package import RedisConnection

/// Where a role stands between its start and its end: its session, what it waits for, whether it stops. Its state is
/// changed by ``Role``'s own methods alone.
///
/// Confined to the role.
package final class RoleLife<Connections: RoleConnections> {
    let environment: RoleEnvironment<Connections>
    let logger: Logger
    let complaints: ComplaintLog
    var backoff: ReconnectBackoff
    /// What keeps the role from working, and what the log says of it.
    package var standstill: Standstill

    /// Nil before the first session, and between two of them.
    private var current: OpenSession<Connections>?
    /// Tells callbacks of an older session from those of this one.
    private(set) var generation = 0
    /// How the newest session learns what others change.
    package private(set) var tracking = ChangeTracking.announced
    /// Redis has accepted in some session what the role lives on.
    package private(set) var hasBeenProven = false
    /// It has once been able to work.
    package var hasServed = false
    /// How often a session followed another.
    package private(set) var reconnects = 0
    private(set) var isStopping = false
    /// Stopping, and Redis did not come back in time.
    private(set) var hasGivenUp = false
    /// A drain has met trouble, and looks after its patience whether that has passed.
    var isLosingPatience = false
    private var opening: Task<Connections, any Error>?
    private var pausing: Task<Void, any Error>?

    /// - Parameters:
    ///   - backoff: how long to wait before each attempt to connect.
    ///   - logger: told of what keeps the role from working, and of how it learns what others change.
    ///   - environment: network, time and chance.
    package init(backoff: ReconnectBackoff, logger: Logger, environment: RoleEnvironment<Connections>) {
        self.backoff = backoff
        self.environment = environment
        self.logger = logger
        complaints = ComplaintLog(logger)
        standstill = Standstill(logger)
    }

    /// Waits for a time that tests may shorten; ends early by throwing when its task is cancelled.
    package func sleep(_ duration: Duration) async throws { try await environment.sleep(duration) }

    /// Redis has accepted what the role lives on.
    package func proved() {
        current?.isProven = true
        hasBeenProven = true
        standstill.ended()
    }

    var session: Connections? { current?.connections }

    /// Nothing has ended the session yet.
    var isOpen: Bool { current?.isOpen ?? false }

    /// The role has joined, and nothing has ended the session yet.
    var isWorking: Bool { current?.isWorking ?? false }

    /// Redis has taken a write in this session that it refuses whenever it cannot work.
    package var isProven: Bool { current?.isProven ?? false }

    /// Whether that session still runs; callbacks that come later change nothing.
    func isCurrent(_ generation: Int) -> Bool { generation == self.generation && isOpen }

    /// The error that ended the session, if one did.
    package var loss: RedisError? {
        if case .lost(let error)? = current?.verdict { error } else { nil }
    }
}

// MARK: - Transitions

extension RoleLife {
    func begins(_ opening: Task<Connections, any Error>?) { self.opening = opening }

    func pauses(_ pausing: Task<Void, any Error>) { self.pausing = pausing }

    func opened(_ session: Connections) {
        if generation > 0 { reconnects += 1 }
        generation += 1
        current = OpenSession(session)
    }

    func joined() { current?.join() }

    func tracks(_ tracking: ChangeTracking) { self.tracking = tracking }

    /// - Returns: false when something else has ended the session before, or none is open.
    func end(_ verdict: SessionVerdict) -> Bool {
        guard isOpen else { return false }
        current?.end(verdict)
        return true
    }

    func wait(_ continuation: CheckedContinuation<SessionVerdict, Never>) {
        precondition(current != nil, "Only a role in a session waits for its end.")
        current?.wait(continuation)
    }

    func keep(_ timer: LoopTimer) { current?.keep(timer) }

    /// - Returns: what is to be closed.
    func closes() -> Connections? {
        current?.close()
        generation += 1
        return session
    }

    func closed() { current = nil }

    /// It is told to stop: no pause is worth its time any more, nor a connection by which nothing is to be left.
    func stops(isRegistered: Bool) {
        isStopping = true
        pausing?.cancel()
        if !isRegistered { opening?.cancel() }
    }

    func triesNoMore() { hasGivenUp = true }

    func givesUp() {
        triesNoMore()
        opening?.cancel()
        pausing?.cancel()
    }
}
