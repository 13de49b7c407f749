import BusMatching
import BusSession
import BusWire
import LibevExecutor
import Logging
import RedisConnection

/// Batches that take long to write, for their size or for the regular expressions, are written on threads of their own:
/// one after the other, while the loop goes on. Order is the sequencer's concern as with any other batch.
extension Driver {
    /// Batches up to this size are written on the loop; the slowest spelling of so many bytes takes less than 20 ms
    /// there.
    private static let mostBytesOnLoop = 512 << 10

    /// - Parameter events: a batch or an event, as the answer to a claim or a peek holds it.
    func isLarge(_ events: RedisReply) -> Bool { events.answerByteCount > Self.mostBytesOnLoop }

    /// Does `work` on a thread of its own when all work before it is done, then calls `finished` on the loop, whatever
    /// has become of the session.
    func besideLoop(
        _ work: @escaping @Sendable () -> Void, then finished: @escaping @Sendable (isolated Driver) -> Void
    ) {
        beside.run(work) { self.assumeIsolated { finished($0) } }
    }

    /// Writes the copies of a batch that takes long, with the subscriptions in force.
    func draftBesideLoop(_ lane: Lane) {
        guard let batch = lane.batch, !lane.isBeingDrafted else { return }
        lane.beginDraftBesideLoop(with: feed.compiled)
        let (large, context, number) = (drafting.largeDraft(), draftContext, lane.number)
        let drafted = inSession { driver in
            driver.lanes[number].drafted(large)
            DriverCrashPoint.pass(.afterMatch)
            driver.advanceFreshness()
        }
        besideLoop { [compiled = feed.compiled] in
            large.write(batch.events, with: compiled, recoveries: batch.recoveries, context: context)
        } then: { driver in
            driver.quarantine(large.quarantined)
            drafted()
        }
    }

    /// Writes the commit of a batch that was drafted beside the loop.
    func prepareCommitBesideLoop(_ lane: Lane, _ large: LargeDraft) {
        guard let commands, let batch = lane.batch else { return }
        let (context, number) = (draftContext, lane.number)
        let written = inSession { driver in
            driver.lanes.ready(driver.lanes[number])
            driver.advance()
        }
        besideLoop {
            large.writeCommit(
                batch.sequence, absolves: batch.recoveries != nil, commands: commands, context: context)
        } then: { _ in
            written()
        }
    }

    /// Patterns that were too costly beside the loop are judged only briefly on it, too; one warning for each.
    private func quarantine(_ filters: [String]) {
        if filters.isEmpty { return }
        drafting.scratch.quarantine(filters)
        for filter in filters {
            complaints.report(
                """
                a regular expression exceeded its limit repeatedly and is judged only briefly for a while; rewrite it
                """, ["filter": "\(filter)"], most: 20)
        }
    }
}
