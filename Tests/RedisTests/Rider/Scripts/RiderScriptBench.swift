import BusProtocol
import BusWire
import RedisConnection
import RedisTestSupport

/// The scripts of one registered rider, called one by one on a raw connection, without a rider.
struct RiderScriptBench: ScriptBench {
    let redis: RawRedis
    let server: RedisServer
    let bus = BusKeys()
    let keys: RiderKeys
    let commands: RiderCommands

    init(server: RedisServer, redis: RawRedis) throws {
        self.server = server
        self.redis = redis
        keys = RiderKeys(bus: bus, id: "host:1:a")
        commands = RiderCommands(keys: keys, lease: 60_000, digests: ScriptDigests())
        try send { commands.appendRegister(worker: "host+swift:1", queues: "jobs", slots: 1, to: &$0) }
    }

    var record: String { bus.rider(keys.id) }

    /// Sends commands and returns their last answer.
    @discardableResult
    func send(on connection: RawRedis? = nil, _ write: (inout RedisPipeline) -> Void) throws -> RawReply {
        try (connection ?? redis).send(write)
    }

    func push(_ jobs: [String], to queue: String = "jobs") throws {
        _ = try redis.call((["RPUSH", bus.queue(queue)] + jobs).map { Array($0.utf8) })
    }

    func queue(_ name: String = "jobs") throws -> [String] { try list(bus.queue(name)) }

    func reserved(_ sequence: Int) throws -> [String] { try list(keys.reserved(sequence)) }

    func suspicion(of job: String) throws -> Int? {
        let digest = try redis.call("EVAL", "return redis.sha1hex(ARGV[1])", "0", job).string ?? ""
        return try redis.call("HGET", bus.suspectJobs, digest).string.flatMap { Int($0) }
    }

    func suspect(_ job: String, recoveries: Int) throws {
        let script = "return redis.call('HSET', KEYS[1], redis.sha1hex(ARGV[1]), ARGV[2])"
        try redis.call("EVAL", script, "1", bus.suspectJobs, job, String(recoveries))
    }

    /// So many jobs at the head of a queue were put back by recoveries.
    func putBack(_ count: Int, queue: String = "jobs") throws {
        try redis.call("HSET", bus.suspectJobs, bus.queue(queue), String(count))
    }

    /// A connection of a user who may do everything but these commands.
    func user(without commands: String) throws -> RawRedis {
        try server.user(without: commands)
    }

    // MARK: - The scripts

    @discardableResult
    func claim(
        _ sequence: Int, most: Int = 10, queues: [String] = ["jobs"], isAlone: Bool = false, copying: String = "sort",
        mostBatchBytes: Int = 1 << 20, mostJobBytes: Int = 48 << 20, on connection: RawRedis? = nil
    ) throws -> [String] {
        let keys = [record, self.keys.reserved(sequence), bus.pauseAllWorkers, bus.suspectJobs] + queues.map(bus.queue)
        let arguments =
            [
                String(sequence), String(most), copying, String(mostBatchBytes), String(mostJobBytes),
                isAlone ? "1" : "0",
            ]
            + queues
        return try (connection ?? redis).reply(
            to: ["EVAL", Script.claimJobs.text, String(keys.count)] + keys + arguments
        ).words
    }

    @discardableResult
    func settle(_ settlement: Settlement, on connection: RawRedis? = nil) throws -> [String] {
        try send(on: connection) { commands.append(settlement, to: &$0) }.words
    }

    /// Settles some jobs of one batch.
    @discardableResult
    func settle(
        _ number: Int, batch: Int = 1, count: Int, done: [Int] = [], back: [Int] = [],
        failed: [(place: Int, consequence: Settlement.Consequence)] = [], on connection: RawRedis? = nil
    ) throws -> [String] {
        var settlement = Settlement(number: number)
        settlement.processed = done.count + failed.count
        settlement.failed = failed.count
        settlement.batches = [Settlement.Batch(sequence: batch, queue: "jobs", count: count, done: done, back: back)]
        settlement.failures = failed.map { Settlement.Failure(batch: 0, place: $0.place, consequence: $0.consequence) }
        return try settle(settlement, on: connection)
    }

    /// An entry of `failed`.
    func failure(_ entry: String) -> Settlement.Consequence {
        var consequence = Settlement.Consequence()
        consequence.fail(Array(entry.utf8), bus: bus)
        return consequence
    }

    @discardableResult
    func recover(
        claimed: Int, settled: Int = 0, batches: [(sequence: Int, queue: String)], leases: String = "now",
        suspicion: Int = 0
    ) throws -> [String] {
        let keys =
            [bus.riders, bus.lease(self.keys.id), record, bus.dead(self.keys.id), bus.suspectJobs, bus.queues]
            + batches.flatMap { [self.keys.reserved($0.sequence), bus.queue($0.queue)] }
        let arguments =
            [self.keys.id, String(claimed), String(settled), leases, String(suspicion)] + batches.map(\.queue)
        return try redis.reply(to: ["EVAL", Script.recoverRider.text, String(keys.count)] + keys + arguments).words
    }
}

extension RawReply {
    /// Everything in it as text, in order; an error's message too.
    var words: [String] {
        switch self {
        case .status(let text), .error(let text): [text]
        case .integer(let number): [String(number)]
        case .bytes(let bytes): [String(decoding: bytes, as: UTF8.self)]
        case .null: []
        case .array(let elements): elements.flatMap(\.words)
        }
    }
}
