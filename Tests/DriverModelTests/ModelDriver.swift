import BusProtocol
import BusSession
import Logging
import RedisConnection
import RedisTestSupport

@testable import BusDriver

/// A driver under test, with the connections of its present session.
///
/// `@unchecked Sendable`: used on the loop only.
final class ModelDriver: @unchecked Sendable {
    let number: Int
    /// So many steps it gets no answer, as if its process were stopped.
    var frozenSteps = 0
    /// The lease was taken from it, and it does not know.
    var isZombie = false
    /// It dies instead of connecting anew, because in the strict mode nobody may come up beside its successor.
    var diesOnReconnect = false
    /// It was asked to stop.
    private(set) var isLeaving = false
    private(set) var hasEnded = false
    private(set) var links: [SlowLink] = []
    private(set) var feed: SlowFeed?

    private let network: Network
    private var driver: Driver!
    private var connecting: (@Sendable (Result<Void, any Error>) -> Void)?
    private var patience: (@Sendable (Result<Void, any Error>) -> Void)?
    private var hasCrashed = false

    /// Starts a driver; it soon wants to connect.
    init(_ number: Int, network: Network, configuration: DriverConfiguration) {
        self.number = number
        self.network = network
        let logger = Logger(label: "model.driver") { _ in SwiftLogNoOpLogHandler() }
        driver = Driver(
            configuration: configuration, executor: network.executor, logger: logger,
            environment: RoleEnvironment(sleep: { [unowned self] in try await sleep($0) }) { [unowned self] in
                try await open()
            })
        Task(executorPreference: network.executor) { [self, driver] in
            _ = try? await driver?.run()
            hasEnded = true
            losePatience()
            network.activity += 1
        }
    }

    // MARK: - Waiting

    /// A pause takes no time. How long a driver that shall stop goes on trying to reach Redis, the model decides.
    private func sleep(_ delay: Duration) async throws {
        guard delay == Driver.farewell, !hasCrashed else { return }
        try await network.wait(for: "driver \(number) to lose its patience") { patience = $0 }
    }

    /// A driver that shall stop has tried for long enough.
    func losePatience() {
        patience?(.success(()))
        patience = nil
    }

    // MARK: - Connecting

    private func open() async throws -> DriverSession {
        if diesOnReconnect { crash() }
        guard !hasCrashed else { throw CancellationError() }
        network.activity += 1
        try await network.wait(for: "driver \(number) to be connected") { connecting = $0 }
        let roles: [SlowLink.Role] = [.control, .lane, .lane, .doorbell]
        links = try roles.enumerated().map { index, role in
            try SlowLink("d\(number).\(role.rawValue)\(index)", role: role, network: network) { [unowned self] in id }
        }
        let feed = try SlowFeed(network: network)
        self.feed = feed
        let byText = network.chance.happens(10)
        do {
            return DriverSession(
                control: links[0], lanes: Array(links[1...2]), doorbell: links[3], changes: feed,
                changesID: feed.clientID,
                digests: byText ? ScriptDigests() : try await ScriptDigests(Script.ofDrivers, loadingOn: links[0]),
                server: "the model's")
        } catch {
            breakConnections()
            throw error
        }
    }

    /// It waits for its connections.
    var wantsConnection: Bool { connecting != nil }

    /// Lets it have the connections that it waits for.
    func connect() {
        network.activity += 1
        connecting?(.success(()))
        connecting = nil
    }

    // MARK: - Looking

    /// Its incarnation's id, once registered.
    var id: String? { driver.assumeIsolated { $0.keys?.id } }

    var commands: DriverCommands? { driver.assumeIsolated { $0.commands } }

    /// It has joined the bus.
    var isDriving: Bool { driver.assumeIsolated { $0.isWorking } }

    /// Links on which commands wait to be delivered.
    var sending: [SlowLink] { links.filter { !$0.waiting.isEmpty && $0.isOpen } }

    /// Links on which an answer waits to be handed over.
    var answered: [SlowLink] { links.filter(\.hasAnswer) }

    // MARK: - Doing

    /// Sends what its heartbeat timer would.
    func renewLease() {
        driver.assumeIsolated { if $0.isOpen { $0.renewLease() } }
    }

    /// Looks whether the batches that it waits for are gone, as its timer would.
    func lookForPredecessors() {
        driver.assumeIsolated { if $0.isOpen { $0.awaitPredecessors(after: .zero) } }
    }

    /// Asks it to commit what it has and to go.
    func stop() {
        isLeaving = true
        driver.assumeIsolated { $0.stop() }
    }

    /// One of its connections breaks.
    func lose(_ index: Int) {
        if index < links.count { links[index].lose() } else { feed?.lose() }
    }

    /// All of its connections break.
    func breakConnections() {
        for link in links { link.lose() }
        feed?.lose()
    }

    /// Its process dies: it sends nothing more, but what it has sent may still arrive.
    func crash() {
        hasCrashed = true
        breakConnections()
        connecting?(.failure(CancellationError()))
        connecting = nil
        stop()
        losePatience()
    }
}
