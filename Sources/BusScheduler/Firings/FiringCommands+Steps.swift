import BusCalendar
import BusProtocol
import RedisConnection

extension FiringCommands {
    /// Appends what a timetable wants done: one reply, a `LeaderAnswer`.
    func append(_ step: Timetable.Step, to pipeline: inout RedisPipeline) {
        switch step {
        case .note(let name, let state, let old): appendNote(name, state: state.text, old: old, to: &pipeline)
        case .fire(let entry, let state, let old, let enqueued):
            let firing = Firing(
                name: entry.name, time: state.last, behind: state.behind, old: old, queue: entry.queue,
                element: entry.element)
            append(firing, enqueued: enqueued / 1000, to: &pipeline)
        }
    }
}
