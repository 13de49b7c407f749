import BusWire
import RedisConnection

/// Keeps the order across a crash and a restart: what a driver that died has in flight comes before everything in the
/// list, so a new driver claims nothing before that is back.
///
/// A living neighbour's batches are waited for as well, since nobody can tell it from a dead one; they take milliseconds.
extension Driver {
    /// How often to look whether the batches are gone.
    static let interval = Duration.milliseconds(50)

    /// Whether events may be taken off the list.
    var mayClaim: Bool { !isStopping && !isPausedByKey && !isPausedBySignal && predecessors.isEmpty }

    /// Notes the batches that other drivers of this queue have in flight.
    func notePredecessors(_ session: DriverSession) async throws(RedisError) {
        let bus = configuration.keys
        let ids = try await recovery(on: session).registered().filter { $0 != keys?.id }
        guard !ids.isEmpty else { return }
        var reading = RedisPipeline()
        for id in ids { reading.append("HMGET", bus.driver(id), "queue", "claimed") }
        // Of a record that cannot be read nobody can tell what it has in flight.
        for (id, record) in zip(ids, try await session.control.send(reading)) {
            guard record.count == 2, record[0].string == configuration.queue,
                let claimed = record[1].string.flatMap(NumberMeaning.sequence.read)
            else { continue }
            predecessors += [bus.inFlight(id, claimed), bus.inFlight(id, claimed - 1)]
        }
        try await dropFinishedPredecessors(session)
        if !predecessors.isEmpty {
            let batches = predecessors.joined(separator: ", ")
            logger.notice(
                "waiting until batches of other drivers are committed or recovered",
                metadata: ["batches": "\(ShownText.cut(batches))"])
        }
    }

    /// Looks again from time to time, until every noted batch is gone.
    func awaitPredecessors(after delay: Duration = interval) {
        guard !predecessors.isEmpty else { return }
        scheduleTask(after: delay) { driver in
            guard let session = driver.session, driver.isOpen else { return }
            do throws(RedisError) {
                try await driver.dropFinishedPredecessors(session)
            } catch {
                return driver.end(.lost(error))
            }
            guard driver.predecessors.isEmpty else { return driver.awaitPredecessors() }
            driver.sequencer.claims = driver.mayClaim
            driver.sequencer.expectMore()
            driver.advance()
        }
    }

    private func dropFinishedPredecessors(_ session: DriverSession) async throws(RedisError) {
        guard !predecessors.isEmpty else { return }
        var asking = RedisPipeline()
        for batch in predecessors { asking.append("EXISTS", batch) }
        let replies = try await session.control.sendChecked(asking)
        predecessors = zip(predecessors, replies).filter { $0.1.integer == 1 }.map(\.0)
    }
}
