import BusProtocol
import BusSession
import RedisConnection

/// What proves that Redis lets a rider work.
extension Rider {
    /// For a session that began with jobs in hand: looks whether Redis could take more.
    func proveWorkLater() {
        guard !life.isProven, !isStopping, let session else { return }
        var pipeline = RedisPipeline()
        pipeline.appendWriteProof(bus: configuration.keys)
        ask(session.control, pipeline) { rider, replies in
            if let refusal = replies[0].errorReply, refusal.isPassing {
                rider.life.standstill.met(RedisError.refusal(refusal))
            } else {
                rider.life.proved()
            }
        }
    }
}
