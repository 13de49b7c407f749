import RedisConnection

extension Diagnosis {
    /// Version, role, and whether Redis may throw events away or spreads keys over nodes.
    ///
    /// - Parameter server: what the handshake learned.
    public func server(_ server: RedisServerInfo) async throws(RedisError) -> [Finding] {
        [version(server), role(server), try await eviction()] + (try await cluster())
    }

    private func version(_ server: RedisServerInfo) -> Finding {
        guard let version = server.version else {
            return Finding(
                "Redis version", .warning, "It cannot be read.",
                remedy: "Allow this user +info, and see that it is 6.2 or later.")
        }
        guard version >= RedisVersion(6, 2) else {
            return Finding(
                "Redis version", .problem, "\(version) has no BLMOVE and LMOVE.",
                remedy: "Upgrade to Redis 6.2 or later; 7.0 is what BusDriver is tested with.")
        }
        return Finding("Redis version", .ok, "\(version)")
    }

    private func role(_ server: RedisServerInfo) -> Finding {
        let name = "Redis role"
        return ServerObstacle(role: server.role).map { Finding(name, $0) } ?? Finding(name, .ok, "This is a master.")
    }

    /// Says nothing of a server that is no cluster.
    private func cluster() async throws(RedisError) -> [Finding] {
        try await ServerObstacle.cluster(connection, bus: bus).map { [Finding("Redis Cluster", $0)] } ?? []
    }

    private func eviction() async throws(RedisError) -> Finding {
        let name = "Eviction policy"
        do {
            let report = try await ServerReport(connection: connection)
            return ServerObstacle(report: report).map { Finding(name, $0) } ?? Finding(name, .ok, report.evictionPolicy)
        } catch  where error.isRefusal {
            return Finding(
                name, .warning, "The policy cannot be read: \(error.message)",
                remedy: "Allow this user +info, and see that maxmemory-policy is noeviction or volatile-*.")
        }
    }
}

extension Finding {
    fileprivate init(_ name: String, _ obstacle: ServerObstacle) {
        self.init(name, .problem, obstacle.detail, remedy: obstacle.remedy)
    }
}

extension RedisError {
    /// Whether Redis answered, and the answer was an error.
    var isRefusal: Bool {
        if case .reply = code { true } else { false }
    }
}
