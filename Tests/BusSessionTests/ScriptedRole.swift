import BusProtocol
import BusSession
import LibevExecutor
import Logging
import RedisConnection
import Synchronization

/// Connections of which a test decides when they are lost.
struct ScriptedConnections: ControlledConnections {
    private final class State: Sendable {
        let onLoss = Mutex<(@Sendable (RedisError) -> Void)?>(nil)
        let isClosed = Mutex(false)
    }
    private let state = State()
    private let executor: LibevExecutor
    private let feed: ScriptedFeed
    let control: any RedisClient
    let changesID: Int? = 1

    /// - Parameter tracking: what Redis answers when it shall announce changes, as RESP.
    init(_ executor: LibevExecutor, tracking: String = "+OK\r\n") {
        self.executor = executor
        feed = ScriptedFeed(executor)
        control = ScriptedClient(tracking)
    }

    var changes: any ChangeFeed { feed }

    /// Redis announces that a key has changed.
    func announce(_ key: String) { feed.announce(key) }

    var isClosed: Bool { state.isClosed.withLock { $0 } }

    func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) { state.onLoss.withLock { $0 = body } }

    func lose() {
        let body = state.onLoss.withLock { $0 }
        executor.execute { body?(RedisError(.connectionLost, "The test has lost it.")) }
    }

    func close() async { state.isClosed.withLock { $0 = true } }
}

/// A role that does nothing but to be in a session.
actor ScriptedRole: ListeningRole {
    enum Ending: Sendable, Equatable { case left }

    nonisolated let executor: LibevExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    let life: RoleLife<ScriptedConnections>
    var isRegistered = false
    var drain: Drain?
    /// What `serve` throws in place of serving.
    var obstacle: RedisError?
    private(set) var verdicts: [String] = []
    private(set) var served = 0
    private(set) var changedKeys: [String] = []
    let trackingOptions = ["BCAST"]
    let pollingHabit = "looks"
    private let onServe: @Sendable (ScriptedConnections, isolated ScriptedRole) -> Void

    init(
        executor: LibevExecutor, environment: RoleEnvironment<ScriptedConnections>,
        onServe: @escaping @Sendable (ScriptedConnections, isolated ScriptedRole) -> Void = { _, _ in }
    ) {
        self.executor = executor
        self.onServe = onServe
        life = RoleLife(
            backoff: ReconnectBackoff(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            environment: environment)
    }

    func serve(_ session: ScriptedConnections) async throws -> SessionVerdict {
        if let obstacle { throw obstacle }
        try await trackChanges(session)
        served += 1
        life.hasServed = true
        life.proved()
        onServe(session, self)
        if isStopping { end(.stopped) }
        return await untilEnd()
    }

    func heard(_ channel: String, _ payload: RedisReply) { changedKeys += payload.elements.compactMap(\.string) }

    func leave(_ session: ScriptedConnections) async throws -> Ending { .left }

    func conclude(_ verdict: SessionVerdict) { verdicts.append("\(verdict)".prefix { $0 != "(" }.description) }

    func stopAtOnce() { stop() }

    func stop() {
        beginToStop()
        end(.stopped)
    }

    var reconnects: Int { life.reconnects }

    func register() { isRegistered = true }
    func meet(_ obstacle: RedisError?) { self.obstacle = obstacle }
    func becomeDrain(_ drain: Drain?) { self.drain = drain }
}
