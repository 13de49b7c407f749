import BusProtocol
import BusSession
import BusWire
import Logging
import RedisConnection

/// Ends the subscriptions of `busdriver tail` that were left by killed processes: their queues would grow for ever.
extension Driver {
    /// Costs nothing while nobody watches: the subscriptions in force tell.
    func endAbandonedTails(_ session: DriverSession) async throws(RedisError) {
        guard !feed.compiled.tails.isEmpty else { return }
        let tails = AbandonedTails(connection: session.control, bus: configuration.keys)
        do throws(RedisError) {
            for name in try await tails.find(among: feed.compiled.tails) {
                try await tails.remove(name)
                logger.notice(
                    "removed what a killed busdriver tail had left", metadata: ["application": "\(ShownText.cut(name))"]
                )
            }
        } catch {
            guard case .reply = error.code else { throw error }
            complaints.report("subscriptions of a killed busdriver tail stay", error)
        }
    }
}
