/// The commands that begin every connection, sent at once, and what to make of the replies.
///
/// What a server never has, or a user may not do, is done without where something else serves: nobody needs a client's
/// name, and the role is told by `ROLE` and by `INFO` alike. Managed servers lack one or the other.
///
/// Not HELLO: RESP3 replies are protocol errors to hiredis 0.14.
struct RedisHandshake {
    private enum Step: String {
        case authenticate = "AUTH"
        case setName = "CLIENT SETNAME"
        case select = "SELECT"
        case clientID = "CLIENT ID"
        case role = "ROLE"
        case information = "INFO server"
        case replication = "INFO replication"

        /// Whether the connection serves without it.
        var isDispensable: Bool {
            switch self {
            case .authenticate, .select: false
            case .setName, .clientID, .role, .information, .replication: true
            }
        }
    }

    private(set) var pipeline = RedisPipeline()
    private let needsRole: Bool
    private var steps: [Step] = []

    /// - Parameter needsRole: whether a server that tells its role to nobody is refused, or taken for a master.
    init(database: Int, clientName: String?, credentials: RedisCredentials?, needsRole: Bool = true) {
        self.needsRole = needsRole
        if let credentials {
            add(.authenticate, ["AUTH"] + [credentials.username, credentials.password].compactMap { $0 })
        }
        if let clientName { add(.setName, ["CLIENT", "SETNAME", clientName]) }
        if database != 0 { add(.select, ["SELECT", String(database)]) }
        add(.clientID, ["CLIENT", "ID"])
        add(.role, ["ROLE"])
        add(.information, ["INFO", "server"])
        add(.replication, ["INFO", "replication"])
    }

    private mutating func add(_ step: Step, _ words: [String]) {
        steps.append(step)
        pipeline.append(words)
    }

    func serverInfo(from replies: RedisReplies) throws(RedisError) -> RedisServerInfo {
        var role: RedisServerInfo.Role?
        var master: String?
        var clientID: Int?
        var report: [Substring: Substring] = [:]
        var refusals: [Step: RedisErrorReply] = [:]
        for (step, reply) in zip(steps, replies) {
            if let error = reply.errorReply {
                if let failure = Self.failure(of: step, error) { throw failure }
                refusals[step] = error
                continue
            }
            switch step {
            case .authenticate, .setName, .select: break
            case .clientID: clientID = reply.integer
            case .role:
                role = try Self.role(reply)
                if role == .replica, reply.count > 2 { master = Self.address(reply[1].string, reply[2].integer) }
            case .information, .replication: report.merge(Self.fields(of: reply)) { $1 }
            }
        }
        if refusals[.information] == nil { try Self.confirmRedis(report) }
        guard let role = role ?? Self.role(in: report) ?? (needsRole ? nil : .master) else {
            throw Self.unknownRole(refusals)
        }
        if role == .replica, master == nil {
            master = Self.address(report["master_host"].map(String.init), report["master_port"].flatMap { Int($0) })
        }
        return RedisServerInfo(
            runID: report["run_id"].map(String.init), version: report["redis_version"].map(RedisVersion.init(parsing:)),
            product: RedisProduct(report), role: role, master: master, clientID: clientID)
    }

    // MARK: - Refusals

    /// What a refusal means to the connection; nil where that serves without the step.
    private static func failure(of step: Step, _ error: RedisErrorReply) -> RedisError? {
        switch error.kind {
        case .noAuth:
            return RedisError(.authentication, "Redis wants a password and none is configured (\(error.message)).")
        case .wrongPassword:
            return RedisError(.authentication, "Redis refused the user or password (\(error.message)).")
        case .maxClients:
            return RedisError(
                .unreachable, "Redis has no connection left (\(error.message)).", underlying: error)
        case _ where error.isPassing:
            return RedisError(.reply(error), "Redis cannot work (\(error.message)).")
        case _ where step.isDispensable:
            return nil
        case .noPermission:
            return RedisError(
                .authentication, "The Redis user needs the permission for \(step.rawValue) (\(error.message)).")
        default:
            return step == .authenticate
                ? RedisError(.authentication, "Redis did not accept AUTH (\(error.message)).")
                : RedisError(.configuration, "The database cannot be selected (\(error.message)).")
        }
    }

    /// Neither `ROLE` nor `INFO` tells the role.
    private static func unknownRole(_ refusals: [Step: RedisErrorReply]) -> RedisError {
        guard let role = refusals[.role], let information = refusals[.replication] else {
            return RedisError(.protocolViolation, "The peer tells its role neither by ROLE nor by INFO replication.")
        }
        let isForbidden = [role, information].contains { $0.kind == .noPermission }
        return RedisError(
            isForbidden ? .authentication : .configuration,
            "Nobody can tell whether this Redis is a master: "
                + (isForbidden ? "allow this user +role or +info by ACL SETUSER" : "it has neither ROLE nor INFO")
                + " (\(role.message); \(information.message)).")
    }

    // MARK: - Replies

    private static func role(_ reply: RedisReply) throws(RedisError) -> RedisServerInfo.Role {
        switch reply.count > 0 ? reply[0].string : nil {
        case "master": return .master
        case "slave": return .replica
        case "sentinel": return .sentinel
        case "active-replica": return .activeReplica
        default: throw RedisError(.protocolViolation, "The peer answered ROLE with something else than a role.")
        }
    }

    private static func role(in report: [Substring: Substring]) -> RedisServerInfo.Role? {
        if report["redis_mode"] == "sentinel" { return .sentinel }
        return switch report["role"] {
        case "master": .master
        case "slave": .replica
        case "active-replica": .activeReplica
        default: nil
        }
    }

    private static func address(_ host: String?, _ port: Int?) -> String? {
        guard let host, !host.isEmpty, let port, port > 0 else { return nil }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// The lines `name:value` of an answer of `INFO`.
    private static func fields(of reply: RedisReply) -> [Substring: Substring] {
        let lines = (reply.string ?? "").split(whereSeparator: \.isNewline)
        let pairs = lines.compactMap { line in
            line.firstIndex(of: ":").map { (line[..<$0], line[line.index(after: $0)...]) }
        }
        return Dictionary(pairs) { $1 }
    }

    private static func confirmRedis(_ report: [Substring: Substring]) throws(RedisError) {
        guard report["redis_version"] ?? report["run_id"] != nil else {
            throw RedisError(.protocolViolation, "The peer answered INFO without a redis_version; it is not a Redis.")
        }
    }
}
