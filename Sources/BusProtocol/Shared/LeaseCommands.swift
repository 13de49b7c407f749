package import RedisConnection

/// The commands of one incarnation that is registered under a lease: a driver's or a rider's.
package protocol LeaseCommands: Sendable {
    /// What it is registered as.
    var id: String { get }
    /// Appends the renewal of both halves of the lease; the reply `FENCED` says that the id was recovered.
    func appendRenewal(to pipeline: inout RedisPipeline)
    /// Appends the cheap renewal: the half of the lease that also works when memory is full; the reply 0 says that it
    /// has ended.
    func appendKeyRenewal(to pipeline: inout RedisPipeline)
    /// Appends the note for others whether a signal has paused this incarnation; the reply `FENCED` says that the id
    /// was recovered.
    func appendPause(_ isPaused: Bool, to pipeline: inout RedisPipeline)
    /// From now on calls scripts by text: the server has forgotten them.
    mutating func forgetDigests()
}
