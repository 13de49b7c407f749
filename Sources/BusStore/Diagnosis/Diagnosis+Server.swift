import RedisConnection

extension Diagnosis {
    /// Version, role, and whether Redis may throw events away.
    ///
    /// - Parameter server: what the handshake learned.
    public func server(_ server: RedisServerInfo) async throws(RedisError) -> [Finding] {
        [version(server), role(server), try await eviction()]
    }

    private func version(_ server: RedisServerInfo) -> Finding {
        guard server.version >= RedisVersion(6, 2) else {
            return Finding(
                "Redis version", .problem, "\(server.version) has no BLMOVE and LMOVE.",
                remedy: "Upgrade to Redis 6.2 or later; 7.0 is what BusDriver is tested with.")
        }
        return Finding("Redis version", .ok, "\(server.version)")
    }

    private func role(_ server: RedisServerInfo) -> Finding {
        switch server.role {
        case .master: Finding("Redis role", .ok, "This is a master.")
        case .replica:
            Finding(
                "Redis role", .problem, "This is a replica: it refuses every write.",
                remedy: "Give --redis the address of the master.")
        case .sentinel:
            Finding(
                "Redis role", .problem, "This is a sentinel, not a database.",
                remedy: "Give --redis the address of the master that the sentinel names.")
        }
    }

    private func eviction() async throws(RedisError) -> Finding {
        let name = "Eviction policy"
        do {
            let report = try await ServerReport(connection: connection)
            guard report.evictsEvents else { return Finding(name, .ok, report.evictionPolicy) }
            return Finding(
                name, .problem,
                "\(report.evictionPolicy): when memory is full Redis throws events and subscriptions away.",
                remedy: "CONFIG SET maxmemory-policy noeviction, and the same line in redis.conf.")
        } catch  where error.isRefusal {
            return Finding(
                name, .warning, "The policy cannot be read: \(error.message)",
                remedy: "Allow this user +info, and see that maxmemory-policy is noeviction or volatile-*.")
        }
    }
}

extension RedisError {
    /// Whether Redis answered, and the answer was an error.
    var isRefusal: Bool {
        if case .reply = code { true } else { false }
    }
}
