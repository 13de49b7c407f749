import ArgumentParser
import BusStore
import BusWire
import CommandInterface
import LibevExecutor
import RedisConnection

/// `busdriver doctor`
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Looks whether Redis, the subscriptions and the neighbours are as they should be.",
        discussion: """
            Changes nothing but scratch keys of its own. Exit code 1 when there is a problem; with --strict also for a warning.

            Example:
              busdriver doctor
              busdriver doctor --scheduler --strict
              busdriver doctor --json | jq 'select(.verdict != "ok")'
            """)

    @Option(help: ArgumentHelp("A queue that events arrive on; may be given more than once.", valueName: "queue"))
    var incoming = ["bus_incoming"]

    @Flag(help: "Check also what a scheduler may do. Where one of ours leads, this is checked by itself.")
    var scheduler = false

    @Flag(help: "Warnings count as failure too.")
    var strict = false

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var findings: [Finding] = []
        try await redis.withSession(diagnoses: true) { session in findings = try await examine(session) }
        if output.json {
            for finding in findings { StandardOutput.write(finding.jsonValue) }
        } else {
            StandardOutput.write(findings.map(\.text).joined())
        }
        let verdicts = Set(findings.map(\.verdict))
        if verdicts.contains(.problem) || strict && verdicts.contains(.warning) { throw ExitCode.failed }
    }

    private func examine(_ session: Session) async throws -> [Finding] {
        let diagnosis = Diagnosis(connection: session.connection, bus: session.keys, incoming: incoming)
        let recovery = Recovery(
            connection: session.connection, bus: session.keys, digests: ScriptDigests(),
            fallbackQueue: incoming.first ?? "bus_incoming")
        return try await findings("Server") { () throws(RedisError) in try await diagnosis.server(session.server) }
            + findings("Persistence") { () throws(RedisError) in
                try await diagnosis.persistence(isLocal: session.connection.configuration.endpoint.isLocal)
            }
            + findings("Permissions") { () throws(RedisError) in try await diagnosis.permissions() }
            + findings("Change tracking") { () throws(RedisError) in try await ChangeTrackingCheck(session).findings() }
            + findings("Subscriptions") { () throws(RedisError) in
                SubscriptionCheck(try await LiveSubscriptions(session), queues: try await queuesWorkedOn(session))
                    .findings
            }
            + findings("Types of keys") { () throws(RedisError) in
                let live = try? await LiveSubscriptions(session)
                return try await diagnosis.types(of: Set(live?.subscriptions.map(\.queue) ?? []))
            }
            + findings("Leftovers") { () throws(RedisError) in try await diagnosis.leftovers(recovery) }
            + findings("Neighbours") { () throws(RedisError) in try await diagnosis.neighbours() }
            + findings("Schedulers") { () throws(RedisError) in
                try await diagnosis.schedulers(lock: session.schedulerLock)
            }
            + findings("Schedules") { () throws(RedisError) in
                ScheduleEntryCheck(try await session.schedules.contents()).findings
            }
            + findings("Scheduler's permissions") { () throws(RedisError) in
                guard try await isSchedulerMeant(session) else { return [] }
                return try await diagnosis.schedulerPermissions(lock: session.schedulerLock) + LocalTimeCheck().findings
            }
    }

    private func isSchedulerMeant(_ session: Session) async throws(RedisError) -> Bool {
        if scheduler { return true }
        let leader = try await SchedulerLock.holder(of: session.schedulerLock, session.connection)
        return leader.map { !$0.isRuby } ?? false
    }

    /// The queues other than incoming ones that living workers and riders name.
    private func queuesWorkedOn(_ session: Session) async throws(RedisError) -> [String] {
        let now = try await RedisClock(connection: session.connection).milliseconds
        let workers = try await Workers(connection: session.connection, bus: session.keys).all(now: now)
        let queues = workers.filter { $0.kind != .driver && !WorkerView($0, now: now / 1000).isStale }.flatMap(\.queues)
        return Set(queues).subtracting(incoming + ["*"]).sorted()
    }

    /// A check that Redis does not let happen is a finding too; only a lost connection ends the examination.
    private func findings(
        _ name: String, _ check: () async throws(RedisError) -> [Finding]
    ) async throws(RedisError) -> [Finding] {
        do throws(RedisError) {
            return try await check()
        } catch {
            // While Redis executes nothing there is nothing to find out.
            guard case .reply(let reply) = error.code, reply.kind != .busy, reply.kind != .loading else { throw error }
            return [
                Finding(
                    name, .problem, "Redis refused to answer: \(error.message)",
                    remedy: "Allow this user the command, or look at the key that has the wrong type.")
            ]
        }
    }
}

extension Finding {
    fileprivate var text: String {
        let mark =
            switch verdict {
            case .ok: "ok      "
            case .warning: "warning "
            case .problem: "PROBLEM "
            }
        let remedy = remedy.map { "          -> \(TextTable.oneLine($0))\n" } ?? ""
        return "\(mark)\(name): \(TextTable.oneLine(detail))\n\(remedy)"
    }

    fileprivate var jsonValue: JSONValue {
        [
            "check": .string(name), "verdict": .string(verdict.rawValue), "detail": .string(detail),
            "remedy": remedy.map { .string($0) } ?? nil,
        ]
    }
}
