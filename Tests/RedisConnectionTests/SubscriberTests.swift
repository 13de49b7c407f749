import LibevExecutor
import RedisTestSupport
import Testing

@testable import RedisConnection

@Suite(.timeLimit(.minutes(1)))
final class SubscriberTests: Sendable {
    let loop = LibevExecutor(name: "subscriber")

    deinit { loop.stop() }

    @Test func messagesAndInvalidationsArrive() async throws {
        let redis = try RedisServer()
        let connection = try await redis.connect(on: loop)
        let subscriber = RedisSubscriber(
            configuration: RedisConfiguration(endpoint: redis.endpoint), executor: loop, logger: .silent)
        let info = try await subscriber.connect()
        let messages = Reports<(channel: String, payload: RedisReply)>()
        try await subscriber.subscribe(["news", "__redis__:invalidate"]) { messages.report(($0, $1)) }

        var pipeline = RedisPipeline("PUBLISH", "news", "hello")
        pipeline.append(
            "CLIENT", "TRACKING", "ON", "REDIRECT", String(try #require(info.clientID)), "BCAST", "PREFIX", "bus:")
        pipeline.append("SET", "bus:1", "x")
        let replies = try await connection.send(pipeline)
        #expect(replies.firstError == nil)
        #expect(replies[0].integer == 1)

        let first = try await messages.next()
        #expect(first.channel == "news" && first.payload.string == "hello")
        let second = try await messages.next()
        #expect(second.channel == "__redis__:invalidate" && second.payload[0].string == "bus:1")
        _ = try await connection.send(RedisPipeline("FLUSHALL"))
        #expect(try await messages.next().payload.isNull)

        let again = await error { () async throws(RedisError) in try await subscriber.subscribe(["more"]) { _, _ in } }
        #expect(again?.code == .closed)
        await subscriber.close()
        await connection.close()
    }

    /// The connection is none any more, yet nobody has lost it.
    @Test(arguments: ["-subscribe", "resetchannels", "resetchannels &a"])
    func aRefusalIsAReplyAndNoLoss(_ rights: String) async throws {
        let redis = try RedisServer()
        let admin = try await redis.connect(on: loop)
        var pipeline = RedisPipeline()
        pipeline.append(["ACL", "SETUSER", "default"] + rights.split(separator: " ").map(String.init))
        #expect(try await admin.send(pipeline).firstError == nil)
        let losses = Reports<RedisError>()
        let subscriber = RedisSubscriber(
            configuration: RedisConfiguration(endpoint: redis.endpoint), executor: loop, logger: .silent)
        subscriber.onLoss { losses.report($0) }
        _ = try await subscriber.connect()
        func subscribe(_ channels: [String]) async -> RedisError? {
            await error { () async throws(RedisError) in try await subscriber.subscribe(channels) { _, _ in } }
        }
        let failure = try #require(await subscribe(["a", "b"]))
        guard case .reply(let refusal) = failure.code else { throw failure }
        #expect(refusal.kind == .noPermission)
        #expect(await subscribe(["a"])?.code == .closed)
        try await loop.settle()
        #expect(await losses.rest().isEmpty)
    }

    /// One channel is confirmed, the other refused, as a proxy may do it.
    @Test func aRefusalBehindAConfirmationIsAReply() async throws {
        let subscriber = self.subscriber(toServer: "*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n-NOPERM no\r\n")
        _ = try await subscriber.connect()
        let failure = await error { () async throws(RedisError) in
            try await subscriber.subscribe(["a", "b"]) { _, _ in }
        }
        #expect(failure?.code == .reply(RedisErrorReply(message: "NOPERM no")))
    }

    @Test func silenceFailsTheSubscription() async throws {
        let server = FakeServer { peer in
            peer.greet()
            peer.waitForEnd()
        }
        defer { server.stop() }
        var configuration = RedisConfiguration(endpoint: server.endpoint)
        configuration.commandTimeout = .milliseconds(30)
        let subscriber = RedisSubscriber(configuration: configuration, executor: loop, logger: .silent)
        _ = try await subscriber.connect()
        let failure = await error { () async throws(RedisError) in try await subscriber.subscribe(["a"]) { _, _ in } }
        #expect(failure?.code == .timedOut)
    }

    /// Each of these ends the process in one version of hiredis or another, by an assertion or a null pointer.
    @Test(arguments: [
        "+OK\r\n", ":1\r\n", "$-1\r\n", "*-1\r\n", "*0\r\n", "*1\r\n$7\r\nmessage\r\n",
        "*2\r\n$7\r\nmessage\r\n$1\r\na\r\n",
        "*3\r\n:1\r\n:2\r\n:3\r\n", "*3\r\n$7\r\nmessage\r\n$-1\r\n$1\r\nx\r\n",
        "*3\r\n$0\r\n\r\n$1\r\na\r\n$1\r\nx\r\n",
        "*3\r\n*1\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nx\r\n", "*3\r\n$11\r\nunsubscribe\r\n$1\r\na\r\n$1\r\nx\r\n",
        "*3\r\n$9\r\nsubscribe\r\n$5\r\nother\r\n:1\r\n", "*4\r\n$8\r\npmessage\r\n$1\r\n*\r\n$1\r\na\r\n$1\r\nx\r\n",
        "*3\r\n$7\r\nmessage\r\n$2\r\na\u{0}\r\n$1\r\nx\r\n", "-ERR anything\r\n",
    ])
    func whatIsNoMessageEndsTheConnection(_ reply: String) async throws {
        let losses = Reports<RedisError>()
        let subscriber = self.subscriber(toServer: "*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n" + reply)
        subscriber.onLoss { losses.report($0) }
        _ = try await subscriber.connect()
        try await subscriber.subscribe(["a"]) { _, _ in Issue.record("There was no message.") }
        _ = try await losses.next()
    }

    @Test func channelsMayHaveAnyName() async throws {
        let redis = try RedisServer()
        let connection = try await redis.connect(on: loop)
        let names = ["", "a b", "$5\r\nxxxxx\r\n", "nul\u{0}nul", "ä"]
        let messages = Reports<String>()
        let subscriber = RedisSubscriber(
            configuration: RedisConfiguration(endpoint: redis.endpoint), executor: loop, logger: .silent)
        _ = try await subscriber.connect()
        try await subscriber.subscribe(names) { channel, payload in
            #expect(payload.string == "for \(channel)")
            messages.report(channel)
        }
        var pipeline = RedisPipeline()
        for name in names { pipeline.append("PUBLISH", name, "for \(name)") }
        _ = try await connection.send(pipeline)
        for name in names { #expect(try await messages.next() == name) }
    }

    @Test func lossIsToldOnce() async throws {
        let server = FakeServer { peer in
            peer.greet()
            _ = peer.readCommand()
            peer.write("*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n")
        }
        defer { server.stop() }
        let losses = Reports<RedisError>()
        let subscriber = RedisSubscriber(
            configuration: RedisConfiguration(endpoint: server.endpoint), executor: loop, logger: .silent)
        subscriber.onLoss { losses.report($0) }
        _ = try await subscriber.connect()
        try? await subscriber.subscribe(["a"]) { _, _ in }
        #expect(try await losses.next().code == .connectionLost)
        try await loop.settle()
        #expect(await losses.rest().isEmpty)
    }

    /// A subscriber whose server answers SUBSCRIBE with these bytes. The server ends with its connection.
    private func subscriber(toServer answer: String) -> RedisSubscriber {
        let server = FakeServer { peer in
            peer.greet()
            _ = peer.readCommand()
            peer.write(answer)
            peer.waitForEnd()
        }
        return RedisSubscriber(
            configuration: RedisConfiguration(endpoint: server.endpoint), executor: loop, logger: .silent)
    }
}
