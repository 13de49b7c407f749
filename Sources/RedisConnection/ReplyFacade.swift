import CHiredis
import Glibc

/// The `redisReply` that async.c sees instead of our flat buffers, describing no more than it looks at.
struct ReplyFacade {
    private let root = UnsafeMutablePointer<redisReply>.allocate(capacity: 1)
    private let children = UnsafeMutablePointer<redisReply>.allocate(capacity: Self.childCount)
    private let elements = UnsafeMutablePointer<UnsafeMutablePointer<redisReply>?>.allocate(capacity: Self.childCount)
    private let text = UnsafeMutablePointer<CChar>.allocate(capacity: Self.textCapacity)

    /// Kind, channel, and payload or count.
    private static let childCount = 3

    /// The channels that may be named; hiredis 1.x asserts that it knows the channel of a confirmation.
    var channels: [[UInt8]] = []

    /// hiredis keeps 127 bytes of an error.
    private static let textCapacity = 128

    init() {
        root.initialize(to: redisReply())
        children.initialize(repeating: redisReply(), count: Self.childCount)
        for index in 0..<Self.childCount { (elements + index).initialize(to: children + index) }
        text.initialize(repeating: 0, count: Self.textCapacity)
        root.pointee.type = REDIS_REPLY_ERROR
        root.pointee.str = text
        root.pointee.element = elements
    }

    func deallocate() {
        releaseNames()
        root.deallocate()
        children.deallocate()
        elements.deallocate()
        text.deallocate()
    }

    var object: UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(root)
    }

    func beginUnexpectedReply(_ node: ReplyNode, _ bytes: UnsafeMutablePointer<UInt8>) {
        if node.kind == .error {
            refuse(UnsafeRawBufferPointer(start: bytes + node.value, count: node.length))
        } else {
            refuse("a reply came that no command had asked for")
        }
    }

    func beginMessage(_ node: ReplyNode, _ bytes: UnsafeMutablePointer<UInt8>) {
        if node.kind == .error {
            refuse(UnsafeRawBufferPointer(start: bytes + node.value, count: node.length))
        } else if node.kind == .array && node.length >= Self.childCount {
            releaseNames()
            root.pointee.type = REDIS_REPLY_ARRAY
            root.pointee.elements = Self.childCount
        } else {
            refuse("a subscriber received something that is no message")
        }
    }

    func describeElement(
        _ node: ReplyNode, _ task: UnsafePointer<redisReadTask>, _ bytes: UnsafeMutablePointer<UInt8>
    ) {
        // Only what lies directly in the message counts: a root has no parent.
        let position = Int(task.pointee.idx)
        guard task.pointee.parent.pointee.parent == nil, position < Self.childCount,
            root.pointee.type == REDIS_REPLY_ARRAY
        else { return }
        switch (position, node.kind) {
        case (0, .string), (1, .string):
            children[position].type = REDIS_REPLY_STRING
            children[position].str = Self.terminatedCopy(bytes + node.value, node.length)
            children[position].len = node.length
            if position == 0 ? !isExpectedKind : !isExpectedChannel {
                refuse("a subscriber received something it has not asked for")
            }
        case (2, _):
            children[position].type = REDIS_REPLY_INTEGER
        default:
            refuse("a subscriber received a message without a channel")
        }
    }

    /// We never unsubscribe, and on `unsubscribe` hiredis asserts more than this facade describes.
    private var isExpectedKind: Bool {
        strcmp(children[0].str, "message") == 0 || strcmp(children[0].str, "subscribe") == 0
    }

    private var isExpectedChannel: Bool {
        let name = UnsafeRawBufferPointer(start: children[1].str, count: children[1].len)
        return channels.contains { $0.elementsEqual(name) }
    }

    private static func terminatedCopy(_ start: UnsafePointer<UInt8>, _ length: Int) -> UnsafeMutablePointer<CChar> {
        let copy = UnsafeMutablePointer<CChar>.allocate(capacity: length + 1)
        memcpy(copy, start, length)
        copy[length] = 0
        return copy
    }

    private func refuse(_ reason: String) {
        var reason = reason
        reason.withUTF8 { refuse(UnsafeRawBufferPointer($0)) }
    }

    private func refuse(_ reason: UnsafeRawBufferPointer) {
        let length = min(reason.count, Self.textCapacity - 1)
        UnsafeMutableRawBufferPointer(start: text, count: length).copyMemory(from: .init(rebasing: reason[..<length]))
        text[length] = 0
        root.pointee.type = REDIS_REPLY_ERROR
        root.pointee.elements = 0
    }

    private func releaseNames() {
        for index in 0..<Self.childCount {
            children[index].str?.deallocate()
            children[index].str = nil
        }
    }
}
