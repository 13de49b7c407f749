import Foundation
import RedisTestSupport
import Testing

/// A Redis that is away or cannot work ends every command that does not wait within five seconds: with 69 when coming
/// back later may help, with 78 when somebody must change something first.
@Suite(.serialized, .timeLimit(.minutes(1))) struct UnusableRedisTests {
    private static let readers = [
        "queues", "workers", "failed list", "subscriptions", "delayed count", "delayed list", "schedule list",
        "explain", "doctor", "trace 0",
    ]
    private static let writers = [
        "publish x", "subscribe a k", "unsubscribe a", "recover", "tail --count 1", "delayed add Job --in 1h --queue q",
        "failed clear", "run --drain",
    ]
    private static let commands = readers + writers

    /// Runs a command against a Redis and expects its end.
    private func expect(
        _ status: Int32, _ word: String, of command: String, _ url: String, _ source: SourceLocation = #_sourceLocation
    ) async throws {
        let words = command.split(separator: " ").map(String.init) + ["--redis", url]
        let (input, errors) = (Pipe(), Pipe())
        let process = try BuiltCommand.start(words, input: input, errors: errors)
        input.fileHandleForWriting.write(Data("{}".utf8))
        try input.fileHandleForWriting.close()
        let wait = try? await pollUntil("it ends", within: .seconds(5)) { !process.isRunning }
        if wait == nil { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(wait != nil, "\(command) does not end: \(text)", sourceLocation: source)
        #expect(process.terminationStatus == status, "\(command): \(text)", sourceLocation: source)
        #expect(text.contains(word), "\(command): \(text)", sourceLocation: source)
    }

    // MARK: - Away

    @Test(arguments: commands)
    func aRedisThatCannotBeReachedIs69(_ command: String) async throws {
        try await expect(69, "/no/such/socket", of: command, "unix:///no/such/socket")
        try await expect(69, "127.0.0.1:1", of: command, "redis://127.0.0.1:1")
        try await expect(69, "name.invalid", of: command, "redis://name.invalid")
    }

    /// Somebody accepts and never answers.
    @Test(arguments: commands)
    func aStalledRedisIs69(_ command: String) async throws {
        let server = try RedisServer()
        let proxy = try FaultProxy(to: server)
        proxy.script(.blackhole, .blackhole, .blackhole)
        try await expect(69, "Redis did not answer in time", of: command, "redis://127.0.0.1:\(proxy.port)")
    }

    // MARK: - Wrong

    @Test(arguments: commands)
    func whatSomebodyMustChangeIs78(_ command: String) async throws {
        let server = try RedisServer()
        try await expect(78, "database", of: command, "\(server.url)?db=9999")
        try server.connect().call("CONFIG", "SET", "requirepass", "right")
        try await expect(78, "password", of: command, server.url)
        let file = server.directory + "/password"
        try "wrong\n".write(toFile: file, atomically: true, encoding: .utf8)
        try await expect(78, "WRONGPASS", of: command + " --redis-password-file \(file)", server.url)
    }

    @Test(arguments: commands.filter { $0 != "doctor" })
    func aSentinelIs78(_ command: String) async throws {
        let server = try RedisServer(tcp: true, arguments: ["--sentinel"])
        try await expect(78, "sentinel", of: command, "redis://127.0.0.1:\(try #require(server.port))")
    }

    @Test(arguments: writers)
    func aReplicaIs78(_ command: String) async throws {
        let server = try RedisServer(config: ["replicaof 127.0.0.1 1"])
        try server.connect().call("CONFIG", "SET", "replica-read-only", "no")
        try server.connect().call("LPUSH", "resque:failed", "{}")
        try server.connect().call("CONFIG", "SET", "replica-read-only", "yes")
        if command == "recover" || command == "unsubscribe a" { return }  // there is nothing to write
        try await expect(78, "replica", of: command, server.url)
    }

    @Test(arguments: ["subscribe a k", "run --drain"])
    func aClusterThatSpreadsTheKeysIs78(_ command: String) async throws {
        let server = try Self.cluster()
        let redis = try server.connect()
        try await pollUntil("the cluster is up") {
            try redis.call("CLUSTER", "INFO").string?.contains("cluster_state:ok") == true
        }
        try await expect(78, "CROSSSLOT", of: command, server.url)
    }

    @Test func aServiceIsNotStartedOnACluster() async throws {
        let server = try Self.cluster()
        let redis = try server.connect()
        try await pollUntil("the cluster is up") {
            try redis.call("CLUSTER", "INFO").string?.contains("cluster_state:ok") == true
        }
        try await expect(78, "--namespace '{resque}'", of: "run", server.url)
        #expect(try BuiltCommand.run("run", "--drain", "--namespace", "{resque}", "--redis", server.url).status == 0)
    }

    @Test(arguments: ["run", "run --roles scheduler"]) func aServiceIsNotStartedOnASentinel(_ command: String)
        async throws
    {
        let server = try RedisServer(tcp: true, arguments: ["--sentinel"])
        try await expect(
            78, "master that the sentinel names", of: command, "redis://127.0.0.1:\(try #require(server.port))")
    }

    @Test func aDrainIsNotStartedWhereRedisEvicts() async throws {
        let server = try RedisServer(config: ["maxmemory-policy allkeys-lru"])
        try await expect(78, "maxmemory-policy", of: "run --drain", server.url)
    }

    @Test func aRightThatIsMissingIs78() async throws {
        let server = try RedisServer()
        try server.connect().call("ACL", "SETUSER", "default", "-rpush", "-smembers", "-evalsha", "-eval")
        for command in ["publish x", "subscriptions", "run --drain"] {
            try await expect(78, "NOPERM", of: command, server.url)
        }
    }

    // MARK: - For a while

    @Test(arguments: commands)
    func aScriptThatBlocksRedisIs69(_ command: String) async throws {
        let server = try RedisServer(config: ["lua-time-limit 1"])
        let blocking = try server.connect(timeout: .seconds(60))
        try blocking.send("EVAL", "while true do end", "0")
        let redis = try server.connect()
        try await pollUntil("Redis is busy") { try redis.reply(to: ["PING"]).errorMessage?.hasPrefix("BUSY") == true }
        try await expect(69, "SCRIPT KILL", of: command, server.url)
    }

    @Test(arguments: ["publish x", "subscribe a k", "run --drain"])
    func aRedisThatTakesNoWritesForNowIs69(_ command: String) async throws {
        let server = try RedisServer(config: ["maxmemory 1"])
        try await expect(69, "maxmemory", of: command, server.url)
        let alone = try RedisServer(config: ["min-replicas-to-write 1"])
        try await expect(69, "min-replicas-to-write", of: command, alone.url)
    }

    @Test(arguments: ["queues", "publish x", "run --drain", "doctor"])
    func aRedisThatLoadsItsDataIs69(_ command: String) async throws {
        let server = try RedisServer(config: ["loading-process-events-interval-bytes 1024"])
        let reloading = try server.connect()
        _ = try reloading.pipeline((1...5000).map { ["SET", "key:\($0)", "some value that takes its time"] })
        try reloading.call("CONFIG", "SET", "key-load-delay", "2000")
        try reloading.send("DEBUG", "RELOAD")
        let redis = try server.connect()
        try await pollUntil("Redis loads") {
            try redis.reply(to: ["GET", "x"]).errorMessage?.hasPrefix("LOADING") == true
        }
        try await expect(69, "load its data", of: command, server.url)
    }

    @Test func aRedisWithoutAFreeConnectionIs69() async throws {
        let server = try RedisServer(config: ["maxclients 1"])
        let only = try server.connect()
        for command in ["queues", "publish x", "run --drain"] {
            try await expect(69, "max number", of: command, server.url)
        }
        only.close()
    }

    // MARK: - In the middle of a drain

    private static func drain(_ server: RedisServer, _ refuse: (RawRedis) throws -> Void) async throws -> String {
        let redis = try server.connect()
        let event =
            #"{"class":"QueueBus::Worker","args":["{\"bus_event_type\":\"x\",\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#
        for _ in 1...100 {
            _ = try redis.reply(to: ["RPUSH", "resque:queue:bus_incoming"] + Array(repeating: event, count: 2000))
        }
        #expect(try BuiltCommand.run("subscribe", "a", "k", "bus_event_type=x", "--redis", server.url).status == 0)
        let driver = try BusDriverProcess(on: server, arguments: ["--drain"])
        defer { driver.kill() }
        try await pollUntil("it drives") { try redis.call("LLEN", "resque:queue:a_default").integer ?? 0 > 0 }
        try refuse(redis)
        let took = try await pollUntil("it ends", within: .seconds(20)) { !driver.isRunning }
        #expect(took > .milliseconds(700) && took < .seconds(6))
        #expect(driver.ending == .exit(69), "\(driver.log)")
        return driver.log
    }

    @Test func aStateThatDoesNotPassEndsADrainAfterALease() async throws {
        let server = try RedisServer()
        let log = try await Self.drain(server) { try $0.call("CONFIG", "SET", "maxmemory", "1") }
        #expect(log.contains("OOM"), "\(log)")
        #expect(log.contains("resque:busdriver:inf:"), "\(log)")
        try server.connect().call("CONFIG", "SET", "maxmemory", "0")
        #expect(try BuiltCommand.run("run", "--drain", "--redis", server.url).status == 0)
        #expect(try server.connect().call("LLEN", "resque:queue:a_default").integer == 200_000)
    }

    @Test func aRedisThatDiesEndsADrainAfterALease() async throws {
        let server = try RedisServer()
        let log = try await Self.drain(server) { _ in server.kill() }
        #expect(log.contains("resque:busdriver:inf:"), "\(log)")
    }

    @Test func aStateThatPassesDoesNotEndADrain() async throws {
        let server = try RedisServer()
        let redis = try server.connect()
        let event =
            #"{"class":"QueueBus::Worker","args":["{\"bus_event_type\":\"x\",\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#
        for _ in 1...100 {
            _ = try redis.reply(to: ["RPUSH", "resque:queue:bus_incoming"] + Array(repeating: event, count: 2000))
        }
        let driver = try BusDriverProcess(on: server, arguments: ["--drain", "--lease", "10s"])
        defer { driver.kill() }
        try await pollUntil("it drives") { try redis.call("GET", "resque:stat:processed").string != nil }
        try redis.call("CONFIG", "SET", "maxmemory", "1")
        try await pollUntil("it has met that") { driver.log.contains("OOM") }
        try redis.call("CONFIG", "SET", "maxmemory", "0")
        try await pollUntil("it ends", within: .seconds(30)) { !driver.isRunning }
        #expect(driver.ending == .exit(0), "\(driver.log)")
        #expect(try redis.call("LLEN", "resque:queue:bus_incoming").integer == 0)
    }

    // MARK: - Servers

    private static func cluster() throws -> RedisServer {
        let server = try RedisServer(config: ["cluster-enabled yes"], tcp: true)
        try server.connect().call("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
        return server
    }
}
