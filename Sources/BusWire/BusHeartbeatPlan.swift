/// Which minutes a heartbeat job publishes (contract §5, heartbeat job).
package struct BusHeartbeatPlan: Hashable, Sendable {
    /// The epoch minutes to publish, in order; empty when there is nothing to do.
    package let minutes: Range<Int>

    /// What `bus:heartbeat:timestamp` is to hold afterwards; nil leaves it as it is.
    package var timestampAfter: Int? { minutes.last }

    /// How far ahead, in seconds, a lock may be: Ruby's lasts 62, and its clock need not be this one.
    package static let longestLock = 122

    /// A job catches up on a day at most. Ruby stops after a minute of publishing; in both cases the next job goes
    /// on.
    package static let maximumMinutes = 1440

    /// How far back Ruby goes in this environment: three minutes in `development` and `test`, else nil, without limit.
    ///
    /// - Parameter environment: of the process; the first of `RAILS_ENV`, `RACK_ENV` and `BUS_ENV` counts.
    package static func mostBack(in environment: [String: String]) -> Int? {
        let name = environment["RAILS_ENV"] ?? environment["RACK_ENV"] ?? environment["BUS_ENV"]
        return name == "development" || name == "test" ? 3 : nil
    }

    /// - Parameters:
    ///   - now: epoch seconds.
    ///   - lock: what `bus:heartbeat:lock` holds, an epoch second; while it has not passed another process publishes.
    ///     One that lies too far ahead is ignored: see ``lockEnd(_:at:)``.
    ///   - timestamp: what `bus:heartbeat:timestamp` holds, the last epoch minute that was published. Nil, on the
    ///     very first run, means that only the present minute is, and so does what is no minute: see ``minute(_:)``.
    ///   - mostBack: how many minutes are published at most, the present one included; those before are left out.
    ///     Default: all that were missed.
    package init(now: Int, lock: String?, timestamp: String?, mostBack: Int? = nil) {
        let minute = now / 60
        if let end = lock.flatMap({ Self.lockEnd($0, at: now) }), now <= end {
            minutes = minute..<minute
        } else if let timestamp = timestamp.flatMap(Self.minute) {
            let last = max(timestamp, mostBack.map { minute - $0 } ?? .min)
            let first = last < minute ? last + 1 : minute + 1
            minutes = first..<min(minute + 1, first + Self.maximumMinutes)
        } else {
            minutes = minute..<minute + 1
        }
    }

    /// The epoch minute that `bus:heartbeat:timestamp` holds; nil when that cannot be one.
    package static func minute(_ timestamp: String) -> Int? {
        NumberMeaning.epochMinute.believed(RubyText.integer(timestamp))
    }

    /// The epoch second that `bus:heartbeat:lock` holds; nil when no process can have written it by a clock that is
    /// right.
    ///
    /// - Parameter now: epoch seconds.
    package static func lockEnd(_ lock: String, at now: Int) -> Int? {
        let end = RubyText.integer(lock)
        return end <= now + longestLock ? end : nil
    }
}

extension PublishedEvent {
    /// The event `heartbeat_minutes` of one minute.
    /// - Parameters:
    ///   - epochMinute: minutes since 1970 in UTC.
    ///   - secondsFromUTC: what the local zone adds to UTC at a given epoch second. Ruby takes minute, hour, day and
    ///     so on from the zone of the worker's process; only the epoch_* attributes do not depend on it.
    package static func heartbeat(epochMinute: Int, secondsFromUTC: (Int) -> Int) -> PublishedEvent {
        let seconds = epochMinute * 60
        let local = CivilTime(epoch: seconds, offset: secondsFromUTC(seconds))
        return PublishedEvent(
            type: "heartbeat_minutes",
            attributes: [
                JSONMember("epoch_seconds", .integer(seconds)),
                JSONMember("epoch_minutes", .integer(epochMinute)),
                JSONMember("epoch_hours", .integer(epochMinute / 60)),
                JSONMember("epoch_days", .integer(epochMinute / 1440)),
                JSONMember("minute", .integer(local.minute)),
                JSONMember("hour", .integer(local.hour)),
                JSONMember("day", .integer(local.day)),
                JSONMember("month", .integer(local.month)),
                JSONMember("year", .integer(local.year)),
                JSONMember("yday", .integer(local.yearDay)),
                JSONMember("wday", .integer(local.weekday)),
            ])
    }

    /// The element that publishes ``heartbeat(epochMinute:secondsFromUTC:)`` now.
    /// - Parameters:
    ///   - epochMinute: minutes since 1970 in UTC.
    ///   - now: epoch seconds.
    ///   - uuid: a new lower-case UUID, for `bus_id`.
    ///   - hostname: for `bus_app_hostname`.
    ///   - secondsFromUTC: what the local zone adds to UTC at a given epoch second.
    package static func heartbeatElement(
        epochMinute: Int, now: Int, uuid: String, hostname: String, secondsFromUTC: (Int) -> Int
    ) -> [UInt8] {
        let event = heartbeat(epochMinute: epochMinute, secondsFromUTC: secondsFromUTC)
        do throws(JSONEncodingError) {
            return try element(of: event.completed(now: now, uuid: uuid, hostname: hostname))
        } catch {
            preconditionFailure("A heartbeat holds integers and texts only, which JSON can write: \(error)")
        }
    }
}
