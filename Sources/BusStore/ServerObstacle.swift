import BusWire
import RedisConnection

/// What keeps everybody from working on a server until somebody changes it, or the address: one judgement for the start of
/// a service, for commands that run once, and for `busdriver doctor`.
public enum ServerObstacle: Sendable, Hashable {
    case replica
    case sentinel
    /// Redis may throw away events that nobody has driven.
    case eviction(policy: String)
    /// One command's keys are on different nodes of a cluster, or on another node; the reply that says so.
    case cluster(reply: String)

    /// - Parameter role: what the handshake learned; nil comes of a master.
    public init?(role: RedisServerInfo.Role) {
        switch role {
        case .master: return nil
        case .replica: self = .replica
        case .sentinel: self = .sentinel
        }
    }

    /// - Parameter report: nil comes of a server that evicts nothing of ours.
    public init?(report: ServerReport) {
        guard report.evictsEvents else { return nil }
        self = .eviction(policy: report.evictionPolicy)
    }

    /// - Parameter refusal: nil comes of one that has another reason than the server.
    public init?(refusal: RedisErrorReply) {
        switch refusal.kind {
        case .readOnly: self = .replica
        case .crossSlot, .moved: self = .cluster(reply: refusal.message)
        default: return nil
        }
    }

    /// Asks whether keys of ours lie where one command reaches them all; nil when they do, or the user may not ask.
    ///
    /// - Throws: `RedisError` when the connection is lost, or Redis is in a state that passes.
    public static func cluster(
        _ connection: any RedisClient, bus: BusKeys
    ) async throws(RedisError) -> ServerObstacle? {
        let reply = try await connection.send(RedisPipeline("EXISTS", bus.queues, bus.failed))[0]
        guard let refusal = reply.errorReply else { return nil }
        if refusal.isPassing { throw .refusal(refusal) }
        return ServerObstacle(refusal: refusal)
    }

    /// What is the matter, in a sentence.
    public var detail: String {
        switch self {
        case .replica: "This is a replica: it refuses every write."
        case .sentinel: "This is a sentinel, not a database."
        case .eviction(let policy):
            "maxmemory-policy is \(policy): when memory is full Redis throws events and subscriptions away."
        case .cluster(let reply): "This Redis is a cluster, and not all keys are on this node in one slot (\(reply))."
        }
    }

    /// What to do about it, in a sentence.
    public var remedy: String {
        switch self {
        case .replica: "Give --redis the address of the master."
        case .sentinel: "Give --redis the address of the master that the sentinel names."
        case .eviction: "CONFIG SET maxmemory-policy noeviction, and the same line in redis.conf."
        case .cluster:
            "Use a Redis that is no cluster; or a namespace in braces, as --namespace '{resque}', on the node that has "
                + "its slot."
        }
    }

    /// What ends a start.
    public var error: RedisError { RedisError(.configuration, "\(detail) \(remedy)") }
}
