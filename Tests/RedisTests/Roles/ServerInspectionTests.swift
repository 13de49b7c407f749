import BusDriver
import BusOperations
import BusScheduler
import BusWire
import Foundation
import Logging
import RedisConnection
import RedisTestSupport
import Testing

/// A role does not begin on a server that would lose events, whoever runs it: in `busdriver run` the gate asks for all
/// roles, elsewhere each asks by itself.
@Suite(.timeLimit(.minutes(1))) struct ServerInspectionTests {
    @Test func aDriverDoesNotBeginWhereRedisEvicts() async throws {
        try await RoleBench.run(config: ["maxmemory-policy allkeys-lru"]) { bench in
            let raw = try bench.client()
            let events = RubyClient(raw)
            try events.push("event")
            let driver = bench.driver(try bench.configuration())
            let error = await #expect(throws: RedisError.self) { try await bench.start(driver).value }
            #expect(error?.code == .configuration)
            #expect(error?.message.contains("noeviction") == true)
            #expect(try raw.queues() == ["queue:bus_incoming": ["event"]])
            #expect(try raw.residue() == [])
        }
    }

    @Test func aSchedulerDoesNotBeginWhereRedisEvicts() async throws {
        try await RoleBench.run(config: ["maxmemory-policy allkeys-random"]) { bench in
            let scheduler = bench.scheduler(try bench.schedulerConfiguration())
            let error = await #expect(throws: RedisError.self) { try await bench.start(scheduler).value }
            #expect(error?.code == .configuration)
            #expect(try bench.client().call("EXISTS", RawRedis.schedulerLock).integer == 0)
        }
    }

    @Test func noRoleBeginsOnAClusterThatSpreadsTheKeys() async throws {
        try await RoleBench.run(config: ["cluster-enabled yes"]) { bench in
            let raw = try bench.client()
            try raw.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
            try await pollUntil("the cluster is up") {
                try raw.call("CLUSTER", "INFO").string?.contains("cluster_state:ok") == true
            }
            for run in [
                { _ = try await bench.start(bench.driver(try bench.configuration())).value },
                { _ = try await bench.start(bench.scheduler(try bench.schedulerConfiguration())).value },
            ] as [() async throws -> Void] {
                let error = await #expect(throws: RedisError.self) { try await run() }
                #expect(error?.code == .configuration && error?.message.contains("--namespace '{resque}'") == true)
            }
        }
    }

    /// One that has begun goes on: what is in its hands is safer with it than with nobody.
    @Test func aDriverThatHasBegunGoesOn() async throws {
        try await RoleBench.run { bench in
            let raw = try bench.client()
            let driver = bench.driver(try bench.configuration())
            try await bench.whileRunning(driver) {
                try await pollUntil("the driver is registered") {
                    try !raw.call("SMEMBERS", "resque:workers").strings.isEmpty
                }
                try raw.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
                try raw.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
                try await pollUntil("it has come back") { await driver.statistics.reconnects > 0 }
                try RubyClient(raw).push("no job")
                try await pollUntil("it drives") { await driver.statistics.failed == 1 }
            }
        }
    }

    @Test func whoMayNotAskIsWarnedOnce() async throws {
        try await RoleBench.run { bench in
            let configuration = try bench.configurationOfUser()
            try bench.client().call("ACL", "SETUSER", "bus", "-info")
            let log = CapturedLog()
            let driver = bench.driver(configuration, log: log)
            try await bench.whileRunning(driver) {
                try await pollUntil("the driver has begun") { log.lines(with: "driving").isEmpty == false }
                try bench.client().call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
                try await pollUntil("it has come back") { await driver.statistics.reconnects > 0 }
            }
            #expect(log.lines(with: "maxmemory-policy cannot be read").count == 1)
        }
    }

    // MARK: - The gate of a process

    private func gate(_ bench: RoleBench, waits: Bool, queues: [String] = [], log: CapturedLog) throws -> ServerGate {
        ServerGate(
            redis: RedisConfiguration(endpoint: try RedisEndpoint(parsing: bench.server.url)), keys: .init(),
            queues: queues, waits: waits, executor: bench.executor, logger: Logger(label: "gate") { _ in log.handler })
    }

    @Test(arguments: [true, false]) func theGateLetsNobodyPassWhereRedisEvicts(waits: Bool) async throws {
        try await RoleBench.run(config: ["maxmemory-policy allkeys-lru"]) { bench in
            let gate = try gate(bench, waits: waits, log: CapturedLog())
            let error = await #expect(throws: RedisError.self) { try await gate.pass() }
            #expect(error?.code == .configuration)
        }
    }

    @Test func whoDrivesAnotherListIsAskedWhetherThatIsMeant() async throws {
        try await RoleBench.run { bench in
            func remarks(_ queues: [String]) async throws -> Int {
                let log = CapturedLog()
                try await gate(bench, waits: true, queues: queues, log: log).pass()
                return log.lines(with: "nobody drives the list where Ruby publishes by default").count
            }
            #expect(try await remarks(["other"]) == 1)
            #expect(try await remarks(["other", "bus_incoming"]) == 0)
            #expect(try await remarks([]) == 0, "without a driver it is nobody's question")
            try bench.client().call("SADD", "resque:workers", "host:17:bus_incoming")
            #expect(try await remarks(["other"]) == 0)
        }
    }
}
