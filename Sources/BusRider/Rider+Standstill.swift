import BusProtocol
import BusSession
import RedisConnection

/// What keeps a rider from working, and what proves that nothing does.
extension Rider {
    /// What keeps the rider from working now, as an operator would say it, without a full stop; nil while nothing does.
    public var trouble: String? { standstill.trouble }

    /// Redis has taken a write that it refuses whenever it cannot work.
    func proveWork() {
        isProven = true
        standstill.ended()
    }

    /// For a session that began with jobs in hand: looks whether Redis could take more.
    func proveWorkLater() {
        guard !isProven, !isStopping, let session else { return }
        var pipeline = RedisPipeline()
        pipeline.appendWriteProof(bus: configuration.keys)
        ask(session.control, pipeline) { rider, replies in
            if let refusal = replies[0].errorReply, refusal.isPassing {
                rider.standstill.met(RedisError.refusal(refusal))
            } else {
                rider.proveWork()
            }
        }
    }
}
