/// Whether a lease protects a driver or a rider from being recovered.
package enum LeaseRespect: String, Sendable {
    /// Only those whose lease ran out are recovered.
    case respected = "dead"
    /// Also those that may be alive: they are fenced and register anew. For the own id, and for `recover --all`.
    case ignored = "now"
}
