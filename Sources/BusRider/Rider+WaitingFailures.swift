import BusProtocol
import BusSession
import RedisConnection

/// Entries that wait for `failed` to be a list: those of this rider, and at the start those of others.
extension Rider {
    /// Moves entries that wait on to `failed`, if that is a list by now.
    func moveFailures(_ session: WorkSession) async throws(RedisError) {
        guard settler.mayHaveWaitingFailures else { return }
        var pipeline = RedisPipeline()
        pipeline.appendMoveOfFailures(bus: configuration.keys)
        settler.beginMovingFailures()
        failuresMoved(try await session.control.send(pipeline)[0])
    }

    /// What is refused now, or still waits, moves with a later look.
    func failuresMoved(_ reply: RedisReply) {
        if let refusal = reply.errorReply {
            settler.expectWaitingFailures()
            complaints.report("entries cannot be moved to the list of failures", refusal)
        } else if reply.integer != 0 {
            tellOfWaitingFailures()
        }
    }

    func tellOfWaitingFailures() {
        settler.expectWaitingFailures()
        complaints.reportWaitingFailures(configuration.keys)
    }
}
