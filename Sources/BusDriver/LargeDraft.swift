import BusMatching
import BusProtocol
import BusWire
import RedisConnection

/// A draft that is written on a thread of its own, and so is its commit.
///
/// `@unchecked Sendable`: the driver hands it to one piece of work after the other (`Driver.besideLoop`), and looks at
/// it only in between.
final class LargeDraft: @unchecked Sendable {
    let draft: BatchDraft
    private(set) var commit = RedisPipeline()
    /// Regular expressions that have become too costly with this batch.
    private(set) var quarantined: [String] = []
    private let scan = EventScan()
    private let scratch: LargeScratch

    init(_ scratch: LargeScratch, unjudged: UnjudgedCopies) {
        self.scratch = scratch
        draft = BatchDraft(scan: scan, scratch: scratch.value, unjudged: unjudged)
    }

    /// As ``BatchDraft/write(_:with:recoveries:context:)``.
    func write(_ events: RedisReply, with compiled: CompiledSubscriptions, recoveries: Int?, context: DraftContext) {
        draft.write(events, with: compiled, recoveries: recoveries, context: context)
        quarantined = scratch.value.takeNewlyQuarantined()
        giveBackMemory()
    }

    /// As ``BatchDraft/writeMending(_:owed:unusable:with:context:)``.
    func writeMending(
        _ events: RedisReply, owed: Set<String>, unusable: Set<String>, with compiled: CompiledSubscriptions,
        context: DraftContext
    ) {
        draft.writeMending(events, owed: owed, unusable: unusable, with: compiled, context: context)
        giveBackMemory()
    }

    /// Writes the commit, for which the draft's jobs are needed no longer.
    func writeCommit(_ sequence: Int, absolves: Bool, commands: DriverCommands, context: DraftContext) {
        // The rest of the commands is small beside the jobs.
        commit.reserveCapacity(draft.bytes + draft.bytes / 16 + (64 << 10))
        draft.appendCommit(sequence, absolves: absolves, commands: commands, context: context, to: &commit)
    }

    private func giveBackMemory() {
        scan.removeAll()
        scratch.value.endBatch()
    }
}

/// What matching writes to beside the loop; it knows which regular expressions are in quarantine there.
///
/// `@unchecked Sendable`: as ``LargeDraft``.
final class LargeScratch: @unchecked Sendable {
    let value = MatchScratch()
}
