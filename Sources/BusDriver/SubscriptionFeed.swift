import BusMatching
import BusProtocol
import BusWire
import LibevExecutor
import RedisConnection

/// The subscriptions in force, what Redis has announced since, and whether they are as fresh as a batch needs them
/// (protocol §3). Confined to the driver.
final class SubscriptionFeed {
    /// What came of a load.
    struct Load {
        /// Subscriptions that are left out now, each told for the first time.
        var problems: [String] = []
        /// The key that pauses all workers may have changed.
        let mayBePaused: Bool
    }

    /// Answers up to this size are taken apart on the loop.
    private static let mostReadOnLoop = 32 << 10

    private let keys: BusKeys
    private(set) var compiled = CompiledSubscriptions.none
    private var freshness = Freshness()
    private var announced = AnnouncedChanges.everything
    /// What is being merged beside the loop.
    private var merging: [[SegmentPart]] = []
    /// What the log says of subscriptions that are left out, by application.
    private var reportedProblems: [String: Set<String>] = [:]
    /// A barrier that was not back when it was looked for last, and how often it has been.
    private var missing: (barrier: Int, looks: Int)?

    init(keys: BusKeys) { self.keys = keys }

    // MARK: - Announcements

    /// A session begins: nothing is known of what has changed meanwhile.
    func beginSession() {
        freshness = Freshness()
        announced = .everything
        missing = nil
    }

    /// Takes in what came on the feed: an announcement of Redis, or a barrier of our own.
    func hear(_ channel: String, _ payload: RedisReply) {
        if channel == ChangeTracking.invalidations {
            announced.add(payload, keys: keys)
            freshness.changed()
        } else if let number = payload.integer {
            freshness.barrierReturned(number)
        }
    }

    /// Takes it that something has changed, where nobody announces what.
    func assumeChange() {
        announced = .everything
        freshness.changed()
        _ = freshness.newBarrier(behind: .claim)
        freshness.barriersReturned()
    }

    // MARK: - Barriers

    /// The number of a new barrier.
    func newBarrier(behind kind: Freshness.Kind) -> Int { freshness.newBarrier(behind: kind) }

    /// Whether a batch with this barrier can rest on the subscriptions in force.
    func isFresh(_ barrier: Int) -> Bool { freshness.isFresh(barrier: barrier) }

    /// Looks for the barriers of batches in hand.
    ///
    /// - Returns: in how many looks before this one the oldest of them was missing already.
    func looksInVain(for barriers: [Int]) -> Int {
        guard let awaited = barriers.filter({ !freshness.isBack(barrier: $0) }).min() else {
            missing = nil
            return 0
        }
        let looks = missing?.barrier == awaited ? (missing?.looks ?? 0) + 1 : 0
        missing = (awaited, looks)
        return looks
    }

    // MARK: - Loading

    /// True if a load must begin now; then the caller loads.
    func beginLoad() -> Bool { freshness.beginLoad() }

    /// Reads what has changed.
    ///
    /// - Parameter isCurrent: whether the session still runs; what was read in one that has ended is not taken over.
    /// - Returns: nil when the session has ended.
    func load(
        _ connection: any RedisClient, while isCurrent: () -> Bool
    ) async throws(RedisError) -> Load? {
        let changes = announced
        announced = AnnouncedChanges()
        let registry = SubscriptionRegistry(connection: connection, bus: keys)
        var load = Load(mayBePaused: changes.everything || changes.pause)
        if changes.everything {
            load.problems = try await loadAll(registry, while: isCurrent)
        } else {
            load.problems = try await loadChanged(changes, registry, while: isCurrent)
        }
        return isCurrent() ? load : nil
    }

    /// What was loaded is in force, and all that came with it is done.
    func finishLoad() { freshness.finished(successfully: true) }

    private func loadAll(
        _ registry: SubscriptionRegistry, while isCurrent: () -> Bool
    ) async throws(RedisError) -> [String] {
        let members = try await registry.names()
        let names = await computed(from: members.answerByteCount) { ApplicationNames(members) }
        let reading = try await registry.read(names)
        let all = await computed(from: reading.byteCount) { [keys, compiled] in
            CompiledSubscriptions(reading, keys: keys, reusing: compiled)
        }
        guard isCurrent() else { return [] }
        compiled = all
        let known = reportedProblems
        reportedProblems = [:]
        return all.parts.flatMap { newProblems(of: $0.segment, besides: known) }
    }

    private func loadChanged(
        _ changes: AnnouncedChanges, _ registry: SubscriptionRegistry, while isCurrent: () -> Bool
    ) async throws(RedisError) -> [String] {
        let members = changes.names ? try await registry.names() : nil
        let plan = await computed(from: members?.answerByteCount ?? 0) { [compiled] in
            compiled.plan(for: changes.applications, names: members.map(ApplicationNames.init))
        }
        guard !plan.read.byKey.isEmpty || !plan.gone.isEmpty else { return [] }
        let reading = try await registry.read(plan.read)
        let segment = await computed(from: reading.byteCount) { [compiled] in compiled.segment(of: reading) }
        guard isCurrent() else { return [] }
        compiled = compiled.changing(segment, removing: plan.gone)
        let known = reportedProblems
        for key in plan.gone + plan.read.byKey.map(\.key) { reportedProblems[key] = nil }
        if compiled.destinations.isOvergrown {
            announced = .everything
            freshness.changed()
        }
        return newProblems(of: segment, besides: known)
    }

    /// What `body` computes, beside the loop when it has much to do.
    private func computed<Value: Sendable>(
        from byteCount: Int, _ body: @escaping @Sendable () -> Value
    ) async -> Value {
        byteCount > Self.mostReadOnLoop ? await DetachedThread.value(of: body) : body()
    }

    /// - Parameter known: problems by application that were told before.
    private func newProblems(of segment: SubscriptionSegment, besides known: [String: Set<String>]) -> [String] {
        segment.faulty.flatMap { application in
            reportedProblems[application.key] = Set(application.problems)
            return application.problems.filter { known[application.key]?.contains($0) != true }
        }
    }

    // MARK: - Segments

    /// Keeps segments few. Light ones are merged at once.
    ///
    /// - Returns: what is to be merged beside the loop.
    func mergeLightSegments() -> [[SegmentPart]] {
        var heavy: [[SegmentPart]] = []
        while let inputs = compiled.partsToMerge(besides: merging) {
            if inputs.weight <= CompiledSubscriptions.lightWeight {
                compiled = compiled.replacing(inputs, by: CompiledSubscriptions.merged(inputs))
            } else {
                merging.append(inputs)
                heavy.append(inputs)
            }
        }
        return heavy
    }

    /// Takes over what was merged beside the loop.
    func takeOver(_ merged: SubscriptionSegment, of inputs: [SegmentPart]) {
        merging.removeAll { $0[0].segment === inputs[0].segment }
        compiled = compiled.replacing(inputs, by: merged)
    }
}
