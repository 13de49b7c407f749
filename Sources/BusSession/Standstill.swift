import BusProtocol
import BusWire
package import Logging
package import RedisConnection

/// What keeps a role from working, and what the log says of it: a line when it begins, one in ten seconds while it
/// lasts, and one when it is over.
package struct Standstill: Sendable {
    /// What is told apart: of one cause each line but the first waits for its time, whatever its words are.
    private enum Cause: Hashable {
        case away, notMaster, userRefused, setting
        case refusal(RedisErrorReply.Kind)
    }

    private static let interval = Duration.seconds(10)

    /// What keeps the role from working, as an operator would say it, without a full stop; nil while nothing does.
    package private(set) var trouble: String?
    private var said: [Cause: (at: ContinuousClock.Instant, silenced: Int)] = [:]
    /// A line told of it, so that one tells of its end.
    private var isTold = false
    private let logger: Logger
    private let prefix: String

    /// - Parameters:
    ///   - logger: told of troubles as warnings, of their end as a notice.
    ///   - task: what cannot be done meanwhile, for the beginning of each warning; nil for all that the role does.
    package init(_ logger: Logger, of task: String? = nil) {
        self.logger = logger
        prefix = task.map { "\($0): " } ?? ""
    }

    /// A role has met this in place of work. Logs it, unless the same cause was told less than ten seconds ago.
    package mutating func met(_ error: any Error, at now: ContinuousClock.Instant = .now) {
        let error = error as? RedisError ?? RedisError(.unreachable, "\(error)")
        // What was closed on purpose stands in nobody's way.
        guard error.code != .closed else { return }
        trouble = Self.trouble(error)
        let cause = Self.cause(error)
        if let last = said[cause], now - last.at < Self.interval {
            said[cause] = (last.at, last.silenced + 1)
            return
        }
        let silenced = said[cause]?.silenced ?? 0
        said[cause] = (now, 0)
        isTold = true
        logger.warning("\(prefix)\(Self.line(error))\(silenced == 0 ? "" : " (\(silenced) more times since)")")
    }

    /// The role has done what proves that it can work. Logs that, if the log said that it could not.
    package mutating func ended() {
        trouble = nil
        if isTold { logger.notice("Redis works again") }
        isTold = false
    }

    // MARK: - Words

    /// What an error is to a role that waits, without a full stop.
    package static func trouble(_ error: RedisError) -> String {
        if error.code == .notMaster { return "Redis cannot work: \(words(error.message))" }
        if let reply = error.reply, reply.isPassing { return "Redis cannot work: \(words(reply.message))" }
        return cause(error) == .away ? "Redis is away" : "Redis cannot be used: \(words(error.message))"
    }

    private static func line(_ error: RedisError) -> String {
        let trouble = trouble(error)
        if let awaited = error.awaited { return "\(trouble); waiting for \(awaited)" }
        return cause(error) == .away
            ? "\(trouble): \(words(error.message)); trying until it answers"
            : "\(trouble); trying again until somebody changes that\(advice(error))"
    }

    /// What to change, as the end of a line; nothing where nobody knows.
    private static func advice(_ error: RedisError) -> String { error.reply?.advice.map { ". " + words($0) } ?? "" }

    private static func cause(_ error: RedisError) -> Cause {
        if let reply = error.reply, error.code == .reply(reply) || reply.isPassing {
            return reply.kind == .readOnly || reply.kind == .masterDown ? .notMaster : .refusal(reply.kind)
        }
        return switch error.code {
        case .notMaster: .notMaster
        case .authentication: .userRefused
        case .configuration, .protocolViolation, .reply: .setting
        case .unreachable, .connectionLost, .timedOut, .closed: .away
        }
    }

    /// A message without its full stop, and without the place in a script that Redis names.
    private static func words(_ message: String) -> String {
        let end = message.firstRange(of: " script: ")?.lowerBound ?? message.endIndex
        let words = message[..<end]
        return ShownText.cut(String(words.hasSuffix(".") ? words.dropLast() : words))
    }
}
