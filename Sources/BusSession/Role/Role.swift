package import LibevExecutor
package import RedisConnection

/// What works on Redis from one loss of its connections to the next: a driver, a rider, a scheduler. It states what it
/// does within a session; ``runSessions()`` keeps it in one.
///
/// A role is confined to its executor's loop: every callback of its connections and timers arrives there.
package protocol Role: Actor {
    /// What it holds between two losses.
    associatedtype Connections: RoleConnections
    /// How it ended.
    associatedtype Ending: Sendable

    /// The loop that the role and its connections run on.
    nonisolated var executor: LibevExecutor { get }
    /// Where it stands between its start and its end.
    var life: RoleLife<Connections> { get }

    /// Something of this role is registered in Redis, so that it ends only after it has left, or tried for long enough.
    var isRegistered: Bool { get }
    /// Of one that ends by itself when nothing is left to do; nil for one that works until it is told to stop.
    var drain: Drain? { get }

    /// Joins, and works until something ends the session.
    ///
    /// - Throws: what kept it from joining.
    func serve(_ session: Connections) async throws -> SessionVerdict
    /// Leaves nothing behind, after a session that ended because the role stops.
    func leave(_ session: Connections) async throws -> Ending
    /// The session is over, as ``RoleLife/loss`` tells if it was lost; its connections are still open. Called on the loop.
    func sessionEnded()
    /// A session that began to serve ends by an error; its connections are still open.
    func sessionFailed(_ session: Connections, _ error: any Error) async
    /// Draws the consequences of a session's end for the next one.
    func conclude(_ verdict: SessionVerdict)
    /// Ends ``runSessions()`` as soon as it can: the task that runs it was cancelled.
    func stopAtOnce()
    /// A drain is given up; what it leaves behind waits for others.
    func drainFails()
}

/// A role that ends by itself.
package struct Drain: Sendable {
    /// It has not begun, and nothing is in hand that it should wait for.
    package let isUnbegun: Bool
    /// How long it waits for a Redis that cannot be used: one lease, in which it has what is in hand to itself.
    package let patience: Duration
    /// Grows with whatever Redis lets it do.
    package let progress: Int

    package init(isUnbegun: Bool, patience: Duration, progress: Int) {
        self.isUnbegun = isUnbegun
        self.patience = patience
        self.progress = progress
    }
}

/// The connections of one role between two losses. Any loss ends the whole session: a connection's fences live in it,
/// so nothing is ever sent again on another one (protocol §2.4).
package protocol RoleConnections: Sendable {
    /// Calls `body` on the loop when one of them is lost.
    func onLoss(_ body: @escaping @Sendable (RedisError) -> Void)
    /// Closes all of them; what is unanswered fails.
    func close() async
}

extension Role {
    package var drain: Drain? { nil }
    package func sessionEnded() {}
    package func sessionFailed(_ session: Connections, _ error: any Error) async {}
    package func drainFails() {}

    /// The session that is open, from its first connection until it is closed.
    package var session: Connections? { life.session }
    /// Nothing has ended the session yet.
    package var isOpen: Bool { life.isOpen }
    /// It has joined, and nothing has ended the session yet: it may take and finish work.
    package var isWorking: Bool { life.isWorking }
    /// It was told to stop.
    package var isStopping: Bool { life.isStopping }
    /// Troubles that come again and again.
    package var complaints: ComplaintLog { life.complaints }
    /// What keeps the role from working now, as an operator would say it, without a full stop; nil while nothing does.
    package var trouble: String? { life.standstill.trouble }
}
