import BusProtocol
package import BusWire
package import Logging
import RedisConnection

/// Keeps troubles that come again and again from flooding the log: of each subject one line in ten seconds.
///
/// A subject is a constant of the program. What varies (names, numbers, reasons) stands beside it as metadata, cut to
/// the length of a name. So there are few subjects, nothing from outside gets around the limit, and a subject is
/// forgotten once its ten seconds are over. Confined to its role.
package final class ComplaintLog {
    /// What may be said beside each other: a subject, and of what Redis refuses each kind.
    private struct Topic: Hashable {
        let subject: String
        let refusal: RedisErrorReply.Kind?
    }

    /// The lines of a topic since `began`.
    private struct Period {
        let began: ContinuousClock.Instant
        var said = 0
        var withheld = 0
    }

    private let logger: Logger
    private var periods: [Topic: Period] = [:]
    private static let interval = Duration.seconds(10)

    package init(_ logger: Logger) { self.logger = logger }

    /// How many topics are remembered now.
    package var count: Int { periods.count }

    /// Logs a trouble, unless it was said less than ten seconds ago. The next line tells how many were withheld before
    /// it.
    ///
    /// - Parameters:
    ///   - subject: what is wrong, and what to do about it, in constant words.
    ///   - details: what varies. Never a payload, nor a key that holds one.
    ///   - most: lines within ten seconds, for what is said once for each of several names; default 1.
    ///   - level: default `warning`.
    package func report(
        _ subject: StaticString, _ details: Logger.Metadata = [:], most: Int = 1, level: Logger.Level = .warning,
        at now: ContinuousClock.Instant = .now
    ) {
        say(Topic(subject: subject.description, refusal: nil), details, most, level, now)
    }

    /// Says that entries wait for `failed` to be a list (`move_failures.lua`).
    package func reportWaitingFailures(_ bus: BusKeys) {
        report(
            "failures wait, because their list is something else; rename or delete that key, and they move there",
            ["key": "\(bus.failed)", "waiting": "\(bus.waitingFailures)"])
    }

    /// Logs in the same way what has failed.
    package func report(
        _ subject: StaticString, _ error: any Error, at now: ContinuousClock.Instant = .now
    ) {
        let refusal = error as? RedisErrorReply ?? (error as? RedisError)?.reply
        let topic = Topic(subject: subject.description, refusal: refusal?.kind)
        say(topic, ["reason": "\((error as? RedisErrorReply)?.message ?? "\(error)")"], 1, .warning, now)
    }

    private func say(
        _ topic: Topic, _ details: Logger.Metadata, _ most: Int, _ level: Logger.Level, _ now: ContinuousClock.Instant
    ) {
        let last = periods[topic]
        periods = periods.filter { now - $0.value.began < Self.interval }
        var period = periods[topic] ?? Period(began: now)
        defer { periods[topic] = period }
        guard period.said < most else {
            period.withheld += 1
            return
        }
        period.said += 1
        var details = details.mapValues(\.cut)
        // Of the period before; within this one nothing was withheld yet.
        if let last, last.withheld > 0 { details["withheld"] = .stringConvertible(last.withheld) }
        logger.log(level: level, "\(topic.subject)", metadata: details)
    }
}

extension Logger.MetadataValue {
    /// A text cut to the length of a name; a number stays one, for logs that machines read.
    fileprivate var cut: Self {
        if case .stringConvertible(let value) = self, value is any Numeric { return self }
        return .string(ShownText.cut("\(self)"))
    }
}
