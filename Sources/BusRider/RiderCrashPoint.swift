import BusSession

/// The named steps of a rider's life.
enum RiderCrashPoint: String, CrashPoint {
    case beforeRegistration = "rider_before_registration"
    case afterRegistration = "rider_after_registration"
    case beforeClaimSent = "rider_before_claim_sent"
    case afterClaimSent = "rider_after_claim_sent"
    case afterClaimReply = "rider_after_claim_reply"
    case afterLookup = "rider_after_lookup"
    case beforeSettlementSent = "rider_before_settlement_sent"
    case afterSettlementSent = "rider_after_settlement_sent"
    case afterSettlementReply = "rider_after_settlement_reply"
    case afterRenewalSent = "rider_after_renewal_sent"
    case beforeRecovery = "rider_before_recovery"
    case afterRecovery = "rider_after_recovery"
    case beforeLeaving = "rider_before_leaving"
    case afterLeaving = "rider_after_leaving"
}
