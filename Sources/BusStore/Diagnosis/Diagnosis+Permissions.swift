import BusWire
import RedisConnection

extension Diagnosis {
    /// Every command and script of the driver under the current user, tried on scratch keys; and whether the user may touch
    /// the real ones.
    public func permissions() async throws(RedisError) -> [Finding] {
        let scratch = Scratch(bus: bus)
        return try await permissions(
            of: "the driver", commands: ("Commands and scripts", scratch.commands + scratch.scripts), in: scratch,
            keys: ("Keys", realKeys), lock: bus.schedulerLock)
    }

    /// What a scheduler needs besides: as ``permissions()``.
    ///
    /// - Parameter lock: the key of the schedulers' lock.
    public func schedulerPermissions(lock: String) async throws(RedisError) -> [Finding] {
        let scratch = Scratch(bus: bus)
        let keys = [
            lock, bus.delayedSchedule, bus.delayed(1), bus.timestamps("x"), bus.queues, bus.queue("x"), bus.failed,
            bus.waitingFailures, bus.persistentSchedules, bus.schedulesChanged, bus.scheduleSlots, bus.pausedSchedules,
            bus.publishedSchedules, bus.lastEnqueuedAt, bus.heartbeatLock, bus.heartbeatTimestamp,
        ]
        return try await permissions(
            of: "a scheduler",
            commands: ("Scheduler's commands", scratch.schedulerCommands + scratch.schedulerScripts), in: scratch,
            keys: ("Scheduler's keys", keys.map { ($0, ["EXISTS", $0]) }), lock: lock)
    }

    /// A command to be tried, and what to call it.
    typealias Trial = (name: String, words: [String])

    private func permissions(
        of whom: String, commands: (name: String, all: [Trial]), in scratch: Scratch,
        keys: (name: String, all: [Trial]), lock: String
    ) async throws(RedisError) -> [Finding] {
        let refused = try await refusals(of: commands.all)
        try await sweep(scratch)
        let allowed = "Everything that \(whom) needs is allowed."
        return findings(commands.name, refused, allowed, whatToAllow: "+@all, or at least these commands,")
            + findings(
                keys.name, try await refusals(of: keys.all), allowed, whatToAllow: "~\(bus.key("*")) and ~\(lock)")
    }

    private func findings(
        _ name: String, _ refusals: [Refusal], _ allowed: String, whatToAllow: String
    ) -> [Finding] {
        guard !refusals.isEmpty else { return [Finding(name, .ok, allowed)] }
        var rest = refusals
        var findings: [Finding] = []
        if refusals.contains(where: { $0.reply.kind == .outOfMemory }) {
            findings.append(
                Finding(
                    "Memory", .problem,
                    "Redis has reached maxmemory and refuses to write, so nothing is published or driven.",
                    remedy: "Raise it with CONFIG SET maxmemory, and in redis.conf; or remove what nobody needs."))
            // Without a write before them other commands fail as well.
            rest = refusals.filter { $0.reply.kind == .noPermission || $0.reply.kind == .unknownCommand }
        }
        guard !rest.isEmpty else { return findings }
        return findings + [
            Finding(
                name, .problem, Self.enumeration(rest.map { "\($0.name): \($0.reply.message)" }),
                remedy: "Allow this user \(whatToAllow) with ACL SETUSER, or upgrade Redis.")
        ]
    }

    private var realKeys: [Trial] {
        let keys = [
            bus.queues, bus.apps, bus.app("a"), bus.failed, bus.workers, bus.worker("w"), bus.stat("processed"),
            bus.pauseAllWorkers, bus.heartbeatLock, bus.heartbeatTimestamp, bus.drivers, bus.lease("x"),
            bus.driver("x"),
            bus.inFlight("x", 1), bus.dead("x"), bus.fixes, bus.suspects, bus.waitingFailures, bus.delayedSchedule,
            bus.delayed(1),
            bus.timestamps("x"), bus.schedulerLock, bus.queue("x"),
        ]
        return (keys + incoming.map(bus.queue)).map { ($0, ["EXISTS", $0]) }
    }

    /// A command that Redis did not execute.
    private struct Refusal {
        let name: String
        let reply: RedisErrorReply
    }

    /// Runs commands, and names those that were refused.
    private func refusals(of commands: [Trial]) async throws(RedisError) -> [Refusal] {
        var pipeline = RedisPipeline()
        for command in commands { pipeline.append(command.words) }
        let replies = try await connection.send(pipeline)
        return zip(commands, replies).compactMap { command, reply in
            reply.errorReply.map { Refusal(name: command.name, reply: $0) }
        }
    }

    private func sweep(_ scratch: Scratch) async throws(RedisError) {
        let leftovers = try await keys(beginningWith: scratch.prefix, limit: 1000)
        guard !leftovers.isEmpty else { return }
        var pipeline = RedisPipeline()
        pipeline.append(["DEL"] + leftovers)
        _ = try await connection.send(pipeline)
    }
}
