import BusSession
import BusWire
import LibevExecutor
import RedisConnection

/// Batches that take long to write, for their size or for the regular expressions, are written on threads of their own:
/// one after the other, while the loop goes on. Order is the sequencer's concern as with any other batch.
extension Driver {
    /// Batches up to this size are written on the loop; the slowest spelling of so many bytes takes less than 20 ms
    /// there.
    private static let mostBytesOnLoop = 512 << 10

    /// A piece of work beside the loop, and what follows from it on the loop.
    struct BesideWork {
        let work: @Sendable () -> Void
        let finished: @Sendable (isolated Driver) -> Void
    }

    /// - Parameter events: a batch or an event, as the answer to a claim or a peek holds it.
    func isLarge(_ events: RedisReply) -> Bool { events.answerByteCount > Self.mostBytesOnLoop }

    /// Does `work` on a thread of its own when all work before it is done, then calls `finished` on the loop, whatever
    /// has become of the session.
    func besideLoop(
        _ work: @escaping @Sendable () -> Void, then finished: @escaping @Sendable (isolated Driver) -> Void
    ) {
        besideWork.append(BesideWork(work: work, finished: finished))
        if besideWork.count == 1 { beginBesideWork() }
    }

    private func beginBesideWork() {
        guard let next = besideWork.first else { return }
        DetachedThread.run { [executor] in
            next.work()
            executor.execute {
                self.assumeIsolated { driver in
                    next.finished(driver)
                    driver.besideWork.removeFirst()
                    driver.beginBesideWork()
                }
            }
        }
    }

    // MARK: - Batches

    /// Writes the copies of a batch that takes long, with the subscriptions in force.
    func draftBesideLoop(_ lane: Int) {
        guard let batch = held[lane], !batch.isBeingDrafted else { return }
        held[lane]?.isBeingDrafted = true
        let (large, context) = (LargeDraft(largeScratch, unjudged: unjudged), draftContext)
        besideLoop { [compiled] in
            large.write(batch.events, with: compiled, recoveries: batch.recoveries, context: context)
        } then: { [generation = life.generation] driver in
            driver.quarantine(large.quarantined)
            guard driver.life.isCurrent(generation) else { return }
            driver.held[lane]?.isBeingDrafted = false
            driver.held[lane]?.large = large
            driver.drafted(lane)
            driver.advanceFreshness()
        }
    }

    /// Writes the commit of a batch that was drafted beside the loop.
    func prepareCommitBesideLoop(_ lane: Int, _ large: LargeDraft) {
        guard let commands, let batch = held[lane] else { return }
        let context = draftContext
        besideLoop {
            large.writeCommit(
                batch.sequence, absolves: batch.recoveries != nil, commands: commands, context: context)
        } then: { [generation = life.generation] driver in
            guard driver.life.isCurrent(generation) else { return }
            driver.readyToCommit(lane)
            driver.advance()
        }
    }
}
