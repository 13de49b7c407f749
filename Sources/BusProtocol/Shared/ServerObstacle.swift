package import BusWire
package import RedisConnection

/// What keeps everybody from working on a server until somebody changes it, or the address: one judgement for the start
/// of a service, for commands that run once, and for `busdriver doctor`.
package enum ServerObstacle: Sendable, Hashable {
    /// Where its master is, as the replica says: `host:port`.
    case replica(of: String?)
    /// The masters that it watches, each `name at host:port`.
    case sentinel(watching: [String])
    /// KeyDB that writes beside other nodes.
    case activeReplica
    /// Redis may throw away events that nobody has driven.
    case eviction(policy: String)
    /// One command's keys are on different nodes of a cluster, or on another node; the reply that says so.
    case cluster(reply: String)

    /// What the role of a server stands in the way of; nil for a master. A sentinel is asked which masters it watches.
    ///
    /// - Parameter server: what the handshake of `connection` learned.
    /// - Throws: `RedisError` when the connection is lost.
    package static func role(
        of server: RedisServerInfo, _ connection: any RedisClient
    ) async throws(RedisError) -> ServerObstacle? {
        switch server.role {
        case .master: return nil
        case .replica: return .replica(of: server.master)
        case .activeReplica: return .activeReplica
        case .sentinel:
            let watched = try await connection.send(RedisPipeline("SENTINEL", "MASTERS"))[0]
            return .sentinel(watching: watched.elements.prefix(5).compactMap(Self.master))
        }
    }

    /// One element of `SENTINEL MASTERS`: names and values in turn.
    private static func master(_ reply: RedisReply) -> String? {
        let texts = reply.elements.map { $0.string ?? "" }
        func value(_ name: String) -> String? {
            texts.firstIndex(of: name).flatMap { $0 + 1 < texts.count ? texts[$0 + 1] : nil }
        }
        guard let name = value("name"), let host = value("ip"), let port = value("port") else { return nil }
        return "\(name) at \(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    /// - Parameter report: nil comes of a server that evicts nothing of ours.
    package init?(report: ServerReport) {
        guard report.evictsEvents else { return nil }
        self = .eviction(policy: report.evictionPolicy)
    }

    /// - Parameter refusal: nil comes of one that has another reason than the server.
    package init?(refusal: RedisErrorReply) {
        switch refusal.kind {
        case .readOnly: self = .replica(of: nil)
        case .crossSlot, .moved: self = .cluster(reply: refusal.message)
        default: return nil
        }
    }

    /// Asks whether keys of ours lie where one command reaches them all; nil when they do, or the user may not ask.
    ///
    /// - Throws: `RedisError` when the connection is lost, or Redis is in a state that passes.
    package static func cluster(
        _ connection: any RedisClient, bus: BusKeys
    ) async throws(RedisError) -> ServerObstacle? {
        let reply = try await connection.send(RedisPipeline("EXISTS", bus.queues, bus.failed))[0]
        guard let refusal = reply.errorReply else { return nil }
        if refusal.isPassing { throw .refusal(refusal) }
        return ServerObstacle(refusal: refusal)
    }

    /// What is the matter, in a sentence.
    package var detail: String {
        switch self {
        case .replica: "This is a replica: it refuses every write."
        case .sentinel: "This is a sentinel, not a database."
        case .activeReplica:
            "This KeyDB is an active replica: what one node has given out, another may give out again."
        case .eviction(let policy):
            "maxmemory-policy is \(policy): when memory is full Redis throws events and subscriptions away."
        case .cluster(let reply): "This Redis is a cluster, and not all keys are on this node in one slot (\(reply))."
        }
    }

    /// What to do about it, in a sentence.
    package var remedy: String {
        switch self {
        case .replica(let master):
            "Give --redis the address of the master" + (master.map { ": redis://\($0) by its own word." } ?? ".")
        case .sentinel(let masters):
            "Give --redis the address of the master that the sentinel names"
                + (masters.isEmpty ? "." : ": \(masters.joined(separator: ", ")).")
        case .activeReplica: "Set active-replica no, and have one master, in keydb.conf; or use Redis or Valkey."
        case .eviction: "CONFIG SET maxmemory-policy noeviction, and the same line in redis.conf."
        case .cluster:
            "Use a Redis that is no cluster; or a namespace in braces, as --namespace '{resque}', on the node that has "
                + "its slot."
        }
    }

    /// What ends a start.
    package var error: RedisError { RedisError(.configuration, "\(detail) \(remedy)") }
}
