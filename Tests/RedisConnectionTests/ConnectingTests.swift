import LibevExecutor
import Logging
import RedisTestSupport
import Testing

@testable import RedisConnection

@Suite(.timeLimit(.minutes(1)))
final class ConnectingTests: Sendable {
    let loop = LibevExecutor(name: "connecting")

    deinit { loop.stop() }

    // MARK: - Names

    @Test func lookUpDoesNotHoldUpTheLoop() async throws {
        let server = FakeServer { $0.serveOK() }
        defer { server.stop() }
        let started = Reports<Void>()
        let gate = Gate()
        let connection = self.connection { _, _ in
            started.report(())
            gate.wait()
            return .success([server.address])
        }
        async let info = connection.connect()
        try await started.next()
        let isHere = try await loop.run { [loop] in loop.isCurrent }
        #expect(isHere)
        gate.open()
        #expect(try await info.version == RedisVersion(7, 0, 15))
    }

    @Test func lookUpThatTakesTooLongFailsTheAttempt() async throws {
        let gate = Gate()
        let connection = self.connection(timeout: .milliseconds(20)) { _, _ in
            gate.wait()
            return .success([])
        }
        let failure = await error { () async throws(RedisError) in _ = try await connection.connect() }
        #expect(failure?.code == .unreachable)
        #expect(failure?.message.contains("looked up") == true)
        gate.open()
        try await loop.settle()
    }

    @Test func everyAddressIsTried() async throws {
        let server = FakeServer { $0.serveOK() }
        let dead = FakeServer(accepts: false) { _ in }
        dead.stop()
        defer { server.stop() }
        let connection = self.connection { _, _ in
            .success([dead.address, .tcp(host: "nonsense", port: 1), server.address])
        }
        #expect(try await connection.connect().clientID == 7)
    }

    @Test func systemResolverKnowsLocalhost() async throws {
        guard case .success(let addresses) = AddressResolver().lookUp("localhost", 6379) else {
            Issue.record("localhost has no address.")
            return
        }
        #expect(addresses.contains(.tcp(host: "127.0.0.1", port: 6379)))
        let unknown = AddressResolver().lookUp("name.invalid", 6379)
        #expect(throws: RedisError.self) { try unknown.get() }
    }

    // MARK: - Handshake

    @Test func handshakeSendsWhatIsConfigured() async throws {
        let commands = Reports<String>()
        let server = FakeServer { peer in
            for _ in 0..<5 { commands.report(peer.readCommand()?.joined(separator: " ") ?? "") }
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop) {
            $0.clientName = "busd"
            $0.database = 3
            $0.credentials = { () throws(RedisError) in RedisCredentials(username: "user", password: "secret") }
        }
        async let attempt = connection.connect()
        for expected in ["AUTH user secret", "CLIENT SETNAME busd", "SELECT 3", "CLIENT ID", "ROLE"] {
            #expect(try await commands.next() == expected)
        }
        await connection.close()
        _ = try? await attempt
    }

    @Test func realServerIsRecognised() async throws {
        let redis = try RedisServer(config: ["requirepass right", "databases 4"])
        let connection = try await redis.connect(on: loop) {
            $0.credentials = { () throws(RedisError) in RedisCredentials(password: "right") }
            $0.database = 3
            $0.clientName = "named"
        }
        let info = try await connection.connect()
        #expect(info.role == .master)
        #expect(try #require(info.version) >= RedisVersion(4, 0))
        #expect(info.runID?.count == 40)
        let list = try await connection.send(RedisPipeline("CLIENT", "LIST", "ID", String(try #require(info.clientID))))
        #expect(list[0].string?.contains("name=named") == true)
        #expect(list[0].string?.contains("db=3") == true)

        let refused: [(RedisCredentials?, Int, RedisError.Code)] = [
            (nil, 0, .authentication), (RedisCredentials(password: "wrong"), 0, .authentication),
            (RedisCredentials(username: "nobody", password: "wrong"), 0, .authentication),
            (RedisCredentials(password: "right"), 9, .configuration),
        ]
        for (credentials, database, code) in refused {
            var configuration = RedisConfiguration(endpoint: redis.endpoint)
            configuration.credentials = { () throws(RedisError) in credentials }
            configuration.database = database
            let other = RedisConnection(configuration: configuration, executor: loop, logger: .silent)
            let failure = await error { () async throws(RedisError) in _ = try await other.connect() }
            #expect(failure?.code == code)
            #expect(failure?.message.contains("wrong") == false)
        }
    }

    @Test(arguments: [
        ("-WRONGPASS invalid username-password pair", RedisError.Code.authentication),
        ("-NOAUTH Authentication required.", .authentication),
        ("-NOPERM this user has no permissions to run the 'role' command", .authentication),
        ("+OK", .protocolViolation),
    ])
    func badAnswerToTheHandshake(_ answer: String, _ code: RedisError.Code) async throws {
        let server = FakeServer { peer in
            while peer.readCommand() != nil { peer.write(answer + "\r\n") }
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        let failure = await error { () async throws(RedisError) in _ = try await connection.connect() }
        #expect(failure?.code == code)
        #expect(try await loop.run { connection.link.phase == .closed })
    }

    /// `CLIENT LIST` shows no such name then, and that is all.
    @Test(arguments: ["-client|setname", "-client", "-client|id", "-role", "-info", "-role +info|replication"])
    func whatAUserMayNotIsDoneWithout(_ rights: String) async throws {
        let redis = try RedisServer()
        let admin = try await redis.connect(on: loop)
        let words =
            ["ACL", "SETUSER", "bus", "on", ">secret", "~*", "&*", "+@all"]
            + rights.split(separator: " ").map(String.init)
        var pipeline = RedisPipeline()
        pipeline.append(words)
        #expect(try await admin.send(pipeline).firstError == nil)
        let connection = try await redis.connect(on: loop) {
            $0.credentials = { () throws(RedisError) in RedisCredentials(username: "bus", password: "secret") }
            $0.clientName = "named"
        }
        let info = try await connection.connect()
        #expect(info.role == .master)
        #expect((info.clientID == nil) == ["-client", "-client|id"].contains(rights))
        #expect((info.version == nil) == (rights == "-info"))
        #expect(try await connection.send(RedisPipeline("PING"))[0].string == "PONG")
    }

    /// As Redis Cloud and Redis Software.
    @Test func theRoleIsReadFromInfoWhereThereIsNoRole() async throws {
        let master = try RedisServer(config: [#"rename-command ROLE """#])
        #expect(try await master.connect(on: loop).connect().role == .master)
        let replica = try RedisServer(config: [#"rename-command ROLE """#, "replicaof 127.0.0.1 1"])
        #expect(try await replica.connect(on: loop).connect().role == .replica)
    }

    @Test func whoeverMayNeitherRoleNorInfoIsToldWhatToAllow() async throws {
        let redis = try RedisServer()
        let admin = try await redis.connect(on: loop)
        let rights = RedisPipeline("ACL", "SETUSER", "default", "-role", "-info")
        #expect(try await admin.send(rights).firstError == nil)
        let other = RedisConnection(
            configuration: RedisConfiguration(endpoint: redis.endpoint), executor: loop, logger: .silent)
        let failure = await error { () async throws(RedisError) in _ = try await other.connect() }
        #expect(failure?.code == .authentication)
        #expect(failure?.message.contains("+role or +info") == true)
    }

    @Test func anUnknownCommandIsReportedWithoutItsArguments() async {
        let server = FakeServer { peer in
            while let command = peer.readCommand() {
                peer.write(
                    "-ERR unknown command '\(command[0])', with args beginning with: '\(command.last ?? "")' \r\n")
            }
        }
        defer { server.stop() }
        let connection = server.connection(on: loop) {
            $0.credentials = { () throws(RedisError) in RedisCredentials(password: "s3cret") }
        }
        let failure = await error { () async throws(RedisError) in _ = try await connection.connect() }
        #expect(failure?.code == .authentication)
        #expect(failure.map { "\($0)".contains("unknown command 'AUTH'") && !"\($0)".contains("s3cret") } == true)
    }

    @Test func commandsBeforeTheHandshakeIsDoneAreNotSent() async throws {
        let gate = Gate()
        let greeted = Reports<Void>()
        let server = FakeServer { peer in
            greeted.report(())
            gate.wait()
            peer.serveOK()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        async let attempt = connection.connect()
        try await greeted.next()
        #expect(try await connection.outcome(of: RedisPipeline("GET", "a")).errorCode == .closed)
        gate.open()
        _ = try await attempt
        #expect(try await connection.outcome(of: RedisPipeline("GET", "a")).errorCode == nil)
    }

    // MARK: - Giving up and taking over

    @Test func anAttemptAsAWholeIsLimited() async throws {
        let server = FakeServer { $0.waitForEnd() }
        defer { server.stop() }
        let connection = server.connection(on: loop) { $0.attemptTimeout = .milliseconds(50) }
        let failure = await error { () async throws(RedisError) in _ = try await connection.connect() }
        #expect(failure?.code == .unreachable)
        #expect(failure?.message.contains("within 0.05") == true)
        let again = await error { () async throws(RedisError) in _ = try await connection.connect() }
        #expect(again?.code == .unreachable)
    }

    @Test func closeEndsAnAttempt() async throws {
        let greeted = Reports<Void>()
        let server = FakeServer { peer in
            greeted.report(())
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        async let failure = error { () async throws(RedisError) in _ = try await connection.connect() }
        try await greeted.next()
        await connection.close()
        #expect(await failure?.code == .closed)
    }

    @Test func secondConnectTakesOver() async throws {
        let server = FakeServer { $0.serveOK() }
        defer { server.stop() }
        let gate = Gate()
        let started = Reports<Void>()
        let connection = self.connection { _, _ in
            started.report(())
            gate.wait()
            return .success([server.address])
        }
        async let first = error { () async throws(RedisError) in _ = try await connection.connect() }
        try await started.next()
        async let second = connection.connect()
        try await started.next()
        gate.open()
        gate.open()
        #expect(try await second.clientID == 7)
        #expect(await first?.code == .closed)
        #expect(try await connection.outcome(of: RedisPipeline("GET", "a")).errorCode == nil)
    }

    @Test func retryingGoesOnUntilItSucceeds() async throws {
        let passwords = Passwords(["wrong", "wrong", "right"])
        let redis = try RedisServer(config: ["requirepass right"])
        _ = try await redis.connect(on: loop) {
            $0.credentials = { () throws(RedisError) in RedisCredentials(password: "right") }
        }
        let lines = Reports<String>()
        var configuration = RedisConfiguration(endpoint: redis.endpoint)
        configuration.backoff = ReconnectBackoff(
            base: .milliseconds(1), cap: .milliseconds(1), authenticationCap: .milliseconds(1))
        configuration.credentials = { () throws(RedisError) in RedisCredentials(password: passwords.next()) }
        let logger = Logger(label: "test") { _ in RecordingLog(lines: lines) }
        let connection = RedisConnection(configuration: configuration, executor: loop, logger: logger)
        _ = try await connection.connectRetrying()
        // One line for the change to the worse, one for the change to the better.
        let logged = await lines.rest()
        #expect(logged.map { String($0.prefix(7)) } == ["warning", "notice "])
        #expect(!logged.joined().contains("wrong"))
    }

    @Test func retryingEndsWithTheTask() async throws {
        let dead = FakeServer(accepts: false) { _ in }
        dead.stop()
        let connection = dead.connection(on: loop)
        let task = Task { () -> RedisError? in
            await error { () async throws(RedisError) in _ = try await connection.connectRetrying() }
        }
        task.cancel()
        let failure = await task.value
        #expect(failure?.code == .closed)
        #expect((failure?.underlying as? RedisError)?.code == .unreachable)
    }

    @Test func retryingRefusesAServerTheCallerDoesNotWant() async throws {
        let server = FakeServer { $0.serveOK() }
        defer { server.stop() }
        let connection = server.connection(on: loop) { $0.backoff = ReconnectBackoff(base: .milliseconds(1)) }
        let failure = await error { () async throws(RedisError) in
            _ = try await connection.connectRetrying { info throws(RedisError) in
                throw server.connectionCount < 3
                    ? RedisError(.unreachable, "not yet") : RedisError(.configuration, "never")
            }
        }
        #expect(failure?.code == .configuration)
        #expect(server.connectionCount == 3)
        #expect(try await loop.run { connection.link.phase == .closed })
    }

    // MARK: - Support

    private func connection(timeout: Duration = .seconds(5), lookUp: @escaping AddressResolver.LookUp)
        -> RedisConnection
    {
        var configuration = RedisConfiguration(endpoint: RedisEndpoint(address: .tcp(host: "redis.test", port: 1)))
        configuration.connectTimeout = timeout
        return RedisConnection(
            configuration: configuration, executor: loop, logger: .silent, resolver: AddressResolver(lookUp: lookUp))
    }

    private final class Passwords: Sendable {
        private let rest: LoopConfined<[String]>

        init(_ passwords: [String]) {
            rest = LoopConfined(passwords)
        }

        func next() -> String {
            rest.value.count > 1 ? rest.value.removeFirst() : rest.value[0]
        }
    }

    private struct RecordingLog: LogHandler {
        let lines: Reports<String>
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        init(lines: Reports<String>) {
            self.lines = lines
        }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.report("\(event.level) \(event.message) \(event.metadata ?? [:])")
        }
    }
}
