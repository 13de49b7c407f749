package import BusProtocol
import BusWire
package import RedisConnection

extension Diagnosis {
    /// What the current user lacks of the rights of roles, all at once, with a line that gives it to him; whether the
    /// server has the commands; and, where a driver or a scheduler has all of them, whether its scripts run, on scratch
    /// keys.
    ///
    /// - Parameter roles: whose rights are wanted; what doctor itself lacks is added.
    package func permissions(of roles: [RoleRights.Role]) async throws(RedisError) -> [Finding] {
        // Trials serve for nothing else, before or afterwards.
        let connection = try await connectAgain()
        do throws(RedisError) {
            let findings = try await permissions(of: roles, on: RightsTrial(connection: connection, bus: bus))
            await connection.close()
            return findings
        } catch {
            await connection.close()
            throw error
        }
    }

    private func permissions(
        of roles: [RoleRights.Role], on trial: RightsTrial
    ) async throws(RedisError) -> [Finding] {
        let login = try connection.configuration.credentials()?.username
        var findings: [Finding] = []
        var missing: [MissingRights] = []
        let hearing = try await hearing(try await connectSubscriber().feed)
        for role in roles + [.doctor] {
            let rights = RoleRights(role, bus: bus, lock: role == .scheduler || role == .doctor ? scope.lock : nil)
            missing.append(try await self.missing(of: rights, on: trial, hearing: hearing))
        }
        if let state = missing.lazy.compactMap(\.state).first { findings.append(Self.finding(of: state)) }
        findings += Self.findings(of: missing, user: try await userName() ?? login ?? "default")
        for lack in missing where lack.permitsScripts {
            findings += try await scripts(of: lack.role)
        }
        return findings
    }

    /// What the user lacks of a role's rights.
    ///
    /// - Parameter refusal: what ``hearing(_:)`` said.
    package func missing(
        of rights: RoleRights, on trial: RightsTrial, hearing refusal: RedisErrorReply?
    ) async throws(RedisError) -> MissingRights {
        var missing = MissingRights(rights.role)
        for refusal in try await trial.refusals(of: rights.commands) {
            missing.note(refusal.command, refusal.reply, channels: rights.channels)
        }
        if let refusal, rights.commands.contains("subscribe") {
            missing.note("subscribe", refusal, channels: rights.channels)
        }
        let readers = ["exists", "get", "llen", "smembers", "hget", "type"].filter(rights.commands.contains)
        // Who may not read at all is told of his keys once he may.
        if let reader = readers.first(where: { !(missing.commands + missing.unknown).contains($0) }) {
            let refused = try await trial.refusals(of: realKeys(of: rights), reading: reader).filter {
                $0.reply.kind == .noPermission
            }.map(\.key)
            let inside = bus.key("")
            missing.keys = rights.keys.filter { pattern in
                refused.contains { pattern == rights.keys[0] ? $0.hasPrefix(inside) : $0 == pattern }
            }
        }
        return missing
    }

    /// Why the announcements of changes cannot be heard; nil when they can.
    package func hearing(_ feed: any ChangeFeed) async throws(RedisError) -> RedisErrorReply? {
        do throws(RedisError) {
            try await feed.subscribe([ChangeTracking.invalidations, bus.barrier("doctor")]) { _, _ in }
            await feed.close()
            return nil
        } catch {
            await feed.close()
            guard case .reply(let refusal) = error.code else { throw error }
            return refusal
        }
    }

    private func userName() async throws(RedisError) -> String? {
        let reply = try await connection.send(RedisPipeline("ACL", "WHOAMI"))[0]
        return reply.errorReply == nil ? reply.string : nil
    }

    /// Keys that a role touches, one for each way in which a pattern could be too narrow.
    private func realKeys(of rights: RoleRights) -> [String] {
        let keys = [
            bus.queues, bus.apps, bus.app("a"), bus.failed, bus.workers, bus.worker("w"), bus.stat("processed"),
            bus.pauseAllWorkers, bus.busHeartbeatTimestamp, bus.drivers, bus.lease("x"), bus.driver("x"),
            bus.inFlight("x", 1), bus.delayedSchedule, bus.delayed(1), bus.timestamps("x"), bus.persistentSchedules,
            bus.schedulesChanged, bus.lastEnqueuedAt, bus.queue("x"),
        ]
        return keys + scope.incoming.map(bus.queue) + rights.keys.dropFirst()
    }
}

// MARK: - What to say

extension Diagnosis {
    static func findings(of missing: [MissingRights], user: String) -> [Finding] {
        let lacking = missing.filter { !$0.rules.isEmpty }
        var findings: [Finding] = []
        if lacking.isEmpty {
            let roles = missing.map { $0.role.phrase }.joined(separator: ", ")
            findings.append(Finding("Permissions", .ok, "The user \(user) may do all that is needed by \(roles)."))
        } else {
            let isFatal = lacking.contains { $0.isFatal && $0.role != .doctor }
            let rules = lacking.flatMap(\.rules)
            findings.append(
                Finding(
                    "Permissions", isFatal ? .problem : .warning,
                    "The user \(user) may not do all that is needed. " + lacking.map(\.sentence).joined(separator: " "),
                    remedy: "As a user who may: the line below, then ACL SAVE, or the same in redis.conf.",
                    command: ["redis-cli", "ACL", "SETUSER", user]
                        + rules.indices.filter { rules.firstIndex(of: rules[$0]) == $0 }.map { rules[$0] }))
        }
        for lack in missing where !lack.unknown.isEmpty {
            let isFatal = lack.isFatal && lack.role != .doctor
            findings.append(
                Finding(
                    "Commands", isFatal ? .problem : .warning,
                    "This server does not have all commands. " + lack.sentence(lacking: lack.unknown),
                    remedy: isFatal
                        ? "Use Redis \(RedisVersion.least) or later, or Valkey, without a proxy before it."
                        : "Nothing needs to be done."))
        }
        return findings
    }

    private static func finding(of state: RedisErrorReply) -> Finding {
        guard state.kind == .outOfMemory else { return Finding("Writes", refused: state) }
        return Finding(
            "Memory", .problem,
            "Redis has reached maxmemory and refuses to write, so nothing is published or driven.",
            remedy: "Raise it with CONFIG SET maxmemory, and in redis.conf; or remove what nobody needs.")
    }
}

extension MissingRights {
    /// Whether scripts can run as they do in their role.
    fileprivate var permitsScripts: Bool { !isFatal && state == nil && !(commands + unknown).contains("sort") }

    /// What is not allowed, and what the role does without.
    fileprivate var sentence: String {
        sentence(lacking: commands + keys + channels)
    }

    fileprivate func sentence(lacking: [String]) -> String {
        let substitutes = lacking.compactMap(RoleRights.substitute)
        let isWithout = !isFatal && role != .doctor && !substitutes.isEmpty
        let reasons = substitutes.indices.filter { substitutes.firstIndex(of: substitutes[$0]) == $0 }
        let who = role.phrase.prefix(1).uppercased() + role.phrase.dropFirst()
        return "\(who) lacks \(lacking.joined(separator: ", "))"
            + (isWithout ? ": \(reasons.map { substitutes[$0] }.joined(separator: ", "))." : ".")
    }
}

extension RoleRights.Role {
    /// With its article.
    fileprivate var phrase: String {
        switch self {
        case .driver: "a driver"
        case .scheduler: "a scheduler"
        case .rider: "a rider"
        case .application: "an application"
        case .operator: "an operator"
        case .doctor: "doctor itself"
        }
    }
}

// MARK: - Scripts

extension Diagnosis {
    /// A command to be tried, and what to call it.
    typealias Trial = (name: String, words: [String])

    /// Runs each script of a role once, on scratch keys.
    private func scripts(of role: RoleRights.Role) async throws(RedisError) -> [Finding] {
        let scratch = Scratch(bus: bus)
        let trials: [Trial]
        switch role {
        case .driver: trials = scratch.driverScripts
        case .scheduler: trials = scratch.schedulerScripts
        case .rider, .application, .operator, .doctor: return []
        }
        var pipeline = RedisPipeline()
        for trial in trials { pipeline.append(trial.words) }
        let refused = zip(trials, try await connection.send(pipeline)).compactMap { trial, reply in
            reply.errorReply.map { "\(trial.name): \($0.message)" }
        }
        try await sweep(scratch)
        let name = "Scripts of \(role.phrase)"
        guard !refused.isEmpty else { return [Finding(name, .ok, "Each runs on scratch keys.")] }
        return [
            Finding(
                name, .problem, Self.enumeration(refused),
                remedy: "Use Redis \(RedisVersion.least) or later, or Valkey, without a proxy before it.")
        ]
    }

    private func sweep(_ scratch: Scratch) async throws(RedisError) {
        let leftovers = try await keys(beginningWith: scratch.prefix, limit: 1000)
        guard !leftovers.isEmpty else { return }
        var pipeline = RedisPipeline()
        pipeline.append(["DEL"] + leftovers)
        _ = try await connection.send(pipeline)
    }
}
