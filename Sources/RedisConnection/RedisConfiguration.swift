/// A user and password for Redis. Never shown in descriptions.
public struct RedisCredentials: Sendable, CustomStringConvertible, CustomReflectable {
    /// The ACL user; nil for the default user.
    public var username: String?
    public var password: String

    public init(username: String? = nil, password: String) {
        self.username = username
        self.password = password
    }

    public var description: String {
        "credentials of \(username ?? "the default user")"
    }

    public var customMirror: Mirror {
        Mirror(self, children: ["username": username as Any])
    }
}

/// How to connect.
public struct RedisConfiguration: Sendable {
    public var endpoint: RedisEndpoint

    /// Asked for at each connect, so that a changed password file takes effect; what it throws fails that attempt. The
    /// default gives the user and password of the endpoint.
    public var credentials: @Sendable () throws(RedisError) -> RedisCredentials?

    /// The database to select. The default is that of the endpoint, or 0.
    public var database: Int

    /// Shown by `CLIENT LIST`; no blanks. nil (the default) sets none.
    public var clientName: String?

    /// For each of the name lookup, the connect to one address, and the handshake. Default: 2 s.
    public var connectTimeout: Duration

    /// For one attempt to connect as a whole, however many addresses a name has. Default: nil, no limit but theirs.
    public var attemptTimeout: Duration?

    /// How long a pipeline may go unanswered before the connection is given up. Default: 3 s.
    public var commandTimeout: Duration

    /// After this long without a command a PING must prove within the `commandTimeout` that the connection lives.
    /// Default: 5 s; nil for never.
    public var idlePing: Duration?

    /// The delays of `connectRetrying`.
    public var backoff = ReconnectBackoff()

    /// A longer string in a reply, in bytes, ends the connection before it is in memory. Default: no limit but Redis'
    /// own.
    package var longestString = Int.max

    /// Whether a server that tells its role neither by `ROLE` nor by `INFO` is refused. Default: true; a diagnosis
    /// takes it for a master and says what is missing.
    package var needsRole = true

    public init(
        endpoint: RedisEndpoint, clientName: String? = nil, connectTimeout: Duration = .seconds(2),
        commandTimeout: Duration = .seconds(3), idlePing: Duration? = .seconds(5)
    ) {
        self.endpoint = endpoint
        self.clientName = clientName
        self.connectTimeout = connectTimeout
        self.commandTimeout = commandTimeout
        self.idlePing = idlePing
        database = endpoint.database ?? 0
        let fixed = endpoint.password.map { RedisCredentials(username: endpoint.username, password: $0) }
        credentials = { () throws(RedisError) in fixed }
    }

    /// For a process that does not wait for Redis: it connects within four seconds, or ends within five.
    package func forOneShot() -> RedisConfiguration {
        var configuration = self
        configuration.attemptTimeout = .seconds(4)
        return configuration
    }
}
