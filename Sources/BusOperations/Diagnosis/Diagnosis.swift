package import BusCalendar
package import BusProtocol
package import BusWire
package import Logging
package import RedisConnection

/// What `busdriver doctor` finds: a list of checks of one Redis, each of which gives findings. They change nothing but
/// scratch keys below `<namespace>:busdriver:scratch:`.
package struct Diagnosis: Sendable {
    /// What is looked at beside the server.
    package struct Scope: Sendable {
        /// The queues that events arrive on.
        package var incoming = ["bus_incoming"]
        /// Whose rights the user should have; where none is named, a driver's, and a scheduler's where one of ours
        /// leads.
        package var roles: [RoleRights.Role] = []
        /// Whether a driver's and a scheduler's are wanted too, whoever leads.
        package var hasScheduler = false
        /// The key of the schedulers' lock.
        package var lock: String
        /// What a scheduler that is started here would take for local time.
        package var localTime: LocalZone

        package init(lock: String, localTime: LocalZone) {
            self.lock = lock
            self.localTime = localTime
        }
    }

    let connection: RedisConnection
    /// What the handshake learned.
    let server: RedisServerInfo
    let bus: BusKeys
    let scope: Scope
    private let logger: Logger

    /// - Parameters:
    ///   - connection: used for nothing else meanwhile. Some checks make others like it, and close them.
    ///   - server: what its handshake learned.
    ///   - bus: the namespace.
    ///   - logger: for those connections.
    package init(
        connection: RedisConnection, server: RedisServerInfo, bus: BusKeys, scope: Scope, logger: Logger
    ) {
        self.connection = connection
        self.server = server
        self.bus = bus
        self.scope = scope
        self.logger = logger
    }

    /// What all checks find, in their order.
    ///
    /// - Throws: `RedisError` when the connection is lost, or while Redis executes nothing.
    package func findings() async throws(RedisError) -> [Finding] {
        var findings: [Finding] = []
        for check in try await checks() { findings += try await check.findings() }
        return findings
    }

    // MARK: - What checks share

    /// A second connection of the same user's, connected; the caller closes it.
    func connectAgain() async throws(RedisError) -> RedisConnection {
        let other = RedisConnection(
            configuration: connection.configuration, executor: connection.executor, logger: logger)
        _ = try await other.connect()
        return other
    }

    /// A connection of the same user's that can subscribe, with its client id; the caller closes it.
    func connectSubscriber() async throws(RedisError) -> (feed: RedisSubscriber, id: Int?) {
        let subscriber = RedisSubscriber(
            configuration: connection.configuration, executor: connection.executor, logger: logger)
        return (subscriber, try await subscriber.connect().clientID)
    }

    /// The keys that begin with `prefix`, at most `limit` of them.
    func keys(beginningWith prefix: String, limit: Int) async throws(RedisError) -> [String] {
        var found: Set<String> = []
        try await connection.scanKeys(beginningWith: prefix) { keys in
            found.formUnion(keys)
            return found.count < limit
        }
        return Array(found.sorted().prefix(limit))
    }

    /// A few names in a sentence.
    static func enumeration(_ names: [String], atMost shown: Int = 5) -> String {
        let head = names.prefix(shown).joined(separator: ", ")
        return names.count > shown ? "\(head) and \(names.count - shown) more" : head
    }
}
