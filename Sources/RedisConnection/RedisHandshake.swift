/// The commands that begin every connection, sent at once, and what to make of the replies.
///
/// Not HELLO: RESP3 replies are protocol errors to hiredis 0.14.
struct RedisHandshake {
    private enum Step: String {
        case authenticate = "AUTH"
        case setName = "CLIENT SETNAME"
        case select = "SELECT"
        case clientID = "CLIENT ID"
        case role = "ROLE"
        case information = "INFO"
    }

    private(set) var pipeline = RedisPipeline()
    private var steps: [Step] = []

    init(database: Int, clientName: String?, credentials: RedisCredentials?) {
        if let credentials {
            add(.authenticate, ["AUTH"] + [credentials.username, credentials.password].compactMap { $0 })
        }
        if let clientName { add(.setName, ["CLIENT", "SETNAME", clientName]) }
        if database != 0 { add(.select, ["SELECT", String(database)]) }
        add(.clientID, ["CLIENT", "ID"])
        add(.role, ["ROLE"])
        add(.information, ["INFO", "server"])
    }

    private mutating func add(_ step: Step, _ words: [String]) {
        steps.append(step)
        pipeline.append(words)
    }

    func serverInfo(from replies: RedisReplies) throws(RedisError) -> RedisServerInfo {
        var info = RedisServerInfo(runID: "", version: RedisVersion(0, 0), role: .master, clientID: 0)
        for (step, reply) in zip(steps, replies) {
            if let error = reply.errorReply { throw Self.failure(of: step, error) }
            switch step {
            case .authenticate, .setName, .select: break
            case .clientID: info.clientID = reply.integer ?? 0
            case .role: info.role = try Self.role(reply)
            case .information: try Self.read(reply, into: &info)
            }
        }
        return info
    }

    private static func failure(of step: Step, _ error: RedisErrorReply) -> RedisError {
        switch error.kind {
        case .noAuth:
            RedisError(.authentication, "Redis wants a password and none is configured (\(error.message)).")
        case .wrongPassword:
            RedisError(.authentication, "Redis refused the user or password (\(error.message)).")
        case .noPermission:
            RedisError(.authentication, "The Redis user needs the permission for \(step.rawValue) (\(error.message)).")
        case .maxClients:
            RedisError(.unreachable, "Redis has no connection left (\(error.message)).", underlying: error)
        case _ where error.isPassing:
            RedisError(.reply(error), "Redis cannot work (\(error.message)).")
        default:
            switch step {
            case .authenticate:
                RedisError(.authentication, "Redis did not accept AUTH (\(error.message)).")
            case .select:
                RedisError(.configuration, "The database cannot be selected (\(error.message)).")
            case .setName:
                RedisError(.configuration, "The client name cannot be set (\(error.message)).")
            case .clientID, .role, .information:
                RedisError(.reply(error), "Redis refused \(step.rawValue) (\(error.message)).")
            }
        }
    }

    private static func role(_ reply: RedisReply) throws(RedisError) -> RedisServerInfo.Role {
        switch reply.count > 0 ? reply[0].string : nil {
        case "master": return .master
        case "slave": return .replica
        case "sentinel": return .sentinel
        default: throw RedisError(.protocolViolation, "The peer answered ROLE with something else than a role.")
        }
    }

    private static func read(_ reply: RedisReply, into info: inout RedisServerInfo) throws(RedisError) {
        for line in (reply.string ?? "").split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...]
            switch line[..<colon] {
            case "redis_version": info.version = RedisVersion(parsing: value)
            case "run_id": info.runID = String(value)
            default: break
            }
        }
        guard !info.runID.isEmpty else {
            throw RedisError(.protocolViolation, "The peer answered INFO without a run_id; it is not a Redis.")
        }
    }
}
