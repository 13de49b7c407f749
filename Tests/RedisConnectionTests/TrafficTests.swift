import Glibc
import LibevExecutor
import RedisTestSupport
import Testing

@testable import RedisConnection

@Suite(.timeLimit(.minutes(1)))
final class TrafficTests: Sendable {
    let loop = LibevExecutor(name: "traffic")

    deinit { loop.stop() }

    @Test func submitsOfOneTurnLeaveInOneWrite() async throws {
        let reads = Reports<String>()
        let server = FakeServer { peer in
            peer.greet()
            reads.report(peer.readOnce())
            peer.write("+A\r\n+B\r\n+C\r\n+D\r\n")
            peer.waitForEnd()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        let replies = Reports<String>()
        try await loop.run { [loop] in
            for name in ["a", "b"] {
                connection.submit(RedisPipeline("GET", name)) { result in
                    replies.report((try? result.get())?.first?.string ?? "")
                }
            }
            // Jobs that follow in the same turn take part.
            loop.execute {
                var pipeline = RedisPipeline("GET", "c")
                pipeline.append("GET", "d")
                connection.submit(pipeline) { result in
                    for reply in (try? result.get()).map(Array.init) ?? [] { replies.report(reply.string ?? "") }
                }
            }
        }
        let expected = ["a", "b", "c", "d"].map { "*2\r\n$3\r\nGET\r\n$1\r\n\($0)\r\n" }.joined()
        #expect(try await reads.next() == expected)
        for reply in ["A", "B", "C", "D"] { #expect(try await replies.next() == reply) }
    }

    @Test func slowReaderIsNotBuriedInOutput() async throws {
        let gate = Gate()
        let server = FakeServer { peer in
            peer.greet()
            gate.wait()
            while peer.readCommand() != nil { peer.write("+OK\r\n") }
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        // Far more than the socket buffers take.
        let pipeline = RedisPipeline("SET", "a", String(repeating: "x", count: 600_000))
        let count = 60
        let outcomes = Reports<RedisError.Code?>()
        try await loop.run {
            for _ in 0..<count {
                connection.submit(pipeline, timeout: .seconds(60)) { outcomes.report($0.errorCode) }
                #expect(connection.link.unsent <= RedisLink.unsentLimit)
            }
        }
        try await loop.settle()
        #expect(try await loop.run { connection.link.unsent } <= RedisLink.unsentLimit)
        gate.open()
        for _ in 0..<count { #expect(try await outcomes.next() == nil) }
        #expect(try await loop.run { connection.link.unsent } == 0)
    }

    @Test func heldCommandsFailWithTheConnection() async throws {
        let server = FakeServer { peer in
            peer.greet()
            _ = peer.readOnce()
        }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        let pipeline = RedisPipeline("SET", "a", String(repeating: "x", count: 900_000))
        let outcomes = Reports<RedisError.Code?>()
        try await loop.run {
            for _ in 0..<20 { connection.submit(pipeline) { outcomes.report($0.errorCode) } }
        }
        #expect(try await outcomes.next() == .connectionLost)
        // Much output leaves at once, so the loss may be known before all are submitted: nothing is sent of the last
        // then.
        for _ in 1..<20 {
            let outcome = try await outcomes.next()
            #expect(outcome == .connectionLost || outcome == .closed)
        }
        try await loop.settle()
        #expect(await outcomes.rest().isEmpty)
    }

    @Test func largeReplyArrivesWhole() async throws {
        let redis = try RedisServer()
        let connection = try await redis.connect(on: loop)
        var pipeline = RedisPipeline()
        let values = (0..<3000).map { String(repeating: "\($0)-", count: 100) }
        for value in values { pipeline.append("RPUSH", "list", value) }
        pipeline.append("LRANGE", "list", "0", "-1")
        let replies = try await connection.send(pipeline)
        var received: [String] = []
        replies[3000].forEachElement { received.append(String(decoding: $0, as: UTF8.self)) }
        #expect(received == values)
        #expect(replies[2999].integer == 3000)
    }

    @Test func emptyPipelineSucceeds() async throws {
        let server = FakeServer { $0.serveOK() }
        defer { server.stop() }
        let connection = server.connection(on: loop)
        _ = try await connection.connect()
        #expect(try await connection.send(RedisPipeline()).isEmpty)
    }

    // MARK: - Exactly once

    /// Servers that answer some commands and then end in one of many ways, callers that submit, close and reconnect in
    /// no order: whatever happens, each completion is called once.
    @Test func everyCompletionIsCalledExactlyOnce() async throws {
        let seed = chosenSeed ?? UInt64.random(in: .min ... .max)
        print("everyCompletionIsCalledExactlyOnce: seed \(seed)")
        var random = SplitMix64(seed)
        let rounds = RepetitionCount.short(120, long: 3000)
        for _ in 0..<rounds { try await runRandomRound(&random) }
    }

    private func runRandomRound(_ random: inout SplitMix64) async throws {
        let answers = Int.random(in: 0...40, using: &random)
        let ending = Int.random(in: 0...5, using: &random)
        let server = FakeServer { peer in
            peer.greet()
            for _ in 0..<answers {
                guard peer.readCommand() != nil else { return }
                peer.write("$5\r\nvalue\r\n")
            }
            switch ending {
            case 0: peer.reset()
            case 1: peer.write("?garbage\r\n")
            case 2: peer.write("$5\r\nval")
            case 3: peer.write("+unexpected\r\n*3\r\n")
            case 4: peer.waitForEnd()
            default: break
            }
        }
        let connection = server.connection(on: loop) { $0.commandTimeout = .milliseconds(20) }
        _ = try? await connection.connect()

        let calls = LoopConfined([Int]())
        let done = Reports<Void>()
        let submits = Int.random(in: 1...30, using: &random)
        for number in 0..<submits {
            let action = Int.random(in: 0...19, using: &random)
            let commands = Int.random(in: 1...4, using: &random)
            let turnEnds = Bool.random(using: &random)
            try await loop.run {
                var pipeline = RedisPipeline()
                for _ in 0..<commands { pipeline.append("GET", "\(number)") }
                calls.value.append(0)
                connection.submit(pipeline) { result in
                    if case .success(let replies) = result { #expect(replies.count == commands) }
                    calls.value[number] += 1
                    done.report(())
                }
                if action == 0 { connection.closeNow() }
                if action == 1 { Task { _ = try? await connection.connect() } }
            }
            if turnEnds { try await loop.settle() }
        }
        for _ in 0..<submits { try await done.next() }
        await connection.close()
        try await loop.settle()
        let counted = try await loop.run { calls.value }
        #expect(counted == Array(repeating: 1, count: submits))
        server.stop()
    }

    // MARK: - Leaks

    /// In a process of its own, because the descriptors of other tests come and go.
    @Test func reconnectsLeakNoDescriptors() async throws {
        await #expect(processExitsWith: .success) {
            let loop = LibevExecutor(name: "reconnects")
            let server = FakeServer { $0.serveOK() }
            let connection = server.connection(on: loop)
            _ = try await connection.connect()
            let before = openDescriptors()
            for number in 0..<RepetitionCount.short(2000, long: 10_000) {
                if number % 3 == 0 { await connection.close() }
                _ = try await connection.connect()
                if number % 5 == 0 { _ = try await connection.send(RedisPipeline("GET", "a")) }
            }
            await connection.close()
            // The server's side closes on threads of its own; each end there needs the client's end first.
            server.stop()
            while openDescriptors() > before { sched_yield() }
        }
    }
}

private func openDescriptors() -> Int {
    (0..<Int32(4096)).count { fcntl($0, F_GETFD) >= 0 }
}

/// `REDIS_CONNECTION_LONG_TESTS=1` asks for the long form.
private enum RepetitionCount {
    static func short(_ short: Int, long: Int) -> Int {
        getenv("REDIS_CONNECTION_LONG_TESTS") == nil ? short : long
    }
}

/// `REDIS_CONNECTION_TEST_SEED` repeats the choices of an earlier run.
private var chosenSeed: UInt64? {
    getenv("REDIS_CONNECTION_TEST_SEED").flatMap { UInt64(String(cString: $0)) }
}

private struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
