import LibevExecutor
import Testing

@testable import RedisConnection

/// hiredis calls `abort` on a reply that nobody waits for; a buggy proxy must not be able to end the process that way.
@Suite(.timeLimit(.minutes(1)))
final class UnexpectedReplyTests: Sendable {
    let loop = LibevExecutor(name: "unexpected")

    deinit { loop.stop() }

    @Test(arguments: [
        "+OK\r\n", ":1\r\n", "$3\r\nabc\r\n", "$-1\r\n", "*-1\r\n", "*0\r\n", "*2\r\n:1\r\n$1\r\na\r\n",
        "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nb\r\n", "+OK\r\n+OK\r\n+OK\r\n",
    ])
    func replyWhileIdleEndsTheConnection(_ reply: String) async throws {
        let ready = Gate()
        let server = FakeServer { peer in
            peer.greet()
            ready.wait()
            peer.write(reply)
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        let losses = Reports<RedisError>()
        connection.onLoss { losses.report($0) }
        _ = try await connection.connect()
        ready.open()
        #expect(try await losses.next().code == .protocolViolation)
    }

    @Test(arguments: ["+OK\r\n", "*1\r\n+OK\r\n", "$-1\r\n"])
    func oneReplyTooManyInOneBurst(_ extra: String) async throws {
        let server = FakeServer { peer in
            peer.greet()
            _ = peer.readCommand()
            _ = peer.readCommand()
            peer.write("+ONE\r\n+TWO\r\n" + extra)
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        let losses = Reports<RedisError>()
        connection.onLoss { losses.report($0) }
        _ = try await connection.connect()
        var pipeline = RedisPipeline("GET", "a")
        pipeline.append("GET", "b")
        let replies = try await connection.send(pipeline)
        #expect(replies.map(\.string) == ["ONE", "TWO"])
        #expect(try await losses.next().code == .protocolViolation)
    }

    @Test(arguments: [
        "%1\r\n+a\r\n+b\r\n", "~1\r\n:1\r\n", ">1\r\n+a\r\n", ",1.5\r\n", "#t\r\n", "(123\r\n", "=5\r\ntxt:a\r\n",
    ])
    func resp3EndsTheConnection(_ reply: String) async throws {
        let server = FakeServer { peer in
            peer.greet()
            _ = peer.readCommand()
            peer.write(reply)
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        #expect(try await connection.outcome(of: RedisPipeline("GET", "a")).errorCode == .protocolViolation)
    }

    @Test func errorWhileIdleIsTheReasonOfTheLoss() async throws {
        let ready = Gate()
        let server = FakeServer { peer in
            peer.greet()
            ready.wait()
            peer.write("-ERR max number of clients reached\r\n")
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        let losses = Reports<RedisError>()
        connection.onLoss { losses.report($0) }
        _ = try await connection.connect()
        ready.open()
        let loss = try await losses.next()
        #expect(loss.code == .connectionLost)
        #expect(loss.message.contains("max number of clients reached"))
    }

    @Test func aStringThatIsTooLongIsNotReadToItsEnd() async throws {
        let server = FakeServer { peer in
            peer.greet()
            _ = peer.readCommand()
            peer.write("$1000000\r\n" + String(repeating: "x", count: 300_000))
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop) { $0.longestString = 200_000 }
        _ = try await connection.connect()
        #expect(try await connection.outcome(of: RedisPipeline("GET", "a")).errorCode == .protocolViolation)
    }

    @Test func refusalBeforeTheFirstCommandFailsTheAttempt() async throws {
        let server = FakeServer { peer in
            _ = peer.readCommand()
            peer.write("-ERR max number of clients reached\r\n")
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        let failure = await error { () async throws(RedisError) in _ = try await connection.connect() }
        #expect(failure?.code == .unreachable)
        #expect(failure?.message.contains("max number of clients reached") == true)
    }

    /// hiredis keeps 127 bytes of an error; the facade must not write more.
    @Test func veryLongErrorIsCut() async throws {
        let ready = Gate()
        let server = FakeServer { peer in
            peer.greet()
            ready.wait()
            peer.write("-" + String(repeating: "x", count: 5000) + "\r\n")
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        let losses = Reports<RedisError>()
        connection.onLoss { losses.report($0) }
        _ = try await connection.connect()
        ready.open()
        #expect(try await losses.next().message.utf8.count < 200)
    }
}
