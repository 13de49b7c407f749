import BusWire
import RedisConnection

/// Why something asked of the ``Bus`` did not happen.
public struct BusError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public enum Code: Sendable, Equatable {
        /// Redis could not be reached, or did not accept the connection. Nothing was sent.
        case unreachable
        /// The connection was lost, or Redis did not answer in time. Nobody knows whether Redis executed what was sent:
        /// publishing again may double the event, not publishing again may lose it. Keep the `bus_id` if subscribers
        /// can tell doubles by it.
        case outcomeUnknown
        /// Redis answered with an error; nothing was published.
        case refused
        /// The configuration cannot work. Trying again does not help.
        case configuration
        /// The event cannot be written as JSON that the bus takes.
        case invalidEvent
        /// The job cannot be written as Resque keeps it, or nobody said on which queue it belongs.
        case invalidJob
        /// The application's name or one of its subscriptions cannot be used.
        case invalidSubscription
        /// The schedule's timing cannot be read, or it has no name.
        case invalidSchedule
        /// A callback before publishing threw; nothing was published.
        case callbackFailed
        /// The bus was closed.
        case closed
    }

    /// What kind of failure it was.
    public var code: Code
    /// A sentence. Never contains a password or an event.
    public var message: String
    /// The error that led to this one.
    public var underlying: (any Error)?
    /// Of a batch, the events that are known to be published.
    public var publishedCount: Int

    init(_ code: Code, _ message: String, underlying: (any Error)? = nil, publishedCount: Int = 0) {
        self.code = code
        self.message = ShownText.sentence(message)
        self.underlying = underlying
        self.publishedCount = publishedCount
    }

    init(_ error: RedisError, publishedCount: Int = 0) {
        let code: Code =
            switch error.code {
            case .unreachable, .notMaster, .authentication: .unreachable
            case .connectionLost, .timedOut, .protocolViolation: .outcomeUnknown
            case .configuration: .configuration
            case .closed: .closed
            case .reply: .refused
            }
        self.init(code, error.message, underlying: error, publishedCount: publishedCount)
    }

    public var description: String { message }
}

extension BusError {
    /// What `body` does on Redis, with its error in the words of the bus.
    static func wrapping<Result>(_ body: () async throws(RedisError) -> Result) async throws(BusError) -> Result {
        do throws(RedisError) {
            return try await body()
        } catch {
            throw BusError(error)
        }
    }
}
