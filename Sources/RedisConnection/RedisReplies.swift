/// The replies to one pipeline, in the order of its commands.
///
/// A value that may go anywhere; its memory is used again when the last copy is gone, so do not keep it longer than
/// needed.
@usableFromInline package struct RedisReplies: Sendable, RandomAccessCollection {
    let arena: ReplyArena

    @usableFromInline package var startIndex: Int {
        0
    }

    @usableFromInline package var endIndex: Int {
        arena.buffers.roots.count
    }

    @usableFromInline package subscript(index: Int) -> RedisReply {
        precondition(indices.contains(index), "There are \(count) replies, none at \(index).")
        return RedisReply(arena: arena, index: Int(arena.buffers.roots[index]))
    }

    /// The first error among the replies and the elements of their arrays (as in the reply of EXEC).
    @usableFromInline package var firstError: RedisErrorReply? {
        let index = arena.buffers.firstError
        return index < 0 ? nil : RedisReply(arena: arena, index: Int(index)).errorReply
    }
}

/// One reply, or one element of an array reply.
@usableFromInline package struct RedisReply: Sendable {
    @usableFromInline package enum Kind: UInt8, Sendable, BitwiseCopyable {
        /// A status such as `OK`.
        case status
        case error
        case integer
        /// A bulk string: any bytes.
        case string
        /// A missing string or array.
        case null
        case array
    }

    let arena: ReplyArena
    let index: Int

    private var node: ReplyNode {
        arena.buffers.nodes[index]
    }

    @usableFromInline package var kind: Kind {
        node.kind
    }

    /// The value of an integer reply, and of a string that is a decimal integer; nil for anything else.
    @usableFromInline package var integer: Int? {
        switch kind {
        case .integer: node.value
        case .string, .status: Int(string ?? "")
        case .error, .null, .array: nil
        }
    }

    @usableFromInline package var isNull: Bool {
        kind == .null
    }

    /// The number of elements of an array; 0 for anything else.
    @usableFromInline package var count: Int {
        kind == .array ? node.length : 0
    }

    /// The element at `position` of an array.
    @usableFromInline package subscript(position: Int) -> RedisReply {
        precondition(position >= 0 && position < count, "The reply has \(count) elements, none at \(position).")
        let isFlat = Int(node.end) - index - 1 == node.length
        var child = index + 1
        if isFlat {
            child += position
        } else {
            for _ in 0..<position { child = Int(arena.buffers.nodes[child].end) }
        }
        return RedisReply(arena: arena, index: child)
    }

    /// The bytes of all texts that came in answer to the same pipeline.
    @usableFromInline package var answerByteCount: Int { arena.buffers.bytes.count }

    /// The elements of an array; empty for anything else.
    @usableFromInline package var elements: [RedisReply] {
        (0..<count).map { self[$0] }
    }

    /// The text of a string, status or error, with broken UTF-8 repaired; nil for anything else.
    @usableFromInline package var string: String? {
        withUnsafeBytes { $0.map { String(decoding: $0, as: UTF8.self) } }
    }

    /// The bytes of a string, status or error; nil for anything else.
    @usableFromInline package var bytes: [UInt8]? {
        withUnsafeBytes { $0.map(Array.init) }
    }

    /// Calls `body` with the bytes of a string, status or error, or with nil for anything else. They are valid during
    /// the call only.
    @usableFromInline package func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let node = node
        switch node.kind {
        case .string, .status, .error: break
        case .integer, .null, .array: return try body(nil)
        }
        defer { withExtendedLifetime(arena) {} }
        return try body(UnsafeRawBufferPointer(start: arena.buffers.bytes.base + node.value, count: node.length))
    }

    /// Calls `body` with the bytes of each string among the elements of an array, in order; other elements are passed
    /// over. The bytes are valid during the call only. Costs no allocation and no reference counting for an element.
    @usableFromInline package func forEachElement<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let array = node
        guard array.kind == .array else { return }
        defer { withExtendedLifetime(arena) {} }
        let nodes = arena.buffers.nodes.base
        let bytes = arena.buffers.bytes.base
        var child = index + 1
        while child < Int(array.end) {
            let element = nodes[child]
            if element.kind == .string {
                try body(UnsafeRawBufferPointer(start: bytes + element.value, count: element.length))
            }
            child = Int(element.end)
        }
    }

    /// The error, if this reply is one.
    @usableFromInline package var errorReply: RedisErrorReply? {
        guard kind == .error, let string else { return nil }
        return RedisErrorReply(message: string)
    }
}
