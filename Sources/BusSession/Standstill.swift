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
        var details = Self.details(error)
        if silenced > 0 { details["withheld"] = .stringConvertible(silenced) }
        logger.warning("\(prefix)\(Self.line(error))", metadata: details)
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
        if error.isPassing { return "Redis cannot work: \(reason(error))" }
        return cause(error) == .away ? "Redis is away" : "Redis cannot be used: \(reason(error))"
    }

    /// What a log line says: one of three sentences, so that they can be searched for.
    private static func line(_ error: RedisError) -> String {
        if error.isPassing { return "Redis cannot work; waiting until it can" }
        return cause(error) == .away
            ? "Redis is away; trying until it answers"
            : "Redis cannot be used; trying again until somebody changes that"
    }

    private static func details(_ error: RedisError) -> Logger.Metadata {
        var details: Logger.Metadata = ["reason": "\(reason(error))"]
        details["awaited"] = error.awaited.map { "\($0)" }
        details["advice"] = error.isPassing ? nil : error.reply?.advice.map { "\(words($0))" }
        return details
    }

    /// What was said of a state that passes, or of what it stood in the way of.
    private static func reason(_ error: RedisError) -> String {
        if error.code != .notMaster, let reply = error.reply, reply.isPassing { return words(reply.message) }
        return words(error.message)
    }

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
