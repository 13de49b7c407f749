import BusSession

/// The named steps of a scheduler's life.
enum SchedulerCrashPoint: String, CrashPoint {
    case beforeLock = "scheduler_before_lock"
    case afterLock = "scheduler_after_lock"
    case beforePromotionSent = "scheduler_before_promotion_sent"
    case afterPromotionSent = "scheduler_after_promotion_sent"
    case afterPromotionReply = "scheduler_after_promotion_reply"
    case beforeFireSent = "scheduler_before_fire_sent"
    case afterFireSent = "scheduler_after_fire_sent"
    case afterFireReply = "scheduler_after_fire_reply"
    case beforeBusHeartbeatSent = "scheduler_before_heartbeat_sent"
    case afterBusHeartbeatSent = "scheduler_after_heartbeat_sent"
    case afterRenewalSent = "scheduler_after_renewal_sent"
    case afterChangesTaken = "scheduler_after_changes_taken"
    case beforeRelease = "scheduler_before_release"
    case afterRelease = "scheduler_after_release"
}
