import BusSession
import Foundation

// What an application needs to know of the lower modules: values of attributes, and how to connect.
@_exported import enum BusWire.FailureBackend
@_exported import enum BusWire.JSONValue
@_exported import struct RedisConnection.RedisConfiguration
@_exported import struct RedisConnection.RedisCredentials
import struct RedisConnection.RedisEndpoint
import struct RedisConnection.RedisError

/// What a ``Bus`` needs to know. Everything has a default.
public struct BusConfiguration: Sendable {
    /// Where Redis is looked for when nobody says otherwise.
    public static let defaultRedis = "redis://localhost:6379"

    /// Changes the attributes of an event before it is published; what it throws, the publisher gets.
    public typealias BeforePublish = @Sendable (inout EventAttributes) throws -> Void

    /// Where Redis is.
    public var redis: RedisConfiguration
    /// What the names of all keys begin with. Default `resque`, as in Ruby; empty for no prefix.
    public var namespace = "resque"
    /// In which lists failures are kept. Default: in those of RedisMultiQueue where it is in use, else in `failed`.
    public var failureBackend = FailureBackend.found
    /// The queue that the driver takes events from. Default `bus_incoming`.
    public var incoming = "bus_incoming"
    /// `bus_app_hostname` of every event. Default: this host's name.
    public var hostname = BusConfiguration.localHostname
    /// `bus_context` of every event, unless ``Bus/withContext(_:operation:)`` says otherwise. Default: none.
    public var context: JSONValue?
    /// Asked for `bus_locale` at each publish; nil leaves it out. Default: none.
    public var locale: (@Sendable () -> String?)?
    /// Asked for `bus_timezone` at each publish, such as `Europe/Paris`; nil leaves it out. Default: none.
    public var timeZone: (@Sendable () -> String?)?
    /// Whether events stay in this process, for tests and consoles. Default `off`.
    public var localMode = LocalMode.off
    /// Called in order for each event, with all attributes, also those that the bus adds.
    public var beforePublish: [BeforePublish] = []
    /// The wall clock in epoch seconds. Default: the system's.
    public var now: @Sendable () -> Int = BusConfiguration.systemTime
    /// Makes the random part of `bus_id`, a lower-case UUID. Default: a random one.
    public var uuid: @Sendable () -> String = { UUID().uuidString.lowercased() }

    /// All defaults.
    ///
    /// - Parameter redis: as ``Bus/init(redis:)`` takes it. A namespace in it becomes ``namespace``.
    /// - Throws: `BusError` with code `configuration` and what to write instead.
    public init(redis: String = BusConfiguration.defaultRedis) throws(BusError) {
        do throws(RedisError) {
            let endpoint = try RedisEndpoint(parsing: redis)
            self.init(redis: RedisConfiguration(endpoint: endpoint))
        } catch {
            throw BusError(error)
        }
    }

    /// All defaults, with a connection in detail: credentials from elsewhere, timeouts, a name for `CLIENT LIST`.
    public init(redis: RedisConfiguration) {
        self.redis = redis
        if let named = redis.endpoint.namespace { namespace = named }
    }

    /// The system's wall clock in epoch seconds.
    public static let systemTime: @Sendable () -> Int = { Int(Date.now.timeIntervalSince1970.rounded(.down)) }

    /// What `gethostname` says.
    public static let localHostname = LocalHost.name
}
