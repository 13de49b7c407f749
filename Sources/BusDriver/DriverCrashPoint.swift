import BusSession

/// The named steps of a driver's life at which a debug build can be made to end or stop (see `CrashPlan`). In a release
/// build passing one costs nothing.
enum DriverCrashPoint: String, CaseIterable {
    case beforeRegistration = "before_registration"
    case afterRegistration = "after_registration"
    case beforeLoad = "before_load"
    case afterLoad = "after_load"
    case beforeClaimSent = "before_claim_sent"
    case afterClaimSent = "after_claim_sent"
    case afterClaimReply = "after_claim_reply"
    case afterMatch = "after_match"
    case beforeCommitSent = "before_commit_sent"
    case afterCommitSent = "after_commit_sent"
    case afterCommitReply = "after_commit_reply"
    case afterPeek = "after_peek"
    case beforeSwapSent = "before_swap_sent"
    case afterSwapSent = "after_swap_sent"
    case afterSwapReply = "after_swap_reply"
    case afterRenewalSent = "after_renewal_sent"
    case beforeRecovery = "before_recovery"
    case afterRecovery = "after_recovery"
    case beforeMending = "before_mending"
    case afterMending = "after_mending"
    case beforeLeaving = "before_leaving"
    case afterLeaving = "after_leaving"
}

#if DEBUG
    extension DriverCrashPoint {
        static func pass(_ point: DriverCrashPoint) { CrashPlan.pass(point.rawValue) }
        static func look(at element: UnsafeRawBufferPointer) { CrashPlan.look(at: element) }
    }
#else
    extension DriverCrashPoint {
        @inline(__always) static func pass(_ point: DriverCrashPoint) {}
        @inline(__always) static func look(at element: UnsafeRawBufferPointer) {}
    }
#endif
