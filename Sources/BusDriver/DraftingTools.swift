import BusMatching
import BusWire

/// What all drafts of a driver share.
struct DraftingTools {
    /// What drafts on the loop match with.
    let scratch = MatchScratch(limits: .onLoop)
    private let largeScratch = LargeScratch()
    private let unjudged = UnjudgedCopies()
    private let scan = EventScan()
    private let lastingContext: DraftContext

    init(_ configuration: DriverConfiguration) {
        lastingContext = DraftContext(
            now: 0, worker: "", queue: configuration.queue, publishQueue: configuration.publishQueue,
            publishKey: configuration.keys.queue(configuration.publishQueue),
            failuresKey: configuration.keys.waitingFailures,
            failureKeys: [configuration.keys.waitingFailures, configuration.keys.failed],
            host: configuration.host, uuid: configuration.uuid, localOffset: configuration.localOffset)
    }

    /// A draft that is written on the loop.
    func draft() -> BatchDraft { BatchDraft(scan: scan, scratch: scratch, unjudged: unjudged) }

    /// A draft that is written beside it.
    func largeDraft() -> LargeDraft { LargeDraft(largeScratch, unjudged: unjudged) }

    /// What drafts need to know now. All but time and worker never changes, so it is not put together for each batch.
    func context(now: Int, worker: String) -> DraftContext {
        var context = lastingContext
        context.now = now
        context.worker = worker
        return context
    }
}
