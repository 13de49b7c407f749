import BusStore
import RedisConnection

extension SlotCommands {
    /// Appends what a timetable wants done: one reply, a `LeaderAnswer`.
    ///
    /// - Parameter now: epoch seconds.
    func append(_ step: Timetable.Step, now: Int, to pipeline: inout RedisPipeline) {
        switch step {
        case .note(let name, let state, let old): appendNote(name, state: state.text, old: old, to: &pipeline)
        case .fire(let entry, let slot, let anchor, let old):
            let firing = Firing(
                name: entry.name, slot: slot, old: old, fingerprint: entry.timing.fingerprint, anchor: anchor,
                queue: entry.queue, element: entry.element)
            append(firing, now: now, to: &pipeline)
        }
    }
}
