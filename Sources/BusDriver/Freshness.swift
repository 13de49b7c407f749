/// Knows whether the subscriptions in memory are as fresh as an event (protocol §3), as a pure value.
///
/// Redis announces each change of a subscription. Behind each claim goes a barrier, a message to ourselves on the same
/// channel: when it is back, every change that was made before the claim has been announced. A batch may be committed
/// once its barrier is back and the subscriptions that it was matched with were read after the last change announced
/// before that.
struct Freshness {
    /// Changes announced so far.
    private(set) var changes = 1
    /// The changes that the subscriptions in memory include.
    private(set) var loaded = 0
    /// The changes that the load under way will include.
    private var loading: Int?
    private var lastBarrier = 0
    /// For each kind of barrier the newest that is back, and the changes announced before it.
    private var returned = [(barrier: 0, changes: 0), (barrier: 0, changes: 0)]

    /// What a barrier stands behind. Only those of one kind come back in the order of their numbers: a peek's is
    /// numbered when the wait begins and published when it ends, and claims may come and go meanwhile.
    enum Kind: Int {
        case claim, peek
    }

    /// The number of a new barrier.
    mutating func newBarrier(behind kind: Kind) -> Int {
        lastBarrier += 1
        return lastBarrier * 2 + kind.rawValue
    }

    /// A change was announced.
    mutating func changed() { changes += 1 }

    /// A barrier is back. One that was never sent is somebody else's message, and proves nothing.
    mutating func barrierReturned(_ number: Int) {
        guard 0...lastBarrier * 2 + 1 ~= number else { return }
        if number > returned[number & 1].barrier { returned[number & 1] = (number, changes) }
    }

    /// Every barrier so far counts as back: nothing is announced, so none was published.
    mutating func barriersReturned() {
        for kind in returned.indices { barrierReturned(lastBarrier * 2 + kind) }
    }

    /// True if a load must begin now; then the caller loads and says `finished`.
    mutating func beginLoad() -> Bool {
        guard loading == nil, loaded < changes else { return false }
        loading = changes
        return true
    }

    /// The load that was begun has ended, well or not.
    mutating func finished(successfully: Bool) {
        if successfully, let loading { loaded = loading }
        loading = nil
    }

    /// Whether this barrier has come back.
    func isBack(barrier: Int) -> Bool { returned[barrier & 1].barrier >= barrier }

    /// Whether a batch with this barrier can rest on the subscriptions in memory.
    func isFresh(barrier: Int) -> Bool {
        isBack(barrier: barrier) && loaded >= returned[barrier & 1].changes
    }
}
