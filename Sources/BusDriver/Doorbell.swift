import BusMatching
import BusProtocol
import BusWire
import RedisConnection

/// The wait of an idle driver, and the event that has ended it (protocol §2.2). Confined to the driver.
final class Doorbell {
    /// How long one blocking peek lasts, in seconds.
    static let peekSeconds = 20

    private(set) var isArmed = false
    /// The event, which is still in the incoming list.
    private(set) var peeked: HeldBatch?
    /// The subscriptions that its draft was made with.
    private var compiled = CompiledSubscriptions.none
    let draft: BatchDraft

    init(draft: BatchDraft) { self.draft = draft }

    func arm() { isArmed = true }

    /// The wait is over.
    func rang() { isArmed = false }

    /// Nothing waits, and no event is known.
    func reset() {
        isArmed = false
        peeked = nil
    }

    /// An event has ended the wait.
    func hold(_ event: HeldBatch) { peeked = event }

    /// Writes the event's copies.
    func write(with compiled: CompiledSubscriptions, context: DraftContext) {
        guard let peeked else { return }
        self.compiled = compiled
        draft.write(peeked.events, with: compiled, recoveries: nil, context: context)
    }

    func isOutdated(by compiled: CompiledSubscriptions) -> Bool { self.compiled !== compiled }

    /// The event, which is about to be handed over or claimed.
    func take() -> HeldBatch? {
        defer { peeked = nil }
        return peeked
    }
}
