import BusWire
import RedisConnection
import RedisTestSupport
import Testing

@testable import BusProtocol

/// The scripts of one registered driver, called one by one on a raw connection, without a driver.
struct DriverScriptBench: ScriptBench {
    let redis: RawRedis
    let server: RedisServer
    let bus = BusKeys()
    let keys: DriverKeys
    let commands: DriverCommands

    init(server: RedisServer, redis: RawRedis) throws {
        self.server = server
        self.redis = redis
        keys = DriverKeys(bus: bus, id: "host:1:a", queue: "bus_incoming", worker: "host+swift:1:bus_incoming")
        commands = DriverCommands(keys: keys, lease: 60_000, digests: ScriptDigests())
        try register()
    }

    func register() throws {
        try redis.send { commands.appendRegister(started: "now", to: &$0) }
    }

    func publish(_ events: [String]) throws {
        _ = try redis.call((["RPUSH", keys.incoming] + events).map { Array($0.utf8) })
    }

    func incoming() throws -> [String] { try list(keys.incoming) }

    func inFlight(_ sequence: Int) throws -> [String] { try list(keys.inFlight(sequence)) }

    func recoveries(of event: String) throws -> Int? {
        try redis.call("HGET", bus.suspects, sha1(event)).string.flatMap { Int($0) }
    }

    /// Makes an event a suspect.
    func suspect(_ event: String, recoveries: Int = 1) throws {
        try redis.call("HSET", bus.suspects, sha1(event), String(recoveries))
    }

    /// So many events at the head of the list were put back by recoveries.
    func putBack(_ count: Int) throws { try redis.call("HSET", bus.suspects, keys.incoming, String(count)) }

    private func sha1(_ text: String) throws -> String {
        try redis.call("EVAL", "return redis.sha1hex(ARGV[1])", "0", text).string ?? ""
    }

    var record: String { bus.driver(keys.id) }

    // MARK: - The scripts

    /// What any script answers.
    @discardableResult
    func call(
        _ script: Script, _ keys: [String], _ arguments: [String] = [], on connection: RawRedis? = nil
    ) throws -> [String] {
        try (connection ?? redis).reply(to: ["EVAL", script.text, String(keys.count)] + keys + arguments).words
    }

    /// The script alone, within these limits.
    @discardableResult
    func claim(
        _ sequence: Int, low: Int? = nil, most: Int = 10, copying: String, mostBatchBytes: Int = 1 << 20,
        mostEventBytes: Int = 48 << 20, on connection: RawRedis? = nil
    ) throws -> [String] {
        let before = keys.inFlight((low ?? sequence) - 1)
        return try call(
            .claim, [record, keys.incoming, keys.inFlight(sequence), before, bus.suspects],
            [String(sequence), String(most), copying, String(mostBatchBytes), String(mostEventBytes), "1"],
            on: connection)
    }

    /// The copies go to queues, each with its jobs.
    @discardableResult
    func swap(
        _ sequence: Int, event: String, copies: [(queue: String, jobs: [String])], on connection: RawRedis? = nil
    ) throws -> [String] {
        let shared = [record, keys.incoming, keys.inFlight(sequence - 1), bus.queues] + keys.processed
        return try call(
            .swap, shared + copies.map { bus.queue($0.queue) },
            [String(sequence), event] + copies.flatMap { [$0.queue, String($0.jobs.count)] + $0.jobs }, on: connection)
    }

    @discardableResult
    func renewLease() throws -> [String] { try redis.send { commands.appendRenewal(to: &$0) }.words }

    /// The script's words.
    @discardableResult
    func claim(_ sequence: Int, low: Int? = nil, most: Int = 10) throws -> [String] {
        let claim = DriverCommands.Claim(
            sequence: sequence, low: low ?? sequence, most: most, copying: .sort, followsExec: false)
        var pipeline = RedisPipeline()
        commands.append(claim, to: &pipeline)
        try pipeline.withUnsafeBytes { try redis.sendRaw(Array($0)) }
        return try (0..<pipeline.count).map { _ in try redis.read() }[1].words
    }

    /// Notes that a signal has paused the driver.
    func pause() throws -> RawReply { try redis.send { commands.appendPause(true, to: &$0) } }

    /// Commits a batch that leads to nothing.
    func commit(_ sequence: Int, events: Int, absolves: Bool = false) throws {
        let answer = try redis.send { pipeline in
            commands.beginCommit(in: &pipeline)
            commands.endCommit(
                .init(
                    sequence: sequence, processed: events, failed: 0, queues: [], destinations: [], absolves: absolves),
                in: &pipeline)
        }
        #expect(answer.array != nil, "EXEC answered \(answer)")
    }

    /// - Parameter leases: as the script has them.
    @discardableResult
    func recover(
        claimed: Int, suspicion: Int = 0, leases: String = "now", on connection: RawRedis? = nil
    ) throws -> [String] {
        try call(
            .recover,
            [
                bus.drivers, bus.lease(keys.id), record, bus.dead(keys.id), keys.incoming, keys.inFlight(claimed),
                keys.inFlight(claimed - 1), bus.suspects,
            ],
            [keys.id, String(claimed), leases, String(suspicion)], on: connection)
    }
}
