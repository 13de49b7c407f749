import RedisTestSupport
import Testing

/// A private redis-server with jobs on it, for one scenario with riders as processes, and the account that they keep of
/// their runs.
struct RiderFaultBench: LeasedProcessBench {
    let server: RedisServer

    init(on server: RedisServer) { self.server = server }

    static let registry = "resque:busdriver:riders"

    func start() throws -> BusDriverProcess { try rider() }

    /// Starts a rider that dies or stops at a point.
    func rider(crash: BusDriverProcess.PlannedCrash? = nil) throws -> BusDriverProcess {
        try BusDriverProcess(running: "LedgerRider", [server.url, "jobs"], on: server, crash: crash)
    }

    /// What the reserved lists of a rider hold.
    func held(by rider: BusDriverProcess, _ redis: RawRedis) throws -> Set<String> {
        let lists = try redis.call("KEYS", "resque:busdriver:reserved:*:\(rider.id):*").strings
        return Set(try lists.flatMap { try redis.call("LRANGE", $0, "0", "-1").strings })
    }
}

/// The jobs of one scenario, and what must have become of them.
struct JobAccount {
    private(set) var jobs: [String] = []

    /// Pushes the next jobs: mostly plain ones, some slow, some that fail at once or after a retry.
    mutating func push(_ count: Int, _ redis: RawRedis) throws {
        let more = (jobs.count..<jobs.count + count).map { number in
            let name = "\(number)-\(PayloadMarker.text)"
            return switch number % 20 {
            case 3: "\(name) fail"
            case 7, 13: "\(name) retry"
            case 11: "\(name) sleep 5"
            default: name
            }
        }
        jobs += more
        _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + more)
    }

    private func isRetried(_ job: String) -> Bool { job.hasSuffix("retry") }
    private func fails(_ job: String) -> Bool { isRetried(job) || job.hasSuffix("fail") }

    /// Nothing waits, and nothing is in hand.
    func isWorkedOff(_ redis: RawRedis) throws -> Bool {
        let answers = try redis.pipeline([
            ["MULTI"], ["EXISTS", "resque:queue:jobs"], ["KEYS", "resque:busdriver:reserved:*"], ["EXEC"],
        ])
        return answers[3] == .array([.integer(0), .array([])])
    }

    /// Compares what was run with what there was to run.
    ///
    /// - Parameter held: what riders had in hand when they died or were taken for dead. Only these may have begun once
    ///   more.
    func check(held: Set<String>, _ scenario: String, _ redis: RawRedis) throws {
        func counts(_ list: String) throws -> [String: Int] {
            try redis.call("LRANGE", list, "0", "-1").strings.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        let (began, ran) = (try counts("began"), try counts("ran"))
        let lost = jobs.filter { ran[$0, default: 0] < (isRetried($0) ? 2 : 1) }
        #expect(lost == [], "\(scenario): lost")
        let repeated = jobs.filter { began[$0, default: 0] > (isRetried($0) ? 2 : 1) }
        #expect(Set(repeated).isSubset(of: held), "\(scenario): repeated though not in hand")
        #expect(repeated.allSatisfy { began[$0, default: 0] <= (isRetried($0) ? 3 : 2) }, "\(scenario)")

        // A settlement is one step: what it counts and keeps is exact whatever died.
        let failed = try redis.call("LRANGE", "resque:failed", "0", "-1").strings
        #expect(failed.count == jobs.count(where: fails), "\(scenario): entries of failed")
        let processed = try redis.call("GET", "resque:stat:processed").string
        #expect(processed == String(jobs.count + jobs.count(where: isRetried)), "\(scenario): processed")
        #expect(try redis.call("KEYS", "resque:resque-retry:*").strings == [], "\(scenario): counters")
    }
}
