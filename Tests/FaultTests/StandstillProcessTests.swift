import Foundation
import RedisTestSupport
import Testing

/// Processes live through a Redis that cannot work for a while, and end when they are told, with a word about what kept
/// them.
extension ProcessFaults {
    /// SETNAME and SELECT are refused too; that is nobody's configuration.
    @Test(.timeLimit(.minutes(1))) func aServiceLivesWhileAScriptBlocksRedis() async throws {
        let state = RedisState.busy
        try await FaultBench.run(config: state.config) { bench, redis in
            let service = try BusDriverProcess(on: bench.server, arguments: ["--roles", "driver,scheduler"])
            try await pollUntil("it works: \(service.log)") {
                service.log.contains("driving") && service.log.contains("leading")
            }
            for _ in 1...5 { try bench.ledger.publish(100, on: redis) }
            let blocker = try await state.begin(bench.server, redis)
            try await pollUntil("both wait: \(service.log)") {
                service.log.components(separatedBy: "awaited=\"the end of a script").count == 3
            }
            try await state.end(bench.server, redis, blocker)
            try bench.ledger.publish(100, on: redis)
            try await pollUntil("both work again: \(service.log)", within: .seconds(10)) {
                try service.log.components(separatedBy: "Redis works again").count == 3
                    && bench.ledger.isDriven(on: redis)
            }
            service.signal(SIGTERM)
            try await pollUntil("it ends: \(service.log)") { !service.isRunning }
            #expect(service.ending == .exit(0), "\(service.log)")
            #expect(try bench.ledger.verdict(on: redis) == .clean)
        }
    }

    /// The handshake tells nothing of it: who asks for a key is refused.
    @Test(.timeLimit(.minutes(1))) func aServiceWaitsAtItsStartForAClusterThatServesItsKeys() async throws {
        try await FaultBench.run(config: ["cluster-enabled yes"], isPrepared: false) { bench, redis in
            let service = try BusDriverProcess(
                on: bench.server, arguments: ["--roles", "driver,scheduler", "--namespace", "{resque}"])
            try await pollUntil("it waits: \(service.log)") {
                service.log.contains("awaited=\"a cluster that serves every slot")
            }
            try redis.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
            try await pollUntil("it works: \(service.log)") {
                service.log.contains("driving") && service.log.contains("leading")
            }
            service.signal(SIGTERM)
            try await pollUntil("it ends: \(service.log)") { !service.isRunning }
            #expect(service.ending == .exit(0), "\(service.log)")
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [true, false])
    func theLastWordSaysWhatKeptItFromWorking(atTheStart: Bool) async throws {
        let state = RedisState.busy
        try await FaultBench.run(config: state.config) { bench, redis in
            let blocker: RawRedis?
            let service: BusDriverProcess
            if atTheStart {
                blocker = try await state.begin(bench.server, redis)
                service = try BusDriverProcess(on: bench.server, arguments: ["--roles", "driver,scheduler"])
                try await pollUntil("it waits: \(service.log)") { service.log.contains("BUSY") }
            } else {
                service = try BusDriverProcess(on: bench.server, arguments: ["--roles", "driver,scheduler"])
                try await pollUntil("it works: \(service.log)") {
                    service.log.contains("driving") && service.log.contains("leading")
                }
                blocker = try await state.begin(bench.server, redis)
                try await pollUntil("both wait: \(service.log)") {
                    service.log.components(separatedBy: "awaited=\"the end of a script").count == 3
                }
            }
            #expect(!atTheStart || !service.log.contains("driving"))
            service.signal(SIGTERM)
            try await pollUntil("it ends: \(service.log)", within: .seconds(5)) { !service.isRunning }
            #expect(service.ending == .exit(1))
            #expect(service.log.contains("busdriver: Redis cannot work: BUSY"), "\(service.log)")
            #expect(service.log.contains("nothing is in flight"), "\(service.log)")
            #expect(!service.log.contains("Redis is away"), "\(service.log)")
            try await state.end(bench.server, redis, blocker)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: RedisState.all)
    func aRiderStartsInAnyState(_ state: RedisState) async throws {
        try await FaultBench.run(config: state.config) { bench, redis in
            let other = try await state.begin(bench.server, redis)
            let rider = try RiderUnderTestProcess(on: bench.server, environment: ["SUBSCRIBES=1"])
            try await pollUntil("it waits: \(rider.log)") {
                rider.log.contains("not subscribed yet") && rider.log.contains("awaited=")
            }
            #expect(!rider.log.contains("riding"), "\(rider.log)")
            try await state.end(bench.server, redis, other)
            try await pollUntil("it rides: \(rider.log)") { rider.log.contains("riding") }
            #expect(rider.log.components(separatedBy: "not subscribed yet").count == 2, "\(rider.log)")
            rider.signal(SIGTERM)
            try await pollUntil("it ends: \(rider.log)") { rider.ending != nil }
            #expect(rider.ending == .exit(0), "\(rider.log)")
        }
    }
}
