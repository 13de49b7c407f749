/// What went wrong between this process and Redis.
public struct RedisError: Error, Sendable {
    public enum Code: Sendable, Equatable {
        /// No connection could be made: name lookup, connect, or the server closed during the handshake.
        case unreachable
        /// The connection ended while the commands were under way. Whether Redis executed them is unknown.
        case connectionLost
        /// The deadline passed without a reply; the connection is given up. Whether Redis executed the commands is
        /// unknown.
        case timedOut
        /// There was no ready connection, or it was closed on purpose. From `submit` and `send` without a connection it
        /// means that nothing was sent.
        case closed
        /// Redis refused the credentials, or the user lacks a permission that the handshake needs.
        case authentication
        /// A setting cannot work. Trying again does not help.
        case configuration
        /// The server is a replica or a sentinel, which take no writes.
        case notMaster
        /// Redis answered with an error where the caller has no use for one.
        case reply(RedisErrorReply)
        /// The peer does not speak RESP2 as Redis does.
        case protocolViolation
    }

    public var code: Code
    /// One sentence for an operator. Never contains a password or a payload.
    public var message: String
    /// The error that led to this one, such as the last failed attempt of `connectRetrying`.
    public var underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }
}

extension RedisError: CustomStringConvertible {
    public var description: String {
        message
    }
}
