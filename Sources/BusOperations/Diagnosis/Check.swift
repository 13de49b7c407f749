package import RedisConnection

/// One of the checks of `busdriver doctor`.
package struct Check: Sendable {
    /// What is checked, in a word or two.
    package let name: String
    private let look: @Sendable () async throws(RedisError) -> [Finding]

    init(_ name: String, _ look: @escaping @Sendable () async throws(RedisError) -> [Finding]) {
        self.name = name
        self.look = look
    }

    /// What it finds; that Redis does not let it look is a finding too.
    ///
    /// - Throws: `RedisError` when the connection is lost, or while Redis executes nothing: then there is nothing to
    ///   find out.
    package func findings() async throws(RedisError) -> [Finding] {
        do throws(RedisError) {
            return try await look()
        } catch {
            guard case .reply(let reply) = error.code, reply.kind != .busy, reply.kind != .loading else { throw error }
            return [Finding(name, refused: reply)]
        }
    }
}
