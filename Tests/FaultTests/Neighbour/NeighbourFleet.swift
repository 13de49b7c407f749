import Foundation
import Glibc
import RedisTestSupport
import Testing

/// Three drivers, one of which schedules too, another scheduler, and two riders, all as one user of Redis, which is not
/// the administrator. For the scenario's own thread.
final class NeighbourFleet {
    enum Role: String, CaseIterable, CustomStringConvertible {
        case driver, driverAndScheduler, scheduler, rider

        var description: String { rawValue }
    }

    static let user = "fleet"
    static let password = "of-the-fleet"

    /// It fires twice a second, so that one sees soon whether somebody leads.
    static let schedule = """
        tick:
          every: 0.5s
          class: Tick
          queue: recurring_tick

        """

    private(set) var members: [(role: Role, process: BusDriverProcess)] = []
    private let server: RedisServer
    /// Where the riders' handlers write.
    private var notesPath: String { server.directory + "/notes" }
    private var schedulePath: String { server.directory + "/schedule.yml" }

    init(on server: RedisServer, _ redis: RawRedis) throws {
        self.server = server
        try redis.call("ACL", "SETUSER", Self.user, "on", ">\(Self.password)", "~*", "&*", "+@all")
        try Self.schedule.write(toFile: schedulePath, atomically: true, encoding: .utf8)
        for role in [Role.driver, .driver, .driverAndScheduler, .scheduler, .rider, .rider] {
            members.append((role, try start(role)))
        }
    }

    private func start(_ role: Role) throws -> BusDriverProcess {
        let url = "unix://\(Self.user):\(Self.password)@\(server.socketPath)"
        let scheduler = ["--schedule", schedulePath, "--heartbeat", "--leader-lock", "2s"]
        func busdriver(_ roles: String, _ options: [String]) throws -> BusDriverProcess {
            try BusDriverProcess(
                running: "busdriver", ["run", "--redis", url, "--roles", roles, "--lease", "1s"] + options, on: server)
        }
        return switch role {
        case .driver: try busdriver("driver", [])
        case .driverAndScheduler: try busdriver("driver,scheduler", scheduler)
        case .scheduler: try busdriver("scheduler", scheduler)
        case .rider:
            try BusDriverProcess(
                running: "RiderUnderTest", [], on: server,
                environment: ["REDIS_URL=\(url)", "NOTES=\(notesPath)", "SUBSCRIBES=1", "LEASE_MILLISECONDS=1000"])
        }
    }

    /// Starts a process in the place of one that has ended.
    func replace(_ index: Int) throws {
        members[index].process.kill()
        members[index].process = try start(members[index].role)
    }

    /// Complains about each process that has ended though nobody asked it to, and starts another in its place.
    func complainAndReplace(after harm: String) throws {
        for index in members.indices {
            guard let ending = members[index].process.ending else { continue }
            Issue.record("after \(harm): a \(members[index].role) ended with \(ending): \(lastWords(index))")
            try replace(index)
        }
    }

    /// Replaces the schedule file, and has it read anew by those that schedule.
    func writeSchedule(_ text: String) throws {
        try text.write(toFile: schedulePath, atomically: true, encoding: .utf8)
        for member in members where member.role == .driverAndScheduler || member.role == .scheduler {
            member.process.signal(SIGUSR2)
        }
    }

    /// What the riders' handlers have noted: event id to how often.
    func notes() -> [String: Int] {
        let text = (try? String(contentsOfFile: notesPath, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").reduce(into: [:]) { counts, line in
            counts[String(line.drop { $0 != " " }.dropFirst()), default: 0] += 1
        }
    }

    /// The end of what each has logged.
    var lastWords: String { members.indices.map { "\(members[$0].role): \(lastWords($0))" }.joined(separator: "\n") }

    /// Of one that has trapped: why, and where.
    private func lastWords(_ index: Int) -> String {
        let log = members[index].process.log
        let trap = log.split(separator: "\n").filter { $0.contains("Fatal error") || $0.contains("/Sources/") }
        return trap.isEmpty ? String(log.suffix(600)) : trap.prefix(12).joined(separator: "\n")
    }

    /// Ends all in order. None of them may have logged a payload.
    func stop() async throws {
        for member in members { member.process.signal(SIGTERM) }
        for (index, member) in members.enumerated() {
            let ended = try? await pollUntil("it has ended", within: .seconds(10)) { !member.process.isRunning }
            #expect(
                ended != nil && member.process.ending == .exit(0),
                "a \(member.role) was asked to end: \(String(describing: member.process.ending)): \(lastWords(index))")
            member.process.kill()
        }
    }
}
