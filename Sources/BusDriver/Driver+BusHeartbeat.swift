import BusProtocol
import BusSession
import BusWire
import RedisConnection

/// A batch with bus heartbeats learns which minutes are due before it is committed (protocol §2.10).
extension Driver {
    /// Reads the heartbeat's timestamp and lock behind a WATCH, so that minute and acknowledgement are one step.
    func readBusHeartbeatState(_ lane: Lane) {
        guard let session, let commands else { return }
        var pipeline = RedisPipeline()
        commands.appendBusHeartbeatState(to: &pipeline)
        let number = lane.number
        ask(session.lanes[number], pipeline) { $0.busHeartbeatStateRead($0.lanes[number], $1) }
    }

    private func busHeartbeatStateRead(_ lane: Lane, _ replies: RedisReplies) {
        let context = draftContext
        if let refusal = replies.firstError {
            guard refusal.kind == .wrongType else { return end(.lost(.refusal(refusal))) }
            disbelieveTypes(of: replies)
        } else {
            let (timestamp, lock) = (replies[1].string, replies[2].string)
            let plan = BusHeartbeatPlan(now: context.now, lock: lock, timestamp: timestamp)
            lane.draft.addBusHeartbeats(plan, context)
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
