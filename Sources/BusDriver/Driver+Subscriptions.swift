import BusMatching
import BusProtocol
import BusSession
import BusWire
import Logging
import RedisConnection

/// Keeps the subscriptions in memory as fresh as each event (protocol §3).
extension Driver {
    private var barrierChannel: String { keys?.barrier ?? "" }

    var tracksChanges: Bool { tracking.isAnnounced }

    /// What a driver does where changes are not tracked.
    static let pollingHabit = "reads subscriptions for each batch"

    /// The barrier to publish behind a claim, where changes are tracked.
    func barrierMessage(_ number: Int) -> (channel: String, number: Int)? {
        tracksChanges ? (barrierChannel, number) : nil
    }

    /// Asks Redis to announce changes. Where it may not, every batch reads the subscriptions anew.
    func trackChanges(_ session: DriverSession) async throws(RedisError) {
        freshness = Freshness()
        announced = .everything
        missing = nil
        let before = tracking
        tracking = try await .begin(
            on: session.changes, id: session.changesID, control: session.control,
            options: ["BCAST", "PREFIX", configuration.keys.appPrefix, "PREFIX", configuration.keys.pauseAllWorkers],
            barrier: barrierChannel
        ) { [generation = life.generation] channel, payload in
            self.assumeIsolated { driver in
                if driver.life.isCurrent(generation) { driver.heard(channel, payload) }
            }
        }
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
        let awaited = (held + [peeked]).compactMap { $0?.barrier }.filter { !freshness.isBack(barrier: $0) }.min()
        guard tracksChanges, let awaited else {
            missing = nil
            return
        }
        let renewals = missing?.barrier == awaited ? (missing?.renewals ?? 0) + 1 : 0
        missing = (awaited, renewals)
        guard renewalInterval * renewals >= configuration.redis.commandTimeout else { return }
        end(.lost(RedisError(.timedOut, "What Redis announces does not arrive any more.")))
    }

    private func heard(_ channel: String, _ payload: RedisReply) {
        if channel == ChangeTracking.invalidations {
            announced.add(payload, keys: configuration.keys)
            freshness.changed()
        } else if let number = payload.integer {
            freshness.barrierReturned(number)
        }
        // Before that a load is under way that knows nothing of this; `drive` begins the next one.
        if isDriving { advanceFreshness() }
    }

    /// Takes it that something has changed, where nobody announces what.
    func assumeChange() {
        announced = .everything
        freshness.changed()
        _ = freshness.newBarrier(behind: .claim)
        freshness.barriersReturned()
    }

    /// Begins the load that is due, and releases every batch whose subscriptions are fresh.
    func advanceFreshness() {
        if freshness.beginLoad() { startTask { await $0.loadSubscriptions() } }
        for lane in held.indices {
            guard let batch = held[lane], !batch.isReleased, freshness.isFresh(barrier: batch.barrier) else { continue }
            if batch.compiled !== compiled, !batch.isFinal, !batch.isBeingDrafted {
                draft(lane)
                held[lane]?.isFinal = true
            }
            if held[lane]?.isDrafted == true { release(lane) }
        }
        if let batch = peeked, freshness.isFresh(barrier: batch.barrier) {
            if batch.compiled !== compiled { draftPeeked() }
            swapPeeked()
        }
        advance()
    }

    /// Patterns that were too costly beside the loop are judged only briefly on it, too; one warning for each.
    func quarantine(_ filters: [String]) {
        if filters.isEmpty { return }
        scratch.quarantine(filters)
        for filter in filters {
            complaints.report(
                """
                a regular expression exceeded its limit repeatedly and is judged only briefly for a while; rewrite it
                """, ["filter": "\(filter)"], most: 20)
        }
    }
}
