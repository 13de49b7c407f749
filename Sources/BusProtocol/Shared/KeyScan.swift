package import RedisConnection

extension RedisClient {
    /// Calls `visit` with the names of all keys that begin with `prefix`, a page at a time, until it returns false. A
    /// name may come twice. Walks the keyspace in steps, so that Redis is never held up.
    package func scanKeys(
        beginningWith prefix: String, _ visit: ([String]) -> Bool
    ) async throws(RedisError) {
        var cursor = "0"
        repeat {
            let reply = try await call("SCAN", cursor, "MATCH", RedisGlob.escaped(prefix) + "*", "COUNT", "1000")
            cursor = reply[0].string ?? "0"
            guard visit(reply[1].elements.compactMap(\.string)) else { return }
        } while cursor != "0"
    }
}
