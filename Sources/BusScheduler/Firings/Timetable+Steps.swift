package import BusCalendar
import BusProtocol
package import RedisConnection

extension Timetable {
    /// One command of `FiringCommands`.
    package enum Step: Sendable, Hashable {
        /// Note where a schedule stands.
        ///
        /// - Parameters:
        ///   - name: of the schedule.
        ///   - state: what to note.
        ///   - old: what is noted now; empty for nothing.
        case note(name: String, state: FiringState, old: String)
        /// Fire a schedule.
        ///
        /// - Parameters:
        ///   - entry: the schedule.
        ///   - state: what to note: the time of the firing, and what it follows from.
        ///   - old: what is noted when the firing's turn comes, after the steps before it; empty for nothing.
        ///   - enqueued: what others are told as the time of the push, in milliseconds since 1970.
        case fire(entry: ScheduleEntry, state: FiringState, old: String, enqueued: Int)

        /// Of the schedule.
        package var name: String {
            switch self {
            case .note(let name, _, _): name
            case .fire(let entry, _, _, _): entry.name
            }
        }

        /// What Redis holds of the schedule afterwards.
        var noted: String {
            switch self {
            case .note(_, let state, _), .fire(_, let state, _, _): state.text
            }
        }
    }

    /// What follows from an answer.
    package enum Consequence: Sendable, Equatable {
        /// Nothing: go on.
        case none
        /// Redis holds something else of this schedule than was believed: read it and call `restate`.
        case reread(String)
        /// Another scheduler leads: stop. Whoever leads again later loads everything anew.
        case lostLeadership
        /// Redis refused, as it says; the schedule is tried again after a second.
        case refused(RedisErrorReply)
    }
}
