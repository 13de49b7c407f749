import BusProtocol
import RedisConnection

/// Gives the answers that it was told to give, in their order, and notes how many commands it was asked.
///
/// `@unchecked Sendable`: used by one task.
final class AnsweringRedis: RedisClient, @unchecked Sendable {
    /// Of each request the replies, as RESP.
    private var answers: [[String]]
    /// Called before each answer.
    var onRequest: () -> Void = {}
    private(set) var commandCounts: [Int] = []

    init(_ answers: [[String]]) { self.answers = answers }

    func send(_ pipeline: RedisPipeline, timeout: Duration?) async throws(RedisError) -> RedisReplies {
        commandCounts.append(pipeline.count)
        onRequest()
        guard !answers.isEmpty else { throw RedisError(.connectionLost, "There is no further answer.") }
        return .parsed(answers.removeFirst())
    }

    func submit(
        _ pipeline: RedisPipeline, timeout: Duration?,
        completion: @escaping @Sendable (Result<RedisReplies, RedisError>) -> Void
    ) {
        preconditionFailure("Nobody submits here.")
    }

    func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) {}

    func close() async {}
}

extension RedisReplies {
    static func parsed(_ replies: [String]) -> RedisReplies {
        let parser = ReplyParser()
        for reply in replies { parser.append(Array(reply.utf8)) }
        return parser.takeReplies()
    }
}

extension RedisReply {
    static func text(_ text: String) -> RedisReply { RedisReplies.parsed([RESP.text(text)])[0] }
    static func list(_ elements: [String]) -> RedisReply { RedisReplies.parsed([RESP.list(elements)])[0] }
    static func integer(_ number: Int) -> RedisReply { RedisReplies.parsed([":\(number)\r\n"])[0] }
}

enum RESP {
    static func text(_ text: String) -> String { "$\(text.utf8.count)\r\n\(text)\r\n" }
    static func list(_ elements: [String]) -> String { "*\(elements.count)\r\n" + elements.map(text).joined() }
}
