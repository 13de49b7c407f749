import BusMatching
import BusProtocol
import BusWire

/// The subscriptions in force, as segments: a large one and a few smaller ones that hold what has changed since. An
/// event is matched against each. Immutable; a change makes a new value, at the cost of the change.
///
/// An application is live in one part at most.
final class CompiledSubscriptions: Sendable {
    let parts: [SegmentPart]
    let destinations: DestinationTable
    /// Subscriptions that events are matched with.
    let count: Int
    let applicationCount: Int
    /// Records that are left out.
    let problemCount: Int
    /// The applications of those who watch events pass.
    let tails: Set<String>

    /// No subscription at all.
    static let none = CompiledSubscriptions(parts: [], destinations: DestinationTable(keys: BusKeys()))

    private init(parts: [SegmentPart], destinations: DestinationTable) {
        // A part without a live application is none.
        let parts = parts.filter { $0.applicationCount > 0 }
        self.parts = parts
        self.destinations = destinations
        count = parts.reduce(0) { $0 + $1.subscriptionCount }
        applicationCount = parts.reduce(0) { $0 + $1.applicationCount }
        problemCount = parts.reduce(0) { $0 + $1.problemCount }
        tails = parts.reduce(into: []) { $0.formUnion($1.tails) }
    }

    /// All subscriptions.
    ///
    /// - Parameters:
    ///   - reading: every application as it stands in Redis.
    ///   - keys: the namespace.
    ///   - previous: what was in force; its compiled regular expressions are taken over.
    convenience init(
        _ reading: SubscriptionRegistry.Reading, keys: BusKeys, reusing previous: CompiledSubscriptions
    ) {
        let destinations = DestinationTable(keys: keys)
        let applications = Self.decode(reading, destinations)
        destinations.expectThese()
        let segment = SubscriptionSegment(applications, reusing: previous.parts.map(\.segment.index))
        self.init(parts: [SegmentPart(segment)], destinations: destinations)
    }

    // MARK: - Changes

    /// A segment of applications that have changed, for ``changing(_:removing:)``.
    ///
    /// - Parameter reading: these applications as they stand in Redis.
    func segment(of reading: SubscriptionRegistry.Reading) -> SubscriptionSegment {
        SubscriptionSegment(Self.decode(reading, destinations), reusing: parts.map(\.segment.index))
    }

    private static func decode(
        _ reading: SubscriptionRegistry.Reading, _ destinations: DestinationTable
    ) -> [ApplicationSubscriptions] {
        reading.byKey.map { ApplicationSubscriptions(key: $0, applications: $1, destinations: destinations) }
    }

    /// With the applications of a segment instead of what they were, and without some others.
    func changing(_ segment: SubscriptionSegment, removing gone: [String]) -> CompiledSubscriptions {
        let keys = gone + segment.applications.map(\.key)
        let parts = parts.map { $0.withdrawing(keys) } + [SegmentPart(segment)]
        return CompiledSubscriptions(parts: parts, destinations: destinations)
    }

    /// What announced changes mean: the applications to read, and the keys that are gone.
    ///
    /// - Parameters:
    ///   - changed: keys of hashes.
    ///   - names: all that there are now; nil where these have not changed.
    func plan(for changed: Set<String>, names: ApplicationNames?) -> (read: ApplicationNames, gone: [String]) {
        guard let names else {
            // Hashes that no name leads to are read when one does.
            return (ApplicationNames(changed.compactMap { key in self.names(of: key).map { (key, $0) } }), [])
        }
        var read: [(key: String, names: [String])] = []
        var known = 0
        for (key, names) in names.byKey {
            let before = self.names(of: key)
            if before != nil { known += 1 }
            let hasOthers = before.map { $0 != names && Set($0) != Set(names) } ?? true
            if hasOthers || changed.contains(key) { read.append((key, names)) }
        }
        guard known < applicationCount else { return (ApplicationNames(read), []) }
        let present = Set(names.byKey.lazy.map(\.key))
        let gone = parts.flatMap { $0.applications.map(\.key).filter { !present.contains($0) } }
        return (ApplicationNames(read), gone)
    }

    /// The members of `bus_apps` behind a key; nil for one that is unknown.
    private func names(of key: String) -> [String]? { parts.lazy.compactMap { $0.application(of: key)?.names }.first }

    // MARK: - Merging

    /// Parts that weigh so little together are merged where they stand.
    static let lightWeight = 64

    /// The last parts that should become one, so that there are never many: each that weighs not much more than all
    /// behind it. Nil where there is nothing to do for now.
    ///
    /// - Parameter merging: what is being merged elsewhere. Only what stands behind it counts, and only what takes much
    ///   less time: what comes of both is merged when both have ended.
    func partsToMerge(besides merging: [[SegmentPart]]) -> [SegmentPart]? {
        let isBeingMerged = { (part: SegmentPart) in merging.joined().contains { $0.segment === part.segment } }
        let firstFree = parts.lastIndex(where: isBeingMerged).map { $0 + 1 } ?? 0
        let most = merging.map { $0.weight / 8 }.min() ?? .max
        var weight = 0
        var first = parts.count
        for index in parts.indices[firstFree...].reversed() {
            let part = parts[index]
            guard weight + part.weight <= max(most, Self.lightWeight) else { break }
            let isLight = weight > 0 && part.weight <= max(Self.lightWeight - weight, 4 * weight)
            if isLight || part.isDueForRebuilding { first = index }
            weight += part.weight
        }
        return first < parts.count ? Array(parts[first...]) : nil
    }

    /// One segment of what is live in some parts.
    static func merged(_ inputs: [SegmentPart]) -> SubscriptionSegment {
        let applications = inputs.flatMap { part in
            part.applications.map { ApplicationSubscriptions($0, of: part.segment) }
        }
        return SubscriptionSegment(applications, reusing: inputs.map(\.segment.index))
    }

    /// With a segment that was merged from `inputs` in their place. What has changed since then stays changed.
    func replacing(_ inputs: [SegmentPart], by segment: SubscriptionSegment) -> CompiledSubscriptions {
        let isInput = { (part: SegmentPart) in inputs.contains { $0.segment === part.segment } }
        guard let place = parts.firstIndex(where: isInput) else { return self }
        let withdrawn = inputs.flatMap { input in
            let now = self.parts.first { $0.segment === input.segment }
            return input.applications(withdrawnIn: now).map(\.key)
        }
        var parts = self.parts.filter { !isInput($0) }
        parts.insert(SegmentPart(segment).withdrawing(withdrawn), at: place)
        return CompiledSubscriptions(parts: parts, destinations: destinations)
    }
}
