package import RedisConnection

/// The commands of one incarnation that is registered under a lease: a driver's or a rider's (protocol §2.1).
package protocol LeaseCommands: Sendable {
    var lease: Lease { get }
    /// The scripts as the server knows them.
    var digests: ScriptDigests { get set }
}

extension LeaseCommands {
    /// What it is registered as.
    package var id: String { lease.id }

    /// Appends the renewal of both halves of the lease; the reply `FENCED` says that the id was recovered.
    package func appendRenewal(to pipeline: inout RedisPipeline) {
        lease.appendRenewal(digests: digests, to: &pipeline)
    }

    /// Appends the cheap renewal: the half of the lease that also works when memory is full; the reply 0 says that it
    /// has ended.
    package func appendKeyRenewal(to pipeline: inout RedisPipeline) { lease.appendKeyRenewal(to: &pipeline) }

    /// Appends the note for others whether a signal has paused this incarnation; the reply `FENCED` says that the id
    /// was recovered.
    package func appendPause(_ isPaused: Bool, to pipeline: inout RedisPipeline) {
        lease.appendPause(isPaused, to: &pipeline)
    }

    /// From now on calls scripts by text: the server has forgotten them.
    package mutating func forgetDigests() { digests = ScriptDigests() }
}
