import CHiredis
import Glibc
import LibevExecutor
import RedisTestSupport
import Testing

@testable import RedisConnection

/// One test for each row of the table of what hiredis does with a context, and when.
@Suite(.timeLimit(.minutes(1)))
final class LifeCycleTests: Sendable {
    let loop = LibevExecutor(name: "life-cycle")

    deinit { loop.stop() }

    // MARK: - A context that comes with an error: no callback will ever come

    @Test func badAddressFailsTheAttempt() async throws {
        let failure = try await open(.tcp(host: "not a number", port: 1))
        #expect(failure?.code == .unreachable)
    }

    @Test func missingUnixSocketFailsTheAttempt() async throws {
        let failure = try await open(.unix(path: "/nonexistent/redis.sock"))
        #expect(failure?.code == .unreachable)
        #expect(failure?.message.contains("No such file") == true)
    }

    @Test func exhaustedDescriptorsFailTheAttempt() async throws {
        await #expect(processExitsWith: .success) {
            let loop = LibevExecutor(name: "no descriptors")
            let link = RedisLink(executor: loop)
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            var lowered = rlimit(rlim_cur: 0, rlim_max: limit.rlim_max)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &lowered)
            let failure = try await callback("the connection is refused", of: RedisError?.self) { callBack in
                loop.execute {
                    link.open(.tcp(host: "127.0.0.1", port: 1), timeout: .seconds(1), completion: callBack)
                }
            }
            #expect(failure?.code == .unreachable)
            // Sanitizers want to open files at the end.
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
    }

    @Test func linkCanBeOpenedAgainAfterAnError() async throws {
        let server = FakeServer { $0.waitForEnd() }
        defer { server.stop() }
        let link = RedisLink(executor: loop)
        #expect(try await open(.unix(path: "/nonexistent"), link) != nil)
        #expect(try await open(server.address, link) == nil)
        try await close(link)
    }

    // MARK: - Connected: nothing may be freed inside onConnect

    @Test func closingAsSoonAsConnected() async throws {
        let server = FakeServer { $0.waitForEnd() }
        defer { server.stop() }
        let link = RedisLink(executor: loop)
        for _ in 0..<100 {
            let reports = Reports<RedisError?>()
            try await loop.run {
                link.open(server.address, timeout: .seconds(5)) { failure in
                    link.close(RedisError(.closed, "at once"))
                    reports.report(failure)
                }
            }
            #expect(try await reports.next() == nil)
            try await loop.settle()
            #expect(await reports.rest().isEmpty)
            #expect(try await loop.run { link.context == nil && link.anchor == nil })
        }
    }

    // MARK: - Connect failed: onConnect with an error, then hiredis frees; onDisconnect is not called

    @Test func refusedConnectionSaysSo() async throws {
        let server = FakeServer(accepts: false) { _ in }
        server.stop()
        let link = RedisLink(executor: loop)
        try await loop.run { link.onLoss.append { _ in Issue.record("A connection that never was cannot be lost.") } }
        let failure = try await open(server.address, link)
        #expect(failure?.code == .unreachable)
        #expect(failure?.message.contains("refused") == true)
        try await loop.settle()
        #expect(try await loop.run { link.context == nil && link.anchor == nil && link.phase == .closed })
    }

    @Test func silenceToConnectEndsAtTheDeadline() async throws {
        // With a backlog of 0 one connection fills the queue and the kernel drops the SYN of the next.
        let server = FakeServer(backlog: 0, accepts: false) { _ in }
        defer { server.stop() }
        let filler = RedisLink(executor: loop)
        #expect(try await open(server.address, filler) == nil)
        let failure = try await open(server.address, timeout: .milliseconds(50))
        #expect(failure?.code == .unreachable)
        #expect(failure?.message.contains("did not answer within") == true)
        try await close(filler)
    }

    // MARK: - The peer closes, or the stream breaks: NULL to all pending, then onDisconnect, then hiredis frees

    enum Ending: CaseIterable {
        case orderly, reset, garbage, badLength, halfAReply
    }

    @Test(arguments: Ending.allCases)
    func everythingUnderWayFailsOnce(_ ending: Ending) async throws {
        let server = FakeServer { peer in
            peer.greet()
            _ = peer.readCommand()
            switch ending {
            case .orderly: break
            case .reset: peer.reset()
            case .garbage: peer.write("HTTP/1.1 400 Bad Request\r\n")
            case .badLength: peer.write("$x\r\n")
            case .halfAReply: peer.write("*3\r\n$3\r\nabc\r\n$100\r\nxyz")
            }
            if ending != .reset && ending != .orderly && ending != .halfAReply { peer.waitForEnd() }
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        let losses = Reports<RedisError>()
        connection.onLoss { losses.report($0) }
        _ = try await connection.connect()

        let pipeline = RedisPipeline("GET", "a")
        let outcomes = try await withThrowingTaskGroup(of: Result<RedisReplies, RedisError>.self) { group in
            for _ in 0..<3 { group.addTask { try await connection.outcome(of: pipeline) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let isProtocol = ending == .garbage || ending == .badLength
        let expected: RedisError.Code = isProtocol ? .protocolViolation : .connectionLost
        #expect(try await losses.next().code == expected)
        // The server has read one; a pipeline that was submitted after the loss was not sent, and may end before it.
        #expect(outcomes.contains { $0.errorCode == expected })
        #expect(outcomes.allSatisfy { $0.errorCode == expected || $0.errorCode == .closed })
        try await loop.settle()
        #expect(await losses.rest().isEmpty)
    }

    @Test func nothingIsSentAgainAfterALoss() async throws {
        let commands = Reports<[String]>()
        let server = FakeServer { peer in
            peer.greet()
            if let command = peer.readCommand() { commands.report(command) }
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        #expect(try await connection.outcome(of: RedisPipeline("INCR", "once")).errorCode == .connectionLost)
        #expect(try await connection.outcome(of: RedisPipeline("INCR", "unsent")).errorCode == .closed)
        _ = try await connection.connect()
        #expect(try await connection.outcome(of: RedisPipeline("INCR", "again")).errorCode == .connectionLost)
        #expect(await commands.rest() == [["INCR", "once"], ["INCR", "again"]])
    }

    // MARK: - redisAsyncFree calls every pending callback with NULL, synchronously

    @Test func closeCompletesNothingInline() async throws {
        let server = FakeServer { peer in
            peer.greet()
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        connection.onLoss { _ in Issue.record("Closing on purpose is no loss.") }
        _ = try await connection.connect()
        let reports = Reports<RedisError.Code?>()
        try await loop.run {
            let isInside = LoopConfined(true)
            for _ in 0..<5 {
                connection.submit(RedisPipeline("GET", "a")) { result in
                    #expect(!isInside.value)
                    reports.report(result.errorCode)
                    // A caller that reacts by submitting must not be caught in a loop.
                    connection.submit(RedisPipeline("GET", "b")) { reports.report($0.errorCode) }
                }
            }
            connection.closeNow()
            connection.closeNow()
            isInside.value = false
        }
        for _ in 0..<10 { #expect(try await reports.next() == .closed) }
        try await loop.settle()
        #expect(await reports.rest().isEmpty)
    }

    @Test func contextFreedByHiredisIsNotFreedAgain() async throws {
        let server = FakeServer { $0.greet() }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        for _ in 0..<50 {
            let losses = Reports<Void>()
            try await loop.run { connection.link.onLoss = [{ _ in losses.report(()) }] }
            _ = try? await connection.connect()
            // The server closes after the greeting, before or after the handshake is read.
            try await loop.run { connection.closeNow() }
            await connection.close()
            #expect(try await loop.run { connection.link.context == nil })
        }
    }

    // MARK: - Late and repeated callbacks

    @Test func callbackAfterTheEndIsHarmless() async throws {
        let server = FakeServer { $0.serveOK() }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        let reports = Reports<RedisError.Code?>()
        try await loop.run {
            connection.submit(RedisPipeline("SET", "a", "1")) { reports.report($0.errorCode) }
        }
        #expect(try await reports.next() == nil)
        // What hiredis could do at worst: call back again for a request that is long answered, and for one to come.
        try await loop.run {
            let link = connection.link
            link.builder.pointee.repliesDue += 2
            link.receiveReply(to: link.queue.oldest - 1)
            link.receiveReply(to: link.queue.oldest)
        }
        #expect(try await connection.outcome(of: RedisPipeline("GET", "a")).errorCode == nil)
        #expect(await reports.rest().isEmpty)
    }

    // MARK: - Replies belong to hiredis and are gone after the callback

    @Test func repliesOutliveTheirConnection() async throws {
        let server = FakeServer { peer in
            peer.greet()
            var number = 0
            while peer.readCommand() != nil {
                let text = String(repeating: "\(number % 10)", count: 40_000)
                peer.write("*2\r\n$40000\r\n\(text)\r\n:\(number)\r\n")
                number += 1
            }
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        var kept: [RedisReplies] = []
        for _ in 0..<10 { kept.append(try await connection.send(RedisPipeline("GET", "x"))) }
        await connection.close()
        for (number, replies) in kept.enumerated() {
            #expect(replies[0][0].string == String(repeating: "\(number)", count: 40_000))
            #expect(replies[0][1].integer == number)
        }
    }

    // MARK: - A command that hiredis does not take: its callback never comes

    @Test func commandRefusedByHiredisFailsAtOnce() async throws {
        let server = FakeServer { peer in
            peer.greet()
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        let reports = Reports<RedisError.Code?>()
        try await loop.run {
            connection.submit(RedisPipeline("GET", "pending")) { reports.report($0.errorCode) }
            // With a reply outstanding this only marks the context, and hiredis takes no more commands.
            redisAsyncDisconnect(connection.link.context)
            connection.submit(RedisPipeline("GET", "refused")) { reports.report($0.errorCode) }
        }
        #expect(try await reports.next() == .connectionLost)
        #expect(try await reports.next() == .connectionLost)
        try await loop.settle()
        #expect(await reports.rest().isEmpty)
    }

    // MARK: - Support

    private func open(
        _ address: ResolvedAddress, _ link: RedisLink? = nil, timeout: Duration = .seconds(5)
    ) async throws -> RedisError? {
        let link = link ?? RedisLink(executor: loop)
        return try await callback("the connection is open or refused", of: RedisError?.self) { callBack in
            loop.execute { link.open(address, timeout: timeout, completion: callBack) }
        }
    }

    private func close(_ link: RedisLink) async throws {
        try await loop.run { link.close(RedisError(.closed, "The test is over.")) }
    }
}
