import BusProtocol
import BusWire
import LibevExecutor
public import Logging
import RedisConnection

/// The event bus, as an application sees it: publish events, and say which events the application wants.
///
/// ```swift
/// import ResqueBus
///
/// let bus = try Bus(redis: "redis://localhost:6379")
/// try await bus.publish("user_created", ["user_id": 42, "name": "Ann"])
/// ```
///
/// Applications in Ruby and Swift share one bus when they share Redis and namespace. One `Bus` for a process is enough:
/// it may be used from any task, connects when it is first used, and connects again when the connection was lost.
///
/// A publish that fails with ``BusError/Code/outcomeUnknown`` may have succeeded; see there.
public actor Bus {
    /// What the bus was made with.
    public nonisolated let configuration: BusConfiguration
    nonisolated let keys: BusKeys
    nonisolated let client: OnDemandConnection
    /// The loop of a connection that is the bus' own; nil where somebody else has made that.
    private let executor: LibevExecutor?
    /// What this process has declared, by application; local modes deliver to these.
    var declared: [String: [Subscription]] = [:]
    /// The queues of jobs that are enqueued without naming one, by class.
    var jobQueues: [ExactString: String] = [:]

    /// A bus with the defaults of ``BusConfiguration``.
    ///
    /// - Parameter redis: `redis://[user:password@]host[:port][/database]`, `unix:///path` or
    ///   `host:port:database/namespace`.
    /// - Throws: `BusError` with code `configuration`.
    public init(redis: String = BusConfiguration.defaultRedis) throws(BusError) {
        self.init(try BusConfiguration(redis: redis))
    }

    /// Does not connect yet.
    ///
    /// - Parameters:
    ///   - configuration: where Redis is, names, callbacks.
    ///   - logger: gets debug messages about the connection; nothing about events. Default: none.
    public init(_ configuration: BusConfiguration, logger: Logger? = nil) {
        self.configuration = configuration
        keys = BusKeys(namespace: configuration.namespace, failureBackend: configuration.failureBackend)
        let executor = LibevExecutor(name: "resque-bus")
        self.executor = executor
        client = OnDemandConnection(
            RedisConnection(
                configuration: configuration.redis, executor: executor,
                logger: logger ?? Logger(label: "resque-bus") { _ in SwiftLogNoOpLogHandler() }))
    }

    /// A bus on a connection that somebody else has opened and will close.
    package init(_ configuration: BusConfiguration, on connection: RedisConnection) {
        self.configuration = configuration
        keys = BusKeys(namespace: configuration.namespace, failureBackend: configuration.failureBackend)
        executor = nil
        client = OnDemandConnection(open: connection)
    }

    deinit {
        executor?.stop()
    }

    /// Closes the connection. What is under way fails; afterwards every call fails with the code `closed`.
    public func close() async {
        await client.close()
    }
}
