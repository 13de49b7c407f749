import BusProtocol
import BusWire
import RedisConnection
import RedisTestSupport
import Testing

/// The scripts of one registered driver, called one by one on a raw connection, without a driver.
struct DriverScriptBench {
    let redis: RawRedis
    let server: RedisServer
    let bus = BusKeys()
    let keys: DriverKeys
    let commands: DriverCommands

    static func run(config: [String] = [], _ body: (DriverScriptBench) throws -> Void) throws {
        let server = try RedisServer(config: config)
        defer { server.stop() }
        try body(DriverScriptBench(server: server, redis: try server.connect()))
    }

    /// - Parameter redis: the connection that everything is sent on.
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

    func list(_ key: String) throws -> [String] { try redis.call("LRANGE", key, "0", "-1").strings }

    func incoming() throws -> [String] { try list(keys.incoming) }

    func inFlight(_ sequence: Int) throws -> [String] { try list(keys.inFlight(sequence)) }

    /// A digest of all that is in Redis.
    func digest() throws -> String? { try redis.call("DEBUG", "DIGEST").string }

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

    // MARK: - The scripts

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
    func recover(claimed: Int, suspicion: Int = 0, leases: String = "now") throws -> [String] {
        let keys = [
            bus.drivers, bus.lease(self.keys.id), bus.driver(self.keys.id), bus.dead(self.keys.id), self.keys.incoming,
            self.keys.inFlight(claimed), self.keys.inFlight(claimed - 1), bus.suspects,
        ]
        let arguments = [self.keys.id, String(claimed), leases, String(suspicion)]
        return try redis.reply(to: ["EVAL", Script.recover.text, String(keys.count)] + keys + arguments).words
    }
}
