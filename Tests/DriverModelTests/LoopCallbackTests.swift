import LibevExecutor
import RedisTestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct LoopCallbackTests {
    private typealias Callback = @Sendable (Result<Int, any Error>) -> Void

    private static func wait(_ start: @escaping @Sendable (LibevExecutor, @escaping Callback) -> Void) async throws
        -> Int
    {
        let executor = LibevExecutor(name: "test.loop")
        defer { executor.stop() }
        return try await Task(executorPreference: executor) {
            try await executor.callback("the call", of: Int.self, within: .milliseconds(50)) { start(executor, $0) }
        }.value
    }

    @Test func theFirstCallCounts() async throws {
        let value = try await Self.wait { executor, callBack in
            executor.schedule(after: .zero) {
                callBack(.success(1))
                callBack(.success(2))
            }
        }
        #expect(value == 1)
    }

    @Test func aCallThatDoesNotComeIsNamed() async {
        await #expect { try await Self.wait { _, _ in } } throws: { "\($0)".contains(": the call") }
    }
}
