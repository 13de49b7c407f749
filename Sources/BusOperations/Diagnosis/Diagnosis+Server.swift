package import BusProtocol
package import RedisConnection

extension Diagnosis {
    /// What keeps everybody from working on this server: its role, or a cluster that spreads the keys. Nil for most.
    package func obstacle() async throws(RedisError) -> ServerObstacle? {
        if let obstacle = try await ServerObstacle.role(of: server, connection) { return obstacle }
        return try await ServerObstacle.cluster(connection, bus: bus)
    }

    /// Which server this is, what keeps everybody from working on it, and whether it may throw events away.
    ///
    /// - Parameter obstacle: as ``obstacle()`` found it.
    package func server(obstacle: ServerObstacle?) async throws(RedisError) -> [Finding] {
        let role = obstacle.map { Finding("Redis role", $0) } ?? Finding("Redis role", .ok, "This is a master.")
        if case .sentinel = obstacle { return [role] }
        return [Self.version(server), role, try await eviction()]
    }

    static func version(_ server: RedisServerInfo) -> Finding {
        let name = "Redis version"
        guard let version = server.version, let product = server.product else {
            return Finding(
                name, .warning, "It cannot be read.",
                remedy: "Allow this user +info, and see that it is \(RedisVersion.least) or later.")
        }
        guard version >= .least else {
            return Finding(
                name, .problem, "\(server.name) has no BLMOVE and LMOVE.",
                remedy: "Upgrade to Redis \(RedisVersion.least) or later, or to Valkey.")
        }
        return switch product.name {
        case .redis, .valkey: Finding(name, .ok, "\(server.name).")
        case .keyDB, .dragonfly:
            Finding(
                name, .warning, "\(server.name): BusDriver is not tested with \(product.name.rawValue).",
                remedy: "Try it under load before you trust it, or use Redis or Valkey.")
        }
    }

    private func eviction() async throws(RedisError) -> Finding {
        let name = "Eviction policy"
        do {
            let report = try await ServerReport(connection: connection)
            return ServerObstacle(report: report).map { Finding(name, $0) }
                ?? Finding(name, .ok, "\(report.evictionPolicy).")
        } catch  where error.isRefusal {
            return Finding(
                name, .warning, "The policy cannot be read: \(error.message)",
                remedy: "Allow this user +info, and see that maxmemory-policy is noeviction or volatile-*.")
        }
    }
}

extension RedisVersion {
    /// The first that has every command of the protocol.
    package static let least = RedisVersion(6, 2)
}

extension RedisError {
    /// Whether Redis answered, and the answer was an error.
    var isRefusal: Bool {
        if case .reply = code { true } else { false }
    }
}
