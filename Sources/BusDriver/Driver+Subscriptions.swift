import BusMatching
import BusProtocol
import BusSession
import BusWire
import Logging
import RedisConnection

/// Keeps the subscriptions in memory as fresh as each event (protocol §3).
extension Driver {
    private var barrierChannel: String { keys?.barrier ?? "" }

    var tracksChanges: Bool { feed.tracking.isAnnounced }

    /// What a driver does where changes are not tracked.
    static let pollingHabit = "reads subscriptions for each batch"

    /// The barrier to publish behind a claim, where changes are tracked.
    func barrierMessage(_ number: Int) -> (channel: String, number: Int)? {
        tracksChanges ? (barrierChannel, number) : nil
    }

    /// Asks Redis to announce changes. Where it may not, every batch reads the subscriptions anew.
    func trackChanges(_ session: DriverSession) async throws(RedisError) {
        feed.beginSession()
        let tracking = try await ChangeTracking.begin(
            on: session.changes, id: session.changesID, control: session.control,
            options: ["BCAST", "PREFIX", configuration.keys.appPrefix, "PREFIX", configuration.keys.pauseAllWorkers],
            barrier: barrierChannel
        ) { [generation = life.generation] channel, payload in
            self.assumeIsolated { driver in
                if driver.life.isCurrent(generation) { driver.heard(channel, payload) }
            }
        }
        let before = feed.follow(tracking)
        if life.hasServed, let news = tracking.news(since: before, Self.pollingHabit) { logger.notice("\(news)") }
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
        let barriers = (lanes.map(\.batch) + [doorbell.peeked]).compactMap(\.?.barrier)
        guard renewalInterval * feed.looksInVain(for: barriers) >= configuration.redis.commandTimeout else { return }
        end(.lost(RedisError(.timedOut, "What Redis announces does not arrive any more.")))
    }

    private func heard(_ channel: String, _ payload: RedisReply) {
        feed.hear(channel, payload)
        // Before that a load is under way that knows nothing of this; `drive` begins the next one.
        if isDriving { advanceFreshness() }
    }

    /// Begins the load that is due, and releases every batch whose subscriptions are fresh.
    func advanceFreshness() {
        if feed.beginLoad() { startTask { await $0.loadSubscriptions() } }
        for lane in lanes {
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
