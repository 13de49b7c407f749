/// Whether batches that `fin` kept are to be mended, and whether that is being done. Confined to the driver.
final class Janitor {
    /// There may be something to mend: at the start what drivers left that died.
    private(set) var hasWork = true
    private var isAtWork = false

    /// Somebody may have kept a batch, or stored an entry that waits.
    func expectWork() { hasWork = true }

    /// - Returns: false when it is at work already.
    func begin() -> Bool {
        guard !isAtWork else { return false }
        isAtWork = true
        return true
    }

    /// Looks at everything once more.
    func beginRound() { hasWork = false }

    func end() { isAtWork = false }
}
