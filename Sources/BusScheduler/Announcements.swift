/// What a scheduler has heard since it last looked.
struct Announcements {
    /// The leaders' lock has changed.
    var lock = false
    /// Something was delayed, perhaps until an earlier time than anything else.
    var delayed = true
    /// Schedules were set, removed, paused or resumed.
    var schedules = false
    /// All schedules are to be read: the entries that Redis does not keep are others, or a leader begins.
    var entries = false
}
