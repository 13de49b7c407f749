import BusProtocol
import LibevExecutor
import RedisTestSupport

@testable import RedisConnection

/// A connection of a driver with a slow network on both sides of Redis: what is submitted waits until the test delivers
/// it, and what Redis answered waits until the test hands it over.
///
/// `@unchecked Sendable`: used on the loop only, as a real connection is.
final class SlowLink: RedisClient, @unchecked Sendable {
    enum Role: String {
        case control, lane, doorbell, recoverer
    }

    /// One command on its way to Redis.
    struct Command {
        var bytes: [UInt8]
        /// Its first word.
        var name: String
        /// The driver id on whose behalf it was sent.
        var incarnation: String?
    }

    private struct Submission {
        var repliesDue: Int
        var replies: RedisReplies?
        let completion: @Sendable (Result<RedisReplies, RedisError>) -> Void
    }

    let label: String
    let role: Role
    /// The client still listens; otherwise only its bytes travel on.
    private(set) var isOpen = true
    private(set) var waiting: [Command] = []
    /// Commands of a `MULTI` are being queued.
    private(set) var isQueueing = false

    private unowned let network: Network
    private let incarnation: () -> String?
    private let socket: RawRedis
    private let parser = ReplyParser()
    private var submissions: [Submission] = []
    private var lossHandlers: [@Sendable (RedisError) -> Void] = []

    init(_ label: String, role: Role, network: Network, incarnation: @escaping () -> String?) throws {
        self.label = label
        self.role = role
        self.network = network
        self.incarnation = incarnation
        socket = try network.connect()
    }

    // MARK: - The driver's side

    func send(_ pipeline: RedisPipeline, timeout: Duration?) async throws(RedisError) -> RedisReplies {
        do {
            return try await network.wait(for: "an answer on \(label)") { answered in
                submit(pipeline, timeout: timeout) { answered($0.mapError { $0 }) }
            }
        } catch {
            throw error as? RedisError ?? RedisError(.timedOut, "\(error)")
        }
    }

    func submit(
        _ pipeline: RedisPipeline, timeout: Duration?,
        completion: @escaping @Sendable (Result<RedisReplies, RedisError>) -> Void
    ) {
        network.activity += 1
        guard isOpen else {
            return network.executor.execute { completion(.failure(RedisError(.closed, "the link is closed"))) }
        }
        let id = incarnation()
        let ends = pipeline.starts.dropFirst() + [pipeline.bytes.count]
        for (start, end) in zip(pipeline.starts, ends) {
            let bytes = Array(pipeline.bytes[start..<end])
            waiting.append(Command(bytes: bytes, name: Self.name(of: bytes), incarnation: id))
        }
        submissions.append(Submission(repliesDue: pipeline.count, completion: completion))
    }

    func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) { lossHandlers.append(body) }

    func close() async { part(RedisError(.closed, "the driver closed the link")) }

    // MARK: - The test's side

    /// Redis has answered a whole submission.
    var hasAnswer: Bool { submissions.first?.replies != nil }

    /// Lets the next command reach Redis; nil when there is none.
    func execute() throws -> RawReply? {
        guard let command = waiting.first else { return nil }
        waiting.removeFirst()
        try socket.sendRaw(command.bytes)
        let reply = try socket.read()
        switch command.name {
        case "MULTI": isQueueing = true
        case "EXEC": isQueueing = false
        default: break
        }
        guard isOpen, let index = submissions.firstIndex(where: { $0.replies == nil }) else { return reply }
        parser.append(reply.resp)
        submissions[index].repliesDue -= 1
        if submissions[index].repliesDue == 0 { submissions[index].replies = parser.takeReplies() }
        return reply
    }

    /// Hands the oldest answer to the driver.
    func answer() {
        guard let replies = submissions.first?.replies else { return }
        network.activity += 1
        submissions.removeFirst().completion(.success(replies))
    }

    /// The connection breaks. Both sides notice; what was on its way meets its fate.
    func lose() {
        guard isOpen else { return }
        let error = RedisError(.connectionLost, "the model broke the link")
        let handlers = lossHandlers
        part(error)
        for handler in handlers { network.executor.execute { handler(error) } }
    }

    /// The other half of the next command never comes.
    func cut(at length: Int) {
        if let command = waiting.first { try? socket.sendRaw(Array(command.bytes.prefix(length))) }
        drop()
    }

    /// What has not reached Redis never will.
    func drop() {
        waiting = []
        socket.close()
    }

    private func part(_ error: RedisError) {
        guard isOpen else { return }
        isOpen = false
        network.activity += 1
        lossHandlers = []
        for submission in submissions { network.executor.execute { submission.completion(.failure(error)) } }
        submissions = []
        network.decideFate(of: self)
    }

    private static func name(of bytes: [UInt8]) -> String {
        let lines = bytes.prefix(64).split(separator: UInt8(ascii: "\n"), maxSplits: 3)
        return lines.count > 2 ? String(decoding: lines[2].dropLast(), as: UTF8.self) : ""
    }
}
