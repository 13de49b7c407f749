import BusStore
import BusWire
import RedisConnection

/// Releases batches to be committed; those with bus heartbeats first learn which minutes are due (protocol.md §2.10).
extension Driver {
    /// The batch's subscriptions are fresh.
    func release(_ lane: Int) {
        held[lane]?.isReleased = true
        guard currentDraft(lane).heartbeats > 0 else { return prepareCommit(lane) }
        readHeartbeatState(lane)
    }

    /// Reads the heartbeat's timestamp and lock behind a WATCH, so that minute and acknowledgement are one step.
    private func readHeartbeatState(_ lane: Int) {
        guard let session else { return }
        let keys = configuration.keys
        var pipeline = RedisPipeline()
        pipeline.append("WATCH", keys.heartbeatTimestamp, keys.heartbeatLock)
        pipeline.append("GET", keys.heartbeatTimestamp)
        pipeline.append("GET", keys.heartbeatLock)
        ask(session.lanes[lane], pipeline) { $0.heartbeatStateRead(lane, $1) }
    }

    private func heartbeatStateRead(_ lane: Int, _ replies: RedisReplies) {
        if let refusal = replies.firstError, refusal.isPassing { return end(.lost(.refusal(refusal))) }
        let context = draftContext
        let plan = HeartbeatPlan(now: context.now, lock: replies[2].string, timestamp: replies[1].string)
        currentDraft(lane).addHeartbeats(plan, context)
        prepareCommit(lane)
        advance()
    }
}
