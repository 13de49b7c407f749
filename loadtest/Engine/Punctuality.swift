import Glibc

/// The generator's thread goes before driver and Redis, as if it stood on a machine of its own: what it is late by
/// would be counted as theirs.
enum Punctuality {
    /// `SCHED_RESET_ON_FORK`: drivers that the thread starts are ordinary processes.
    private static let resetOnFork: Int32 = 0x4000_0000
    private static let niceness: Int32 = -5

    /// Makes the calling thread a real-time one where the system permits, else a less nice one, else leaves it as it
    /// is.
    static func claim() {
        var parameters = sched_param(sched_priority: 1)
        if sched_setscheduler(0, SCHED_RR | resetOnFork, &parameters) == 0 { return }
        parameters.sched_priority = 0
        _ = sched_setscheduler(0, SCHED_OTHER | resetOnFork, &parameters)
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
    }
}
