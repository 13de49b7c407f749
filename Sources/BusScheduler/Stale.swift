/// What a scheduler must look at again: it was announced that it has changed, Redis has refused something that rests on
/// it, or the scheduler has changed it itself.
struct Stale {
    /// Who holds the leaders' lock.
    var lock = false
    /// When the first delayed job falls due.
    var delayed = true
    /// The schedules that were set, removed, paused or resumed.
    var changedSchedules = false
    /// All schedules: the entries that Redis does not keep are others, or a leader begins.
    var allSchedules = false
}
