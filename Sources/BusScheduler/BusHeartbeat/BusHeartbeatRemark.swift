import BusWire

/// What an operator should hear of the bus heartbeat. Its description is a line for the log.
package enum BusHeartbeatRemark: Hashable, Sendable, CustomStringConvertible {
    /// The last minute lay in the future, though the clock never was there; minutes count from now on.
    case clamped(from: Int)
    /// The clock went back; nothing is published until this epoch minute has passed.
    case silent(until: Int)
    /// The last minute is more than seven days ago, so that the heartbeat does not go on by itself.
    case stopped(at: Int)
    /// `bus:heartbeat:timestamp` holds no minute.
    case unreadable
    /// `bus:heartbeat:lock` holds an epoch second that no process can have written by a clock that is right.
    case lockIgnored(until: Int)

    package var description: String {
        switch self {
        case .clamped(let minute):
            """
            bus:heartbeat:timestamp lay in the future, at \(Self.text(minute: minute)); bus heartbeats go on from now.
            """
        case .silent(let minute):
            "The clock of Redis went back; there are no bus heartbeats until \(Self.text(minute: minute))."
        case .stopped(let minute):
            """
            The bus heartbeat has stood still since \(Self.text(minute: minute)); start with --heartbeat to publish every \
            minute since then, or delete the key bus:heartbeat:timestamp.
            """
        case .unreadable:
            "bus:heartbeat:timestamp does not hold a minute, so there are no bus heartbeats; delete that key."
        case .lockIgnored(let second):
            "bus:heartbeat:lock is held until \(Self.text(second)), which cannot be; it is ignored."
        }
    }

    private static func text(minute: Int) -> String {
        minute <= latest / 60 ? text(minute * 60) : "minute \(minute)"
    }

    private static func text(_ second: Int) -> String {
        second <= latest ? CivilTime(epoch: second).rubyText : "second \(second)"
    }

    /// The end of the year 9999; a number beyond it is no time, and shown as it is.
    private static let latest = 253_402_300_799
}
