import BusMatching
import BusProtocol
import BusSession
import BusWire
import Logging
package import RedisConnection

/// Keeps the subscriptions in memory as fresh as each event (protocol §3).
extension Driver: ListeningRole {
    package var trackingOptions: [String] {
        ["BCAST", "PREFIX", configuration.keys.appPrefix, "PREFIX", configuration.keys.pauseAllWorkers]
    }

    package var barrierChannel: String? { keys?.barrier }

    package var pollingHabit: String { "reads subscriptions for each batch" }

    var tracksChanges: Bool { tracking.isAnnounced }

    /// The barrier to publish behind a claim, where changes are tracked.
    func barrierMessage(_ number: Int) -> (channel: String, number: Int)? {
        tracksChanges ? barrierChannel.map { ($0, number) } : nil
    }

    /// Why the barrier that stands at the end of a claim or a peek will never come back; nil when it will.
    func barrierFailure(_ replies: RedisReplies) -> RedisError? {
        guard tracksChanges else { return nil }
        let receivers = replies[replies.count - 1]
        if let refusal = receivers.errorReply { return .refusal(refusal) }
        guard receivers.integer == 0 else { return nil }
        return RedisError(.connectionLost, "Redis has lost the connection on which it announces changes.")
    }

    /// Ends a session in which barriers do not come back: whatever lies between may have lost the connection that hears
    /// them without a word to ours. Called with each renewal of the lease.
    func listenForBarriers() {
        guard tracksChanges else { return }
        let barriers = (lanes.all.map(\.batch) + [doorbell.peeked]).compactMap(\.?.barrier)
        guard renewalInterval * feed.looksInVain(for: barriers) >= configuration.redis.commandTimeout else { return }
        end(.lost(RedisError(.timedOut, "What Redis announces does not arrive any more.")))
    }

    package func heard(_ channel: String, _ payload: RedisReply) {
        feed.hear(channel, payload)
        // Before that a load is under way that knows nothing of this; `beginDriving` begins the next one.
        if isWorking { advanceFreshness() }
    }

    /// Begins the load that is due, and releases every batch whose subscriptions are fresh.
    func advanceFreshness() {
        if feed.beginLoad() { startTask { await $0.loadSubscriptions() } }
        for lane in lanes.all {
            guard let batch = lane.batch, !lane.isReleased, feed.isFresh(batch.barrier) else { continue }
            if lane.isOutdated(by: feed.compiled) {
                draft(lane)
                lane.makeFinal()
            }
            if lane.isDrafted { release(lane) }
        }
        if let event = doorbell.peeked, feed.isFresh(event.barrier) {
            if doorbell.isOutdated(by: feed.compiled) {
                doorbell.write(with: feed.compiled, context: draftContext)
            }
            swapPeeked()
        }
        advance()
    }
}
