import CHiredis

/// Receives what hiredis' reader finds and appends it to flat buffers, so that a reply costs no allocation for an
/// element.
///
/// async.c believes that a reply is a `redisReply` and inspects it in two places. There it finds ``facade``: by default
/// an error, which is what makes hiredis close the connection when a reply comes that nobody waits for (for any other
/// type it calls `abort`); for a subscriber the kind and channel of the message, checked beforehand, because hiredis
/// `assert`s them.
///
/// Lives at a stable address that the reader is given; loop thread only.
struct ReplyBuilder {
    enum Mode {
        case commands
        case messages
    }

    private(set) var mode = Mode.commands
    /// How many replies hiredis has callbacks for.
    var repliesDue = 0
    /// Whether the peer sent a reply that nobody waited for and that is no error.
    private(set) var hasSeenUnexpectedReply = false
    private var buffers = ReplyBuffers()
    private var spare: [ReplyArena] = []
    private var facade = ReplyFacade()

    /// Replies on their way at the same time are few; more arenas than this are not kept.
    private static let spareLimit = 4

    init() {}

    func deallocate() {
        buffers.deallocate()
        facade.deallocate()
    }

    /// Forgets a reply cut short by the end of its connection.
    mutating func reset() {
        buffers.removeAll()
        mode = .commands
        repliesDue = 0
        hasSeenUnexpectedReply = false
    }

    /// From now on everything must be a message on, or the confirmation of, one of these channels.
    mutating func expectMessages(on channels: [String]) {
        mode = .messages
        facade.channels = channels.map { Array($0.utf8) }
    }

    /// The replies since the last call.
    mutating func takeReplies() -> RedisReplies {
        let arena = unusedArena()
        swap(&arena.buffers, &buffers)
        buffers.removeAll()
        return RedisReplies(arena: arena)
    }

    private mutating func unusedArena() -> ReplyArena {
        for index in spare.indices where isKnownUniquelyReferenced(&spare[index]) {
            return spare[index]
        }
        let arena = ReplyArena()
        if spare.count < Self.spareLimit { spare.append(arena) }
        return arena
    }

    // MARK: - Called by the reader

    typealias Task = UnsafePointer<redisReadTask>
    typealias Object = UnsafeMutableRawPointer

    // hiredis 1.x reads RESP3 too. nil refuses what RESP2 does not have, as 0.14 does: the connection ends.

    mutating func appendText(_ task: Task, _ text: UnsafeMutablePointer<CChar>, _ length: Int) -> Object? {
        let kind: RedisReply.Kind
        switch task.pointee.type {
        case REDIS_REPLY_STRING: kind = .string
        case REDIS_REPLY_STATUS: kind = .status
        case REDIS_REPLY_ERROR: kind = .error
        default: return nil
        }
        let node = ReplyNode(kind: kind, end: nextEnd, value: buffers.bytes.count, length: length)
        if kind == .error && buffers.firstError < 0 { buffers.firstError = Int32(buffers.nodes.count) }
        text.withMemoryRebound(to: UInt8.self, capacity: length) { buffers.bytes.append(from: $0, count: length) }
        return append(node, task)
    }

    mutating func appendInteger(_ task: Task, _ value: Int64) -> Object {
        append(ReplyNode(kind: .integer, end: nextEnd, value: Int(value), length: 0), task)
    }

    mutating func appendNull(_ task: Task) -> Object {
        append(ReplyNode(kind: .null, end: nextEnd, value: 0, length: 0), task)
    }

    mutating func appendArray(_ task: Task, _ count: Int) -> Object? {
        guard task.pointee.type == REDIS_REPLY_ARRAY else { return nil }
        return append(ReplyNode(kind: .array, end: nextEnd, value: 0, length: count), task)
    }

    private var nextEnd: Int32 {
        Int32(truncatingIfNeeded: buffers.nodes.count + 1)
    }

    /// The reader holds on to the result as the parent of elements to come. It looks inside none of them, only async.c
    /// does, at a whole reply; so elements are numbered nodes disguised as pointers.
    @inline(__always)
    private mutating func append(_ node: ReplyNode, _ task: Task) -> Object {
        let index = buffers.nodes.count
        buffers.nodes.append(node)
        guard let parent = task.pointee.parent else {
            buffers.roots.append(Int32(truncatingIfNeeded: index))
            return beginReply(node)
        }
        extend(parent, to: node.end)
        if mode == .messages { facade.describeElement(node, task, buffers.bytes.base) }
        return Object(bitPattern: index + 1).unsafelyUnwrapped
    }

    /// Moves the end of all arrays that contain the newest node behind it.
    @inline(__always)
    private mutating func extend(_ parent: UnsafeMutablePointer<redisReadTask>, to end: Int32) {
        var ancestor = parent
        while let next = ancestor.pointee.parent {
            buffers.nodes.base[Int(bitPattern: ancestor.pointee.obj) - 1].end = end
            ancestor = next
        }
        let root = Int(buffers.roots[buffers.roots.count - 1])
        buffers.nodes.base[root].end = end
    }

    private mutating func beginReply(_ node: ReplyNode) -> Object {
        switch mode {
        case .messages:
            facade.beginMessage(node, buffers.bytes.base)
        case .commands where repliesDue == 0:
            hasSeenUnexpectedReply = node.kind != .error
            facade.beginUnexpectedReply(node, buffers.bytes.base)
        case .commands:
            break
        }
        return facade.object
    }
}

extension ReplyBuilder {
    /// The functions that a reader with a `ReplyBuilder` as its private data needs.
    ///
    /// `nonisolated(unsafe)`: written once, read by hiredis.
    nonisolated(unsafe) static let functions: UnsafeMutablePointer<redisReplyObjectFunctions> = {
        let functions = UnsafeMutablePointer<redisReplyObjectFunctions>.allocate(capacity: 1)
        functions.initialize(
            to: chiredis_reply_functions(
                { task, text, length in
                    ReplyBuilder.of(task).pointee.appendText(task.unsafelyUnwrapped, text.unsafelyUnwrapped, length)
                },
                { task, count in ReplyBuilder.of(task).pointee.appendArray(task.unsafelyUnwrapped, Int(count)) },
                { task, value in ReplyBuilder.of(task).pointee.appendInteger(task.unsafelyUnwrapped, value) },
                { task in ReplyBuilder.of(task).pointee.appendNull(task.unsafelyUnwrapped) },
                { _ in }))
        return functions
    }()

    @inline(__always)
    private static func of(_ task: Task?) -> UnsafeMutablePointer<ReplyBuilder> {
        task.unsafelyUnwrapped.pointee.privdata.assumingMemoryBound(to: ReplyBuilder.self)
    }
}
