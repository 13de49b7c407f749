import BusSession
import BusWire
import LibevExecutor
import RedisConnection
import RedisTestSupport

@testable import BusDriver

/// A run of the model: drivers on one incoming list, a network that the dice rule, and the invariants of protocol §6.
///
/// It lives on the loop of its drivers, so that nothing moves but by its steps.
actor Model {
    nonisolated let executor: LibevExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let seed: UInt64
    let mode: ModelMode
    let network: Network
    var book = EventBook()
    var drivers: [ModelDriver] = []
    /// Recoveries under way, as `busdriver recover` does them.
    var recoveries: [SlowLink] = []
    private var driversMade = 0

    init(seed: UInt64, mode: ModelMode, server: RedisServer, executor: LibevExecutor) throws {
        self.seed = seed
        self.mode = mode
        self.executor = executor
        network = try Network(seed: seed, server: server, executor: executor)
        network.controlIsDelayed = !mode.checksOrder
    }

    /// Runs `count` steps, then lets everything come to its end.
    ///
    /// - Returns: what was exercised.
    /// - Throws: what broke, with seed, mode and the last steps.
    func run(steps count: Int) async throws -> [String: Int] {
        do {
            try begin()
            for number in 1...count {
                network.log.begin(number)
                try await step()
                try network.check()
                if number % 20 == 0 { try checkBetween() }
            }
            try await finish()
            await disband()
            return network.counts
        } catch {
            await disband()
            throw Broken("seed \(seed), mode \(mode): \(error)\nthe last steps:\n\(network.log.tail(150))")
        }
    }

    private func begin() throws {
        for (app, record) in EventBook.records {
            try network.redis.call("HSET", network.keys.app(app), "key", record)
            try network.redis.call("SADD", network.keys.apps, app)
        }
        // No cut reaches behind this point.
        try rewriteHistory()
        while drivers.count < mode.drivers { startDriver() }
    }

    func startDriver() {
        driversMade += 1
        // A lease that no timer of a run can see the end of; the model takes it away by hand.
        let nowhere = RedisConfiguration(endpoint: RedisEndpoint(address: .tcp(host: "nowhere", port: 1)))
        var configuration = DriverConfiguration(
            redis: nowhere, host: "model", processID: Int32(driversMade), now: { 1_700_000_000 },
            uuid: { "00000000-0000-4000-8000-000000000000" }, localOffset: { _ in 0 })
        configuration.lease = .seconds(10_000_000)
        configuration.mostPerBatch = network.chance.pick([3, 6, 16]) ?? 6
        drivers.append(ModelDriver(driversMade, network: network, configuration: configuration))
        network.log.append("driver d\(driversMade) starts")
    }

    private func checkBetween() throws {
        let snapshot = try snapshot()
        if !mode.cutsHistory { try book.checkConservation(snapshot) }
        try book.checkFanOut(snapshot)
        if !mode.cutsHistory { try checkSuspicions() }
        if mode.checksOrder { try book.checkOrder(snapshot) }
    }

    /// An event is counted once at each recovery, however often it was in flight.
    private func checkSuspicions() throws {
        for (digest, count) in try network.redis.call("HGETALL", network.keys.suspects).fields
        where digest.utf8.count == 40 {
            guard let count = Int(count), count <= network.recoveries else {
                throw Broken("\(digest) is suspected for \(count) of \(network.recoveries) recoveries")
            }
        }
    }

    func snapshot() throws -> Snapshot { try Snapshot(network.redis, network.keys) }

    /// Lets every driver do what it can do without another answer.
    func settle() async throws {
        var quietTurns = 0
        while quietTurns < 2 {
            let seen = network.activity
            try await network.wait(for: "a turn of the loop") { turned in
                executor.schedule(after: .zero) { turned(.success(())) }
            }
            quietTurns = network.activity == seen ? quietTurns + 1 : 0
        }
    }

    /// Time passes, and nobody renewed this lease.
    func expireLease(_ id: String) throws {
        // A script that begins with a deletion is not refused when memory is full.
        try network.redis.call(
            "EVAL", "redis.call('DEL', KEYS[1]) redis.call('ZADD', KEYS[2], 'XX', 0, ARGV[1])", "2",
            network.keys.lease(id),
            network.keys.drivers, id)
        network.log.append("lease of \(id) is over")
    }

    /// Nobody outlives the run, however it ended.
    private func disband() async {
        for link in recoveries { link.lose() }
        for driver in drivers where !driver.hasEnded { driver.crash() }
        try? await settle()
    }
}
