import RedisTestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct FaultProxyTests {
    private let server: RedisServer
    private let proxy: FaultProxy

    init() throws {
        server = try RedisServer()
        proxy = try FaultProxy(to: server)
    }

    @Test func forwardsWhatHasNoScript() throws {
        let client = try RawRedis(port: proxy.port)
        let large = String(repeating: "x", count: 3_000_000)
        try client.call("SET", "key", large)
        #expect(try client.call("GET", "key").string == large)
    }

    @Test func cutsARequestAtItsByte() async throws {
        var command: [UInt8] = []
        RawRedis.encode([Array("SET".utf8), Array("key".utf8), Array("value".utf8)], into: &command)
        for cut in 0..<command.count {
            proxy.script(FaultScript(requests: .after(cut, .close)))
            let client = try RawRedis(port: proxy.port)
            try? client.sendRaw(command)
            #expect(throws: TestSupportError.self) { try client.read() }
            try await proxy.wait(for: .closed(cut))
        }
        #expect(try server.connect().call("EXISTS", "key") == .integer(0))
    }

    @Test func cutsAReplyAfterTheCommandTookEffect() async throws {
        for cut in 0...3 {
            proxy.script(FaultScript(replies: .after(cut, .reset)))
            let client = try RawRedis(port: proxy.port)
            #expect(throws: TestSupportError.self) { try client.call("INCR", "counter") }
            try await proxy.wait(for: .faulted(cut, .replies))
            #expect(try server.connect().call("GET", "counter") == .bytes(Array(String(cut + 1).utf8)))
        }
    }

    @Test func holdsBytesOfAConnectionThatIsGone() async throws {
        proxy.script(FaultScript(requests: .after(0, .hold)))
        let client = try RawRedis(port: proxy.port)
        try client.send("SET", "late", "1")
        client.close()
        #expect(try server.connect().call("EXISTS", "late") == .integer(0))
        proxy.release(0)
        try await proxy.wait(for: .closed(0))
        #expect(try server.connect().call("EXISTS", "late") == .integer(1))
    }

    /// A client may be connected, and gone again, before the proxy has accepted it.
    @Test func anOrderForAConnectionThatIsYetToComeIsKept() async throws {
        proxy.script(FaultScript(requests: .after(0, .hold)))
        proxy.release(0)
        proxy.close(1)
        try RawRedis(port: proxy.port).call("SET", "key", "1")
        _ = try RawRedis(port: proxy.port)
        try await proxy.wait(for: .closed(1))
    }

    @Test func whatNeverComesIsNamed() async throws {
        let inTime = await #expect(throws: TestSupportError.self) {
            try await proxy.wait(for: .closed(7), within: .milliseconds(10))
        }
        #expect(inTime?.description.contains("closed(7)") == true)
    }

    /// As at the time limit of a test.
    @Test func cancellationEndsTheWait() async throws {
        let waiting = Task { [proxy] in try await proxy.wait(for: .closed(7), within: .seconds(600)) }
        waiting.cancel()
        await #expect(throws: TestSupportError.self) { try await waiting.value }
        let polling = Task { try await pollUntil("never", within: .seconds(600)) { false } }
        polling.cancel()
        let error = await #expect(throws: TestSupportError.self) { try await polling.value }
        #expect(error?.description.hasSuffix("never") == true)
        let calling = Task { try await callback("a call", within: .seconds(600)) { _ in } }
        calling.cancel()
        await #expect(throws: TestSupportError.self) { try await calling.value }
    }

    @Test func swallowsWhatABlackholeIsSent() throws {
        proxy.script(.blackhole)
        let client = try RawRedis(port: proxy.port, timeout: .milliseconds(100))
        #expect(throws: TestSupportError.self) { try client.call("SET", "key", "1") }
        #expect(try server.connect().call("EXISTS", "key") == .integer(0))
    }
}
