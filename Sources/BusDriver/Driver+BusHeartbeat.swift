import BusProtocol
import BusSession
import BusWire
import RedisConnection

/// Releases batches to be committed; those with bus heartbeats first learn which minutes are due (protocol §2.10).
extension Driver {
    /// The batch's subscriptions are fresh.
    func release(_ lane: Int) {
        held[lane]?.isReleased = true
        guard currentDraft(lane).busHeartbeats > 0 else { return prepareCommit(lane) }
        readBusHeartbeatState(lane)
    }

    /// Reads the heartbeat's timestamp and lock behind a WATCH, so that minute and acknowledgement are one step.
    private func readBusHeartbeatState(_ lane: Int) {
        guard let session, let commands else { return }
        var pipeline = RedisPipeline()
        commands.appendBusHeartbeatState(to: &pipeline)
        ask(session.lanes[lane], pipeline) { $0.busHeartbeatStateRead(lane, $1) }
    }

    private func busHeartbeatStateRead(_ lane: Int, _ replies: RedisReplies) {
        let context = draftContext
        if let refusal = replies.firstError {
            guard refusal.kind == .wrongType else { return end(.lost(.refusal(refusal))) }
            disbelieveTypes(of: replies)
        } else {
            let (timestamp, lock) = (replies[1].string, replies[2].string)
            let plan = BusHeartbeatPlan(now: context.now, lock: lock, timestamp: timestamp)
            currentDraft(lane).addBusHeartbeats(plan, context)
            if let timestamp, BusHeartbeatPlan.minute(timestamp) == nil {
                disbelieve(configuration.keys.busHeartbeatTimestamp, replies[1], so: "bus heartbeats go on from now")
            }
            if let lock, BusHeartbeatPlan.lockEnd(lock, at: context.now) == nil {
                disbelieve(configuration.keys.busHeartbeatLock, replies[2], so: "nobody counts as publishing")
            }
        }
        prepareCommit(lane)
        advance()
    }

    /// Nothing is published, lest what somebody keeps there be overwritten.
    private func disbelieveTypes(of replies: RedisReplies) {
        let keys = [configuration.keys.busHeartbeatTimestamp, configuration.keys.busHeartbeatLock]
        for (key, reply) in zip(keys, replies.dropFirst()) where reply.errorReply != nil {
            complaints.report(
                Doubt(key, value: nil, consequence: "there are no bus heartbeats until you delete that key"))
        }
    }

    private func disbelieve(_ key: String, _ reply: RedisReply, so consequence: String) {
        complaints.report(Doubt(key, value: reply.bytes, consequence: consequence))
    }
}
