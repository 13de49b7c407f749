package import BusProtocol
import Logging
package import RedisConnection

/// A role that hears from Redis what others change, and where Redis may not announce it looks for itself (protocol §3).
package protocol ListeningRole: Role where Connections: ControlledConnections {
    /// Of `CLIENT TRACKING`: which keys.
    var trackingOptions: [String] { get }
    /// A channel of its own, on which it must be able to hear itself; nil for none.
    var barrierChannel: String? { get }
    /// What it does where Redis announces nothing, for the log: how a sentence about it goes on.
    var pollingHabit: String { get }

    /// Redis announces a change, on ``ChangeTracking/invalidations``, or a message on ``barrierChannel`` has come.
    func heard(_ channel: String, _ payload: RedisReply)
}

extension ListeningRole {
    package var barrierChannel: String? { nil }

    /// How this session learns what others change.
    package var tracking: ChangeTracking { life.tracking }
    /// What a start line says of that.
    package var trackingRemark: String { tracking.remark(pollingHabit) }

    /// Has Redis announce changes, for as long as this session lasts. Logs it when a later session is told otherwise
    /// than the one before.
    ///
    /// - Throws: `RedisError` when the connection is lost, or Redis is in a state that passes.
    package func trackChanges(_ session: Connections) async throws(RedisError) {
        let (before, generation) = (tracking, life.generation)
        let tracking = try await ChangeTracking.begin(
            on: session.changes, id: session.changesID, control: session.control, options: trackingOptions,
            barrier: barrierChannel
        ) { channel, payload in
            self.during(generation) { $0.heard(channel, payload) }
        }
        life.tracks(tracking)
        if life.hasServed, let news = tracking.news(since: before, pollingHabit) { life.logger.notice("\(news)") }
    }
}
