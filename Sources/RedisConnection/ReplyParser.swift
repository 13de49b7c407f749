import CHiredis

/// Reads replies from bytes that did not come through a connection, by the same reader and into the same buffers.
///
/// For tests that stand between a client and its Redis. Not for concurrent use.
package final class ReplyParser {
    private let builder = UnsafeMutablePointer<ReplyBuilder>.allocate(capacity: 1)
    private let reader: UnsafeMutablePointer<redisReader>

    package init() {
        builder.initialize(to: ReplyBuilder())
        // Otherwise the builder takes each reply for one that nobody waits for.
        builder.pointee.repliesDue = .max
        reader = redisReaderCreateWithFunctions(ReplyBuilder.functions)
        reader.pointee.privdata = UnsafeMutableRawPointer(builder)
    }

    deinit {
        redisReaderFree(reader)
        builder.pointee.deallocate()
        builder.deallocate()
    }

    /// Appends one reply, which must be whole.
    package func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { _ = redisReaderFeed(reader, $0.baseAddress, $0.count) }
        var reply: UnsafeMutableRawPointer?
        let status = redisReaderGetReply(reader, &reply)
        precondition(status == REDIS_OK && reply != nil, "These bytes are not one whole reply in RESP2.")
    }

    /// The replies since the last call.
    package func takeReplies() -> RedisReplies {
        builder.pointee.takeReplies()
    }
}
