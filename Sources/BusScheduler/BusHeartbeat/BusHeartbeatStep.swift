import BusProtocol
import BusWire

/// What a scheduler does about the bus heartbeat at one moment (contract §5). It decides, and touches nothing.
struct BusHeartbeatStep: Hashable {
    enum Action: Hashable {
        case nothing
        /// A Ruby process publishes.
        case wait
        /// Publish these minutes, none perhaps, and note `timestamp`. `isLast` says that nothing is left to do then.
        case publish(Range<Int>, timestamp: Int, isLast: Bool)
    }

    let action: Action
    var remark: BusHeartbeatRemark?

    /// The most minutes that are published in one step, some 30 KB: more would hold up Redis.
    static let batch = 60
    /// How old, in minutes, a timestamp may be from which the heartbeat goes on by itself: seven days.
    private static let oldestGoingOn = 7 * 1440
    /// How far ahead, in minutes, the timestamp may be of any time that the clock has shown.
    private static let plausibleLead = 1
    /// How far back, in minutes, a clock may go unmentioned.
    private static let mentionedLag = 2

    /// - Parameters:
    ///   - state: what Redis has.
    ///   - now: epoch seconds.
    ///   - believed: the latest time that the clock has shown and that is believed, in epoch seconds.
    ///   - startsAnew: whether the heartbeat runs even where it has not been running lately.
    ///   - mostBack: how many minutes are published at most, the present one included; nil for all that were missed.
    init(state: BusHeartbeatCommands.State, now: Int, believed: Int?, startsAnew: Bool, mostBack: Int?) {
        let minute = now / 60
        let latest = max(now, believed ?? now)
        var lock = state.lock
        if let text = lock, BusHeartbeatPlan.lockEnd(text, at: latest) == nil {
            lock = nil
            remark = .lockIgnored(until: RubyText.integer(text))
        }
        if let text = state.timestamp {
            let last = RubyText.integer(text)
            guard last > 0 else {
                (action, remark) = (.nothing, .unreadable)
                return
            }
            if last > latest / 60 + Self.plausibleLead {
                action = .publish(minute..<minute, timestamp: minute, isLast: true)
                remark = .clamped(from: last)
                return
            }
            if last > minute {
                action = .nothing
                if last - minute > Self.mentionedLag { remark = .silent(until: last) }
                return
            }
            if !startsAnew, minute - last > Self.oldestGoingOn {
                (action, remark) = (.nothing, .stopped(at: last))
                return
            }
        } else if !startsAnew {
            action = .nothing
            return
        }
        let plan = BusHeartbeatPlan(now: now, lock: lock, timestamp: state.timestamp, mostBack: mostBack)
        let minutes = plan.minutes.prefix(Self.batch)
        if let last = minutes.last {
            action = .publish(minutes, timestamp: last, isLast: last >= minute)
        } else {
            action = lock.map { now <= RubyText.integer($0) } ?? false ? .wait : .nothing
        }
    }
}
