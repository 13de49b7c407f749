package import BusProtocol
package import BusWire
package import Logging
package import RedisConnection

/// A role that hears from Redis what others change, and where Redis may not announce it looks for itself (protocol §3).
package protocol ListeningRole: Role where Connections: ControlledConnections {
    /// Of `CLIENT TRACKING`: which keys.
    var trackingOptions: [String] { get }
    /// A channel of its own, on which it must be able to hear itself; nil for none.
    var barrierChannel: String? { get }
    /// What it does where Redis announces nothing, for the log: `looks for jobs every second`.
    var pollingHabit: String { get }

    /// Redis announces a change, on ``ChangeTracking/invalidations``, or a message on ``barrierChannel`` has come.
    func heard(_ channel: String, _ payload: RedisReply)
}

extension ListeningRole {
    package var barrierChannel: String? { nil }

    /// How this session learns what others change.
    package var tracking: ChangeTracking { life.tracking }
    /// What the log says of that: nothing where Redis announces changes.
    package var trackingDetails: Logger.Metadata {
        switch tracking {
        case .announced: [:]
        case .polled(let reason): ["changes": "\(pollingHabit)", "reason": "\(reason)"]
        }
    }

    /// What the line says with which the role begins its work.
    ///
    /// - Parameter details: of this role.
    package func startDetails(server: String, bus: BusKeys, _ details: Logger.Metadata) -> Logger.Metadata {
        var all = details.merging(trackingDetails) { $1 }
        all["server"] = "\(server)"
        all["namespace"] = "\(bus.namespace.isEmpty ? "(none)" : bus.namespace)"
        return all
    }

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
        guard life.hasServed, tracking.isAnnounced != before.isAnnounced else { return }
        life.logger.notice(
            tracking.isAnnounced ? "Redis announces changes again" : "Redis announces no changes any more",
            metadata: trackingDetails)
    }
}
