import Glibc
import LibevExecutor
import Testing

@testable import RedisConnection

@Suite(.timeLimit(.minutes(1)))
final class DeadlineTests: Sendable {
    let loop = LibevExecutor(name: "deadlines")

    deinit { loop.stop() }

    @Test func silentServerEndsTheConnectionAtTheDeadline() async throws {
        let server = FakeServer { peer in
            peer.greet()
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        let losses = Reports<RedisError>()
        connection.onLoss { losses.report($0) }
        _ = try await connection.connect()
        let outcome = try await connection.outcome(of: RedisPipeline("GET", "a"), timeout: .milliseconds(30))
        #expect(outcome.errorCode == .timedOut)
        #expect(try await losses.next().code == .timedOut)
    }

    @Test func serverThatNeverAnswersTheHandshakeEndsTheAttempt() async throws {
        let server = FakeServer { $0.waitForEnd() }
        defer { server.stop() }
        let connection = server.connection(on: loop) { $0.connectTimeout = .milliseconds(300) }
        let failure = await error { () async throws(RedisError) in _ = try await connection.connect() }
        #expect(failure?.code == .timedOut)
    }

    /// A half-open peer: half of the reply, then nothing, and the connection stays up.
    @Test func halfAReplyIsNoReply() async throws {
        let server = FakeServer { peer in
            peer.greet()
            _ = peer.readCommand()
            peer.write("$10\r\nabc")
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        let outcome = try await connection.outcome(of: RedisPipeline("GET", "a"), timeout: .milliseconds(30))
        #expect(outcome.errorCode == .timedOut)
        // What was left of the old reply does not reach the next connection's.
        let info = try? await connection.connect()
        #expect(info?.runID == "abcdef")
    }

    @Test func shortDeadlineIsKeptAfterALongOne() async throws {
        let server = FakeServer { peer in
            peer.greet()
            _ = peer.readCommand()
            peer.write("+OK\r\n")
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        let first = try await connection.outcome(of: RedisPipeline("GET", "a"), timeout: .seconds(600))
        #expect(first.errorCode == nil)
        let second = try await connection.outcome(of: RedisPipeline("GET", "a"), timeout: .milliseconds(30))
        #expect(second.errorCode == .timedOut)
    }

    @Test func nextRequestHasItsOwnDeadline() async throws {
        let server = FakeServer { peer in
            peer.greet()
            _ = peer.readCommand()
            peer.write("+OK\r\n")
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        let reports = Reports<RedisError.Code?>()
        try await loop.run {
            connection.submit(RedisPipeline("GET", "a"), timeout: .seconds(600)) { reports.report($0.errorCode) }
            // Long enough for the answer to come before it.
            connection.submit(RedisPipeline("GET", "b"), timeout: .milliseconds(500)) { reports.report($0.errorCode) }
        }
        #expect(try await reports.next() == nil)
        #expect(try await reports.next() == .timedOut)
    }

    /// The process was stopped, or busy, for longer than the deadline; the reply has been here all the time.
    @Test func replyThatWaitsUnreadIsInTime() async throws {
        let answered = Gate()
        let server = FakeServer { peer in
            peer.greet()
            _ = peer.readCommand()
            peer.write("+OK\r\n")
            answered.open()
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        let reports = Reports<RedisError.Code?>()
        try await loop.run {
            let deadline = MonotonicTime.now + 20_000_000
            connection.submit(RedisPipeline("GET", "a"), timeout: .milliseconds(20)) { reports.report($0.errorCode) }
            connection.link.write()
            answered.wait()
            while MonotonicTime.now <= deadline + 1_000_000 {}
        }
        #expect(try await reports.next() == nil)
    }

    @Test func idleConnectionIsPinged() async throws {
        let commands = Reports<[String]>()
        let server = FakeServer { peer in
            peer.greet()
            while let command = peer.readCommand() {
                commands.report(command)
                peer.write("+PONG\r\n")
            }
        }
        defer { server.stop() }
        let connection = server.connection(on: loop) { $0.idlePing = .milliseconds(20) }
        _ = try await connection.connect()
        #expect(try await commands.next() == ["PING"])
        #expect(try await commands.next() == ["PING"])
        await connection.close()
    }

    @Test func deadPeerIsFoundByThePing() async throws {
        let server = FakeServer { peer in
            peer.greet()
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop) {
            $0.idlePing = .milliseconds(20)
            $0.commandTimeout = .milliseconds(20)
        }
        let losses = Reports<RedisError>()
        connection.onLoss { losses.report($0) }
        _ = try await connection.connect()
        #expect(try await losses.next().code == .timedOut)
    }

    @Test func deadPeerIsFoundByTheKernelToo() async throws {
        let server = FakeServer { $0.serveOK() }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        let options = try await loop.run { () -> [Int32] in
            guard let descriptor = connection.link.descriptor else { return [] }
            let wanted = [
                (SOL_SOCKET, SO_KEEPALIVE), (Int32(IPPROTO_TCP), TCP_KEEPIDLE), (Int32(IPPROTO_TCP), TCP_KEEPINTVL),
                (Int32(IPPROTO_TCP), TCP_KEEPCNT), (Int32(IPPROTO_TCP), TCP_USER_TIMEOUT),
                (Int32(IPPROTO_TCP), TCP_NODELAY),
            ]
            let values = wanted.map { level, option in
                var value: Int32 = -1
                var length = socklen_t(MemoryLayout<Int32>.size)
                getsockopt(descriptor, level, option, &value, &length)
                return value
            }
            return values + [fcntl(descriptor, F_GETFD) & FD_CLOEXEC]
        }
        #expect(options == [1, 15, 5, 3, 3000, 1, FD_CLOEXEC])
    }
}
