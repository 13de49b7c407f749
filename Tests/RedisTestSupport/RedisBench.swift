import LibevExecutor

/// A redis-server of a test's own, and what its kind of tests does there.
public protocol RedisBench: Sendable {
    /// Ends with the test.
    var server: RedisServer { get }

    init(on server: RedisServer)

    /// Ends what the bench has started besides. Nothing by default.
    func close()
}

extension RedisBench {
    public func close() {}

    /// Runs `body` with a bench of its own, on a thread of its own.
    ///
    /// - Parameter config: further lines of redis.conf.
    public static func run(config: [String] = [], _ body: (Self) async throws -> Void) async throws {
        try await onOwnThread {
            let bench = Self(on: try RedisServer(config: config))
            defer {
                bench.server.stop()
                bench.close()
            }
            try await body(bench)
        }
    }
}

/// Runs `body` on a thread of its own, which its raw clients may block.
public func onOwnThread(_ body: () async throws -> Void) async throws {
    let thread = LibevExecutor(name: "test.body")
    defer { thread.stop() }
    try await withTaskExecutorPreference(thread) {
        // Up to its first suspension a task stays where it is, on a thread of the pool.
        await Task.yield()
        try await body()
    }
}
