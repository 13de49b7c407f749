package import BusCalendar
package import BusProtocol
import BusSession
package import BusWire
package import RedisConnection

/// The bus heartbeat of a leading scheduler: `heartbeat_minutes` for each minute once, also those that were missed,
/// whatever Ruby processes do the same (contract §5).
///
/// Belongs to the actor that made it, and runs where that does. All times are milliseconds since 1970 of Redis' clock.
package final class BusHeartbeat {
    /// Where there is a heartbeat.
    package enum Mode: Hashable, Sendable {
        case on
        /// Where `bus:heartbeat:timestamp` shows that it has been running within seven days.
        case whereItRuns
        case off
    }

    /// What became of one ``BusHeartbeat/beat(now:believed:)``.
    package enum Outcome: Equatable, Sendable {
        /// So many minutes were published.
        case published(minutes: Int)
        case nothing
        /// Another scheduler leads.
        case notLeader
        /// A Ruby process publishes; it is worth looking again at this time.
        case busy(until: Int)
        /// Redis refused, and nothing was done. It is asked again a second later.
        case refused(RedisErrorReply)
    }

    /// What one beat led to.
    package struct Beat: Equatable, Sendable {
        package let outcome: Outcome
        /// What to log; nil also for what was remarked by the beat before.
        package let remark: BusHeartbeatRemark?
    }

    private static let minute = 60_000
    private static let pause = 1000

    private let connection: any RedisClient
    private let commands: BusHeartbeatCommands
    private let zone: ZoneRules
    private let host: String
    private let uuid: @Sendable () -> String
    private let mode: Mode
    private let mostBack: Int?
    /// The minute up to which nothing is left to do.
    private var done: Int?
    /// When to go on before the next minute.
    private var again: Int?
    private var remarked: BusHeartbeatRemark?

    /// - Parameters:
    ///   - connection: used for two round trips a minute.
    ///   - bus: the namespace.
    ///   - lock: what the schedulers' lock holds while this one leads.
    ///   - queue: the incoming queue, without namespace and `queue:`.
    ///   - zone: of the attributes `minute`, `hour`, `day` and so on.
    ///   - host: for `bus_app_hostname`.
    ///   - uuid: a new lower-case UUID with each call, for `bus_id`.
    ///   - mode: where there is a heartbeat.
    ///   - mostBack: how many minutes are published at most, the present one included; nil for all that were missed.
    ///     See `BusHeartbeatPlan.mostBack(in:)`.
    package init(
        connection: any RedisClient, bus: BusKeys, lock: SchedulerLock.Identity, queue: String, zone: ZoneRules,
        host: String, uuid: @escaping @Sendable () -> String, mode: Mode, mostBack: Int?
    ) {
        self.connection = connection
        commands = BusHeartbeatCommands(bus: bus, lock: lock, queue: queue)
        self.zone = zone
        self.host = host
        self.uuid = uuid
        self.mode = mode
        self.mostBack = mostBack
    }

    /// When to beat: at once if that is not later than `now`. Nil if never.
    package func next(after now: Int) -> Int? {
        guard mode != .off else { return nil }
        // A clock may have gone back since.
        if let again { return min(again, now + Self.pause) }
        guard let done, done == now / Self.minute else { return now }
        return (done + 1) * Self.minute
    }

    /// Publishes what is due, 60 minutes at most, so that other work gets its turn; ``next(after:)`` tells when to go
    /// on.
    ///
    /// - Parameters:
    ///   - now: the present.
    ///   - believed: the latest time that the clock has shown and that is believed; nil when nobody knows.
    /// - Throws: `RedisError`; nobody knows then what was published. To beat again is safe.
    package func beat(now: Int, believed: Int?) async throws(RedisError) -> Beat {
        guard mode != .off else { return Beat(outcome: .nothing, remark: nil) }
        (done, again) = (nil, nil)
        let state: BusHeartbeatCommands.State
        do throws(RedisError) {
            state = try await commands.readState(connection)
        } catch {
            guard let refusal = error.reply else { throw error }
            // The message of the error names the key.
            let named = refusal.kind == .wrongType ? RedisErrorReply(message: "WRONGTYPE \(error.message)") : refusal
            return ended(.refused(named), now: now)
        }
        let step = BusHeartbeatStep(
            state: state, now: now / 1000, believed: believed.map { $0 / 1000 }, startsAnew: mode == .on,
            mostBack: mostBack)
        switch step.action {
        case .nothing:
            done = now / Self.minute
            return ended(.nothing, step.remark, now: now)
        case .wait: return ended(.busy(until: now + Self.pause), step.remark, now: now)
        case .publish(let minutes, let timestamp, let isLast):
            switch try await publish(minutes, timestamp: timestamp, replacing: state, now: now / 1000) {
            case .done:
                if isLast { done = now / Self.minute } else { again = now }
                return ended(minutes.isEmpty ? .nothing : .published(minutes: minutes.count), step.remark, now: now)
            case .changed, .duplicate: return ended(.busy(until: now + Self.pause), now: now)
            case .notLeader: return ended(.notLeader, now: now)
            case .refused(let refusal): return ended(.refused(refusal), now: now)
            }
        }
    }

    private func publish(
        _ minutes: Range<Int>, timestamp: Int, replacing state: BusHeartbeatCommands.State, now: Int
    ) async throws(RedisError) -> LeaderAnswer {
        let elements = minutes.map {
            PublishedEvent.heartbeatElement(
                epochMinute: $0, now: now, uuid: uuid(), hostname: host, secondsFromUTC: zone.offset(at:))
        }
        var pipeline = RedisPipeline()
        commands.append(elements, timestamp: timestamp, replacing: state, to: &pipeline)
        SchedulerCrashPoint.pass(.beforeBusHeartbeatSent)
        return LeaderAnswer(try await connection.send(pipeline, passing: SchedulerCrashPoint.afterBusHeartbeatSent)[0])
    }

    private func ended(_ outcome: Outcome, _ remark: BusHeartbeatRemark? = nil, now: Int) -> Beat {
        switch outcome {
        case .busy, .refused: again = now + Self.pause
        case .published, .nothing, .notLeader: break
        }
        defer { remarked = remark }
        return Beat(outcome: outcome, remark: remark == remarked ? nil : remark)
    }
}
