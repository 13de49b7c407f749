/// Where a Redis is, and what the text that says so may carry besides.
///
/// Descriptions and reflections never show the password.
public struct RedisEndpoint: Sendable, Equatable {
    public enum Address: Sendable, Equatable {
        case tcp(host: String, port: UInt16)
        case unix(path: String)
    }

    public var address: Address
    public var username: String?
    public var password: String?
    /// The number of the database; nil if the text does not say (Redis then begins with 0).
    public var database: Int?
    /// Resque's namespace; only the form `host:port:db/namespace` has one.
    public var namespace: String?

    public init(
        address: Address, username: String? = nil, password: String? = nil, database: Int? = nil,
        namespace: String? = nil
    ) {
        self.address = address
        self.username = username
        self.password = password
        self.database = database
        self.namespace = namespace
    }

    public static let defaultPort: UInt16 = 6379

    /// Whether the server runs on this machine, as far as the address tells.
    package var isLocal: Bool {
        switch address {
        case .unix: true
        case .tcp(let host, _): ["localhost", "127.0.0.1", "::1"].contains(host)
        }
    }
}

extension RedisEndpoint: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address and the database in the form of a URL.
    public var description: String {
        switch address {
        case .tcp(let host, let port):
            let literal = host.contains(":") ? "[\(host)]" : host
            return "redis://\(literal):\(port)" + (database.map { "/\($0)" } ?? "")
        case .unix(let path):
            return "unix://\(path)" + (database.map { "?db=\($0)" } ?? "")
        }
    }

    public var debugDescription: String {
        description
    }

    public var customMirror: Mirror {
        Mirror(self, children: ["url": description])
    }
}
