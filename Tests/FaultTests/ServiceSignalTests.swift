import Foundation
import RedisTestSupport
import Testing

/// What Resque's and resque-scheduler's signals do to `busdriver run`, under load (F22).
extension ProcessFaults {
    /// What a process of `busdriver run` does.
    enum ServiceKind: String, CaseIterable, Sendable {
        case driver, driverOfTwoLists, scheduler, driverAndScheduler

        var drives: Bool { self != .scheduler }
        var schedules: Bool { self == .scheduler || self == .driverAndScheduler }

        func arguments(schedule: String) -> [String] {
            switch self {
            case .driver: []
            case .driverOfTwoLists: ["--incoming", "bus_incoming", "--incoming", "second"]
            case .scheduler: ["--roles", "scheduler", "--schedule", schedule]
            case .driverAndScheduler: ["--roles", "driver,scheduler", "--schedule", schedule]
            }
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: ServiceKind.allCases, [SIGTERM, SIGQUIT])
    func signalsMeanWhatTheyMeanToResque(kind: ServiceKind, end: Int32) async throws {
        try await FaultBench.run { bench, redis in
            let schedule = "\(bench.server.directory)/schedule.yml"
            try "nightly: {cron: 0 3 * * *, queue: reports, class: Report}\n"
                .write(toFile: schedule, atomically: true, encoding: .utf8)
            let process = try BusDriverProcess(on: bench.server, arguments: kind.arguments(schedule: schedule))
            let delayed = DelayedLedger()
            let loads = [
                kind.drives ? bench.startPublishing() : nil,
                kind.schedules ? delayed.startAdding(on: bench.server) : nil,
            ].compactMap { $0 }
            let queue = kind.drives ? "ledger_all_default" : "ledger_a"
            try await Self.expect("it works", process) {
                try redis.call("LLEN", "resque:queue:\(queue)").integer ?? 0 > 0
            }
            for round in 1...3 {
                process.signal(SIGHUP)
                try await Self.expect("it survives", process) { process.log.contains("SIGHUP changes nothing") }
                process.signal(SIGUSR1)
                try await Self.expect("it reports", process) {
                    let counts = process.log.components(separatedBy: "driven in all").count - 1
                    let lists = process.log.components(separatedBy: "name=nightly").count - 1
                    return counts == (kind.drives ? round : 0) && lists == (kind.schedules ? round : 0)
                }
                process.signal(SIGUSR2)
                if kind.schedules {
                    try await Self.expect("it reads its file", process) {
                        process.log.components(separatedBy: "read the schedules anew").count == round + 1
                    }
                    process.signal(SIGCONT)
                } else {
                    try await Self.checkPause(of: process, bench, redis, drivers: kind == .driver ? 1 : 2)
                }
            }
            #expect(process.log.components(separatedBy: "SIGHUP changes nothing").count == 2, "it is said once")
            #expect(!kind.schedules || !process.log.contains("paused"))
            for load in loads { try load.finish() }
            if kind.drives {
                try await Self.expect("everything is driven", process) { try bench.ledger.isDriven(on: redis) }
            }
            if kind.schedules {
                try await Self.expect("everything is moved", process) {
                    try redis.call("ZCARD", "resque:delayed_queue_schedule").integer == 0
                }
            }
            process.signal(end)
            try await Self.expect("it ends", process) { !process.isRunning }
            #expect(process.ending == .exit(0), "\(process.log)")
            if kind.drives { #expect(try bench.ledger.verdict(on: redis) == .clean) }
            if kind.schedules {
                let verdict = try delayed.verdict(on: redis, nil)
                #expect(verdict.isClean, "\(verdict)")
            }
        }
    }

    /// It claims nothing within a second, keeps its lease, says so to others, and goes on when it is told to.
    private static func checkPause(
        of process: BusDriverProcess, _ bench: FaultBench, _ redis: RawRedis, drivers: Int
    ) async throws {
        func paused() throws -> Int {
            try redis.call("ZRANGE", "resque:busdriver:drivers", "0", "-1").strings
                .count { try redis.call("HGET", "resque:busdriver:d:\($0)", "paused").string == "1" }
        }
        func copies() throws -> Int { try redis.call("LLEN", "resque:queue:ledger_all_default").integer ?? 0 }
        func waiting() throws -> Int { try redis.call("LLEN", "resque:queue:bus_incoming").integer ?? 0 }

        let leases = try redis.call("ZRANGE", "resque:busdriver:drivers", "0", "-1", "WITHSCORES").strings
        try await pollUntil("it pauses: \(process.log)", within: .seconds(1)) {
            try paused() == drivers && redis.call("KEYS", "resque:busdriver:inf:*").strings == []
        }
        let before = try (copies: copies(), waiting: waiting())
        try await Self.expect("events wait", process) { try waiting() > before.waiting + 500 }
        #expect(try copies() == before.copies)
        try await Self.expect("its leases are renewed", process) {
            try redis.call("ZRANGE", "resque:busdriver:drivers", "0", "-1", "WITHSCORES").strings != leases
        }
        let workers = try BusDriverProcess(
            running: "busdriver", ["workers", "--redis", bench.server.url, "--json"], on: bench.server)
        try await pollUntil("workers answers") { workers.ending != nil }
        #expect(workers.log.components(separatedBy: #""paused":true"#).count == drivers + 1, "\(workers.log)")
        let doctor = try BusDriverProcess(
            running: "busdriver", ["doctor", "--redis", bench.server.url], on: bench.server)
        try await pollUntil("doctor answers") { doctor.ending != nil }
        #expect(doctor.ending == .exit(2) && doctor.log.contains("SIGUSR2 has paused all who drive it"))

        process.signal(SIGCONT)
        try await Self.expect("it goes on", process) { try copies() > before.copies + 500 }
        try await Self.expect("it says so", process) { try paused() == 0 }
    }

    private static func expect(
        _ event: String, _ process: BusDriverProcess, _ condition: () async throws -> Bool
    ) async throws {
        do {
            try await pollUntil(event, condition)
        } catch {
            Issue.record("\(event): \(process.log)")
            throw error
        }
    }

    /// The driver is asked before there is a Redis to be seen.
    @Test(.timeLimit(.minutes(1))) func aPauseThatComesBeforeRedisIsHeeded() async throws {
        try await FaultBench.run { bench, redis in
            bench.server.suspend()
            let driver = try bench.driver()
            try await Self.expect("it waits for Redis", driver) { driver.log.contains("Redis cannot be used") }
            for number in [SIGHUP, SIGUSR1, SIGUSR2] { driver.signal(number) }
            try await Self.expect("it obeys", driver) {
                ["SIGHUP changes nothing", "driven in all", "paused by SIGUSR2"].allSatisfy(driver.log.contains)
            }
            bench.server.resume()
            try bench.ledger.publish(10, on: redis)
            try await Self.expect("it shows as paused", driver) {
                let id = try redis.call("ZRANGE", "resque:busdriver:drivers", "0", "-1").strings.first ?? ""
                return try redis.call("HGET", "resque:busdriver:d:\(id)", "paused").string == "1"
            }
            #expect(try redis.call("LLEN", "resque:queue:bus_incoming").integer == 10)
            driver.signal(SIGCONT)
            try await Self.expect("it drives", driver) { try bench.ledger.isDriven(on: redis) }
            #expect(try bench.ledger.verdict(on: redis) == .clean)
            try await bench.stopCleanly(driver, redis, "early signals")
        }
    }

    /// Nobody obeys yet: the process still reads the password, for which somebody lets it wait.
    @Test(.timeLimit(.minutes(1))) func signalsThatComeBeforeAnybodyObeysAreKept() async throws {
        try await FaultBench.run { bench, redis in
            let fifo = "\(bench.server.directory)/password"
            #expect(mkfifo(fifo, 0o600) == 0)
            try redis.call("CONFIG", "SET", "requirepass", "secret")
            let driver = try BusDriverProcess(on: bench.server, arguments: ["--redis-password-file", fifo])
            var writer: CInt = -1
            defer { close(writer) }
            try await Self.expect("it reads", driver) {
                writer = open(fifo, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
                return writer >= 0
            }
            for number in [SIGUSR1, SIGUSR2, SIGHUP] { driver.signal(number) }
            try await Self.expect("it survives", driver) { driver.log.contains("SIGHUP changes nothing") }
            #expect(!driver.log.contains("paused"))
            #expect(write(writer, "secret\n", 7) == 7)
            close(writer)
            writer = -1
            try await Self.expect("it obeys", driver) {
                ["driven in all", "paused by SIGUSR2"].allSatisfy(driver.log.contains)
            }
            driver.signal(SIGCONT)
            try bench.ledger.publish(10, on: redis)
            try await Self.expect("it drives", driver) { try bench.ledger.isDriven(on: redis) }
            try await bench.stopCleanly(driver, redis, "signals before its start")
        }
    }

    @Test(.timeLimit(.minutes(1))) func aServiceKeepsThePIDFileOfItsEnvironment() async throws {
        try await FaultBench.run { bench, redis in
            let path = "\(bench.server.directory)/busdriver.pid"
            func start() throws -> BusDriverProcess {
                try BusDriverProcess(on: bench.server, environment: ["PIDFILE=\(path)"])
            }
            func content() -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

            let killed = try start()
            try await Self.expect("it writes its id", killed) { content() == "\(killed.id)\n" }
            let second = try start()
            try await Self.expect("the second one ends", second) { !second.isRunning }
            #expect(second.ending == .exit(78))
            #expect(second.log.contains("belongs to process \(killed.id), which is running"), "\(second.log)")
            #expect(content() == "\(killed.id)\n")
            killed.kill()
            let successor = try start()
            try await Self.expect("the stale one is replaced", successor) { content() == "\(successor.id)\n" }
            try await Self.expect("it drives", successor) { successor.log.contains("driving") }
            try await bench.stop(successor, "its end")
            #expect(content() == nil)

            bench.server.suspend()
            let hurried = try start()
            try await Self.expect("it waits for Redis", hurried) { hurried.log.contains("Redis cannot be used") }
            hurried.signal(SIGUSR1)
            hurried.signal(SIGTERM)
            try await Self.expect("it ends", hurried) { !hurried.isRunning }
            #expect(content() == nil)
            bench.server.resume()
        }
    }
}
