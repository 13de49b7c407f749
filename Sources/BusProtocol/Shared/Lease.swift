import RedisConnection

/// The commands by which a driver or a rider proves that it lives (protocol §2.2).
///
/// A lease has two halves: an entry in a sorted set, and a key that ends by itself and can be renewed even when memory
/// is full. Whoever wants to recover an id demands that both ran out.
package struct Lease: Sendable {
    let id: String
    /// The record whose existence every script of this id asks for.
    let record: String
    /// The sorted set of ids, each with the end of its lease in ms of Redis' clock.
    let registry: String
    let key: String
    let milliseconds: Int

    /// Appends the registration.
    ///
    /// - Parameter fields: what the record is to say besides; a number, the time and `claimed` are there anyway.
    func appendRegister(
        _ fields: KeyValuePairs<String, String>, digests: ScriptDigests, to pipeline: inout RedisPipeline
    ) {
        digests.append(
            .register, keys: [record, registry, key],
            arguments: [id, String(milliseconds)] + fields.flatMap { [$0.key, $0.value] }, to: &pipeline)
    }

    /// Appends the renewal of both halves; the reply `FENCED` says that the id was recovered.
    func appendRenewal(digests: ScriptDigests, to pipeline: inout RedisPipeline) {
        digests.append(
            .renewLease, keys: [record, registry, key], arguments: [id, String(milliseconds)], to: &pipeline)
    }

    /// Appends the note in the record whether a signal has paused its owner; the reply `FENCED` says that the id was
    /// recovered.
    func appendPause(_ isPaused: Bool, to pipeline: inout RedisPipeline) {
        // By text: it is called so seldom that loading it does not pay.
        ScriptDigests().append(.markPause, keys: [record], arguments: [isPaused ? "1" : "0"], to: &pipeline)
    }

    /// Appends the renewal of the half that ends by itself; the reply 0 says that it has ended.
    func appendKeyRenewal(to pipeline: inout RedisPipeline) {
        pipeline.append("PEXPIRE", key, String(milliseconds))
    }
}

extension Lease {
    /// How often a process makes sure that it is in `workers`: seldom, since hardly anybody ever removes it.
    package static func listingInterval(lease: Duration) -> Duration { min(.seconds(60), lease * 4) }

    /// How often a lease is renewed: often enough that some renewals may be lost, and that a master which has become a
    /// replica is noticed within five seconds.
    ///
    /// - Parameter lease: how long it runs.
    package static func renewalInterval(of lease: Duration) -> Duration { min(lease / 5, .seconds(4)) }

    /// When to look again for ids whose lease ran out: about twice a lease, or as soon as the next one ends.
    ///
    /// - Parameters:
    ///   - leases: what is left of each.
    ///   - own: the id that looks.
    ///   - lease: how long a lease runs.
    package static func untilNextLook(
        at leases: [RegisteredLease], own: String?, lease: Duration
    ) -> Duration {
        let soonest = leases.filter { $0.id != own && $0.remaining > .zero }.map(\.remaining).min()
        let usual = lease / 2 * Double.random(in: 0.8...1)
        return min(usual, (soonest ?? usual) + .milliseconds(20))
    }
}
