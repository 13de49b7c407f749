/// One reply or one element of a reply, in the order in which it came over the wire.
struct ReplyNode: BitwiseCopyable {
    var kind: RedisReply.Kind
    /// The index after this node and everything inside it.
    var end: Int32
    /// Texts: where the bytes begin. Integers: the value.
    var value: Int
    /// Texts: the number of bytes. Arrays: the number of elements.
    var length: Int
}

/// Everything that came in answer to one pipeline: all bytes in one buffer, all nodes in another.
struct ReplyBuffers {
    var bytes = GrowingBuffer<UInt8>(capacity: 1024)
    var nodes = GrowingBuffer<ReplyNode>(capacity: 64)
    /// The node of each reply.
    var roots = GrowingBuffer<Int32>(capacity: 32)
    /// The first error reply at any depth, or -1.
    var firstError: Int32 = -1

    mutating func removeAll() {
        bytes.removeAll(keepingUpTo: 1 << 20)
        nodes.removeAll(keepingUpTo: 1 << 14)
        roots.removeAll(keepingUpTo: 1 << 12)
        firstError = -1
    }

    func deallocate() {
        bytes.deallocate()
        nodes.deallocate()
        roots.deallocate()
    }
}

/// The shared owner of one set of buffers.
///
/// `@unchecked Sendable`: the buffers change only while `ReplyBuilder` holds the sole reference.
final class ReplyArena: @unchecked Sendable {
    var buffers: ReplyBuffers

    init() {
        buffers = ReplyBuffers()
    }

    deinit {
        buffers.deallocate()
    }
}
