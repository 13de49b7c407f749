/// What the handshake learned about the server and this connection to it.
public struct RedisServerInfo: Sendable, Equatable {
    public enum Role: Sendable, Equatable {
        case master, replica, sentinel
    }

    /// Another process answers when this has changed since the last connect: scripts and registrations are gone. Nil where
    /// `INFO` is not allowed.
    public var runID: String?
    /// Nil where `INFO` is not allowed.
    public var version: RedisVersion?
    public var role: Role
    /// For `CLIENT UNBLOCK` and `CLIENT TRACKING … REDIRECT`; nil where `CLIENT ID` is not allowed.
    public var clientID: Int?

    /// What to call the server in a sentence.
    public var name: String { version.map { "Redis \($0)" } ?? "a Redis of unknown version" }
}

/// The version of a Redis server. Forks report the version of Redis they are compatible with.
public struct RedisVersion: Sendable, Comparable, CustomStringConvertible {
    public var major: Int
    public var minor: Int
    public var patch: Int

    public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads `7.0.15`; missing or unreadable parts are 0.
    init(parsing text: Substring) {
        let numbers = text.split(separator: ".").map { Int($0.prefix(while: \.isNumber)) ?? 0 } + [0, 0, 0]
        self.init(numbers[0], numbers[1], numbers[2])
    }

    public static func < (left: RedisVersion, right: RedisVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    public var description: String {
        "\(major).\(minor).\(patch)"
    }
}
