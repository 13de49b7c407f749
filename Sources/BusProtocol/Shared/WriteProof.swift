package import BusWire
package import RedisConnection

/// A write that changes nothing: `SET … XX` of a key that nobody makes. Redis refuses it in every state in which it
/// would refuse work, and a master that has become a replica betrays itself.
extension RedisPipeline {
    /// Appends it: one reply.
    package mutating func appendWriteProof(bus: BusKeys) { append("SET", bus.own("nothing"), "", "XX") }
}

extension RedisClient {
    /// Makes sure, in one round trip, that Redis takes writes now.
    ///
    /// - Throws: `RedisError` when it does not, or the connection is lost. A user who may not `SET` proves nothing
    ///   either way.
    package func proveWritable(bus: BusKeys) async throws(RedisError) {
        var pipeline = RedisPipeline()
        pipeline.appendWriteProof(bus: bus)
        if let refusal = try await send(pipeline)[0].errorReply, refusal.isPassing { throw .refusal(refusal) }
    }
}
