import BusProtocol
import BusSession
import LibevExecutor
import RedisConnection
import RedisTestSupport

@testable import BusDriver

/// The connection on which a driver hears changes of subscriptions and its barriers: messages wait until the test hands
/// them over.
///
/// `@unchecked Sendable`: used on the loop only.
final class SlowFeed: ChangeFeed, @unchecked Sendable {
    /// Redis' client id of this connection.
    let clientID: Int
    private(set) var isOpen = true

    private unowned let network: Network
    private let socket: RawRedis
    /// A message to ourselves on this channel says that everything before it is here.
    private let marker: String
    private let parser = ReplyParser()
    private var waiting: [(channel: String, payload: RedisReply)] = []
    private var onMessage: (@Sendable (String, RedisReply) -> Void)?
    private var lossHandlers: [@Sendable (RedisError) -> Void] = []

    init(network: Network) throws {
        self.network = network
        socket = try network.connect()
        clientID = try socket.call("CLIENT", "ID").integer ?? 0
        marker = "model:marker:\(clientID)"
    }

    func subscribe(
        _ channels: [String], onMessage: @escaping @Sendable (_ channel: String, _ payload: RedisReply) -> Void
    ) async throws(RedisError) {
        guard isOpen else { throw RedisError(.closed, "the feed is closed") }
        do {
            try socket.send(["SUBSCRIBE", marker] + channels)
            for _ in 0...channels.count { _ = try socket.read() }
        } catch {
            throw RedisError(.connectionLost, "\(error)")
        }
        self.onMessage = onMessage
    }

    func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) { lossHandlers.append(body) }

    func close() async { end() }

    /// Hands over up to `count` messages. False when there were none.
    func hear(_ count: Int) throws -> Bool {
        guard isOpen, let onMessage else { return false }
        try receive()
        let heard = waiting.prefix(count)
        waiting.removeFirst(heard.count)
        if !heard.isEmpty { network.activity += 1 }
        for message in heard { onMessage(message.channel, message.payload) }
        return !heard.isEmpty
    }

    func lose() {
        guard isOpen else { return }
        let handlers = lossHandlers
        end()
        let error = RedisError(.connectionLost, "the model broke the feed")
        for handler in handlers { network.executor.execute { handler(error) } }
    }

    private func end() {
        guard isOpen else { return }
        isOpen = false
        network.activity += 1
        lossHandlers = []
        onMessage = nil
        socket.close()
    }

    private func receive() throws {
        _ = try network.redis.call("PUBLISH", marker, "")
        while true {
            guard case .array(let parts) = try socket.read(), parts.count == 3, parts[0].string == "message" else {
                continue
            }
            let channel = parts[1].string ?? ""
            if channel == marker { return }
            parser.append(parts[2].resp)
            waiting.append((channel, parser.takeReplies()[0]))
        }
    }
}
