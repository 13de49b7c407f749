import BusSession

/// The named steps of a driver's life.
enum DriverCrashPoint: String, CrashPoint {
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
