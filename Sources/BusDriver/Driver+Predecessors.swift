import BusProtocol
import BusSession
import BusWire
import Logging
import RedisConnection

/// Keeps the order across a crash and a restart: what a driver that died has in flight comes before everything in the
/// list, so a new driver claims nothing before that is back.
///
/// A living neighbour's batches are waited for as well, since nobody can tell it from a dead one; they take
/// milliseconds.
extension Driver {
    /// How often to look whether the batches are gone.
    static let interval = Duration.milliseconds(50)

    /// Notes the batches that other drivers of this queue have in flight.
    func notePredecessors(_ session: DriverSession) async throws(RedisError) {
        predecessors.note(try await recovery(on: session).batches(of: configuration.queue, but: keys?.id))
        try await dropFinishedPredecessors(session)
        if !predecessors.areGone {
            let batches = predecessors.lists.joined(separator: ", ")
            logger.notice(
                "waiting until batches of other drivers are committed or recovered",
                metadata: ["batches": "\(ShownText.cut(batches))"])
        }
    }

    /// Looks again from time to time, until every noted batch is gone.
    func awaitPredecessors(after delay: Duration = interval) {
        guard !predecessors.areGone else { return }
        scheduleTask(after: delay) { driver in
            guard let session = driver.session, driver.isOpen else { return }
            do throws(RedisError) {
                try await driver.dropFinishedPredecessors(session)
            } catch {
                return driver.end(.lost(error))
            }
            guard driver.predecessors.areGone else { return driver.awaitPredecessors() }
            driver.lanes.expectMore()
            driver.advance()
        }
    }

    private func dropFinishedPredecessors(_ session: DriverSession) async throws(RedisError) {
        guard !predecessors.areGone else { return }
        predecessors.looked(try await recovery(on: session).unfinished(predecessors.lists))
    }
}
