/// What the handshake learned about the server and this connection to it.
package struct RedisServerInfo: Sendable, Equatable {
    package enum Role: Sendable, Equatable {
        case master, replica, sentinel
        /// A node of KeyDB that writes beside others (`active-replica yes`): what one has popped another may give out
        /// again.
        case activeReplica
    }

    /// Another process answers when this has changed since the last connect: scripts and registrations are gone. Nil
    /// where `INFO` is not allowed.
    package var runID: String?
    /// The version of Redis whose commands it has. Nil where `INFO` is not allowed.
    package var version: RedisVersion?
    /// Nil where `INFO` is not allowed.
    package var product: RedisProduct?
    package var role: Role
    /// Where a replica's master is, as it says itself: `host:port`. Nil of any other.
    package var master: String?
    /// For `CLIENT UNBLOCK` and `CLIENT TRACKING … REDIRECT`; nil where `CLIENT ID` is not allowed.
    package var clientID: Int?

    /// What to call the server in a sentence.
    package var name: String {
        guard let product, let version else { return "a Redis of unknown version" }
        let own = "\(product.name.rawValue) \(product.version)"
        return product.version == version ? own : "\(own) (as Redis \(version))"
    }
}

/// A version of Redis, or of a server that speaks like it.
package struct RedisVersion: Sendable, Comparable, CustomStringConvertible {
    package var major: Int
    package var minor: Int
    package var patch: Int

    package init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads `7.0.15`; missing or unreadable parts are 0.
    init(parsing text: Substring) {
        let numbers = text.split(separator: ".").map { Int($0.prefix(while: \.isNumber)) ?? 0 } + [0, 0, 0]
        self.init(numbers[0], numbers[1], numbers[2])
    }

    package static func < (left: RedisVersion, right: RedisVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    package var description: String {
        "\(major).\(minor).\(patch)"
    }
}
