import BusProtocol
import BusSession
import BusWire
import RedisConnection

/// Releases batches to be committed; those with bus heartbeats first learn which minutes are due (protocol §2.10).
extension Driver {
    /// The batch's subscriptions are fresh.
    func release(_ lane: Int) {
        held[lane]?.isReleased = true
        guard currentDraft(lane).heartbeats > 0 else { return prepareCommit(lane) }
        readHeartbeatState(lane)
    }

    /// Reads the heartbeat's timestamp and lock behind a WATCH, so that minute and acknowledgement are one step.
    private func readHeartbeatState(_ lane: Int) {
        guard let session, let commands else { return }
        var pipeline = RedisPipeline()
        commands.appendHeartbeatState(to: &pipeline)
        ask(session.lanes[lane], pipeline) { $0.heartbeatStateRead(lane, $1) }
    }

    private func heartbeatStateRead(_ lane: Int, _ replies: RedisReplies) {
        let context = draftContext
        if let refusal = replies.firstError {
            guard refusal.kind == .wrongType else { return end(.lost(.refusal(refusal))) }
            disbelieveTypes(of: replies)
        } else {
            let (timestamp, lock) = (replies[1].string, replies[2].string)
            let plan = HeartbeatPlan(now: context.now, lock: lock, timestamp: timestamp)
            currentDraft(lane).addHeartbeats(plan, context)
            if let timestamp, HeartbeatPlan.minute(timestamp) == nil {
                disbelieve(configuration.keys.heartbeatTimestamp, replies[1], so: "bus heartbeats go on from now")
            }
            if let lock, HeartbeatPlan.lockEnd(lock, at: context.now) == nil {
                disbelieve(configuration.keys.heartbeatLock, replies[2], so: "nobody counts as publishing")
            }
        }
        prepareCommit(lane)
        advance()
    }

    /// Nothing is published, lest what somebody keeps there be overwritten.
    private func disbelieveTypes(of replies: RedisReplies) {
        let keys = [configuration.keys.heartbeatTimestamp, configuration.keys.heartbeatLock]
        for (key, reply) in zip(keys, replies.dropFirst()) where reply.errorReply != nil {
            complaints.report(
                Doubt(key, value: nil, consequence: "there are no bus heartbeats until you delete that key"))
        }
    }

    private func disbelieve(_ key: String, _ reply: RedisReply, so consequence: String) {
        complaints.report(Doubt(key, value: reply.bytes, consequence: consequence))
    }
}
