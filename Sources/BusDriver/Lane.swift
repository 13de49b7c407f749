import BusMatching
import BusProtocol
import BusWire
import RedisConnection

/// A batch between its claim and its commit.
struct HeldBatch {
    /// An array of the events; of a peek the event itself.
    let events: RedisReply
    let sequence: Int
    let barrier: Int
    /// Recoveries of the batch's only event, when it is suspected of killing drivers.
    let recoveries: Int?
}

/// One of the two connections on which claims and commits alternate: its batch in hand, the draft of that, and its
/// commit. Confined to the driver.
final class Lane {
    /// How far the batch in hand is.
    private enum Stage {
        /// Its copies are to be written.
        case claimed
        /// A thread is about to write them, or at it.
        case beingDrafted
        case drafted
        /// The draft is final and about to be committed.
        case released
    }

    let number: Int
    private(set) var batch: HeldBatch?
    private var stage = Stage.claimed
    /// The subscriptions that the draft was made with.
    private var compiled = CompiledSubscriptions.none
    /// They were known to be as fresh as they must be: later ones make no difference.
    private var isFinal = false
    private let smallDraft: BatchDraft
    /// The draft that a thread has written.
    private(set) var large: LargeDraft?
    /// The commit of a batch that was drafted here; the memory serves the next one.
    private var smallCommit = RedisPipeline()

    init(_ number: Int, draft: BatchDraft) {
        self.number = number
        smallDraft = draft
    }

    /// The draft of the batch in hand.
    var draft: BatchDraft { large?.draft ?? smallDraft }
    /// Its commit, once written.
    var commit: RedisPipeline { large?.commit ?? smallCommit }
    var isBeingDrafted: Bool { if case .beingDrafted = stage { batch != nil } else { false } }
    var isDrafted: Bool { if case .drafted = stage { batch != nil } else { false } }
    var isReleased: Bool { if case .released = stage { batch != nil } else { false } }

    /// Takes a batch in hand.
    func hold(_ batch: HeldBatch) {
        self.batch = batch
        stage = .claimed
        isFinal = false
        large = nil
    }

    /// Nothing is in hand any more.
    func drop() {
        batch = nil
        large = nil
    }

    /// Whether the draft must be written anew, because the subscriptions in force are others and later ones count.
    func isOutdated(by compiled: CompiledSubscriptions) -> Bool {
        self.compiled !== compiled && !isFinal && !isBeingDrafted
    }

    /// The draft rests on subscriptions that are as fresh as they must be.
    func makeFinal() { isFinal = true }

    /// Writes the copies of the batch here.
    ///
    /// - Returns: false when that took too long: they are to be written beside the loop.
    func write(with compiled: CompiledSubscriptions, context: DraftContext) -> Bool {
        guard let batch else { return true }
        beginDraft(with: compiled)
        smallDraft.write(batch.events, with: compiled, recoveries: batch.recoveries, context: context)
        guard !smallDraft.isUnfinished else { return false }
        stage = .drafted
        return true
    }

    /// The copies are to be written beside the loop.
    func beginDraftBesideLoop(with compiled: CompiledSubscriptions) {
        beginDraft(with: compiled)
        stage = .beingDrafted
    }

    private func beginDraft(with compiled: CompiledSubscriptions) {
        self.compiled = compiled
        large = nil
        stage = .claimed
    }

    /// They were written there.
    func drafted(_ large: LargeDraft) {
        self.large = large
        stage = .drafted
    }

    func release() { stage = .released }

    /// Writes the commit of a batch that was drafted here.
    func writeCommit(_ commands: DriverCommands, context: DraftContext) {
        guard let batch else { return }
        smallCommit.removeAll()
        smallDraft.appendCommit(
            batch.sequence, absolves: batch.recoveries != nil, commands: commands, context: context, to: &smallCommit)
    }
}
