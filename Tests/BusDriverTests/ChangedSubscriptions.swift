import BusMatching
import BusWire
import RedisTestSupport

@testable import BusDriver
@testable import BusProtocol

/// Subscriptions that follow the changes of a registry, and are merged while others come.
struct ChangedSubscriptions {
    private(set) var compiled = CompiledSubscriptions.none
    /// Merges under way, and when each ends.
    private var merges: [(inputs: [SegmentPart], result: SubscriptionSegment, end: Int)] = []
    /// How much weight has been merged so far, or could have been.
    private var clock = 0
    private let scratch = MatchScratch()

    /// Parts that nobody is merging.
    var freeParts: [SegmentPart] {
        compiled.parts.filter { part in !merges.contains { $0.inputs.contains { $0.segment === part.segment } } }
    }

    init(_ registry: RegistryModel) { apply(.init(names: true), of: registry) }

    mutating func apply(_ announcement: RegistryModel.Announcement, of registry: RegistryModel) {
        let plan = compiled.plan(
            for: announcement.keys, names: announcement.names ? ApplicationNames(registry.byKey) : nil)
        let read = plan.read.byKey.map { key, names in
            ApplicationSubscriptions(
                key: key,
                applications: names.map { .init(name: $0, records: registry.hashes[key] ?? [], problem: nil) },
                destinations: compiled.destinations)
        }
        let segment = SubscriptionSegment(read, reusing: compiled.parts.map(\.segment.index))
        compiled = compiled.changing(segment, removing: plan.gone)
    }

    /// Begins the merges that are due, and ends some that were begun, however light they are.
    mutating func merge(_ random: inout Chance) {
        begin(endingLight: false)
        while !merges.isEmpty, Bool.random(using: &random) {
            end(Int.random(in: merges.indices, using: &random))
            begin(endingLight: false)
        }
    }

    /// As ``merge(_:)``, where so much weight is merged before the next change.
    mutating func merge(weight: Int) {
        begin()
        clock += weight
        while let next = merges.indices.min(by: { merges[$0].end < merges[$1].end }), merges[next].end <= clock {
            end(next)
            begin()
        }
    }

    private mutating func begin(endingLight: Bool = true) {
        while let inputs = compiled.partsToMerge(besides: merges.map(\.inputs)) {
            merges.append((inputs, CompiledSubscriptions.merged(inputs), clock + inputs.weight))
            // The driver does not wait for these.
            if endingLight, inputs.weight <= CompiledSubscriptions.lightWeight { end(merges.count - 1) }
        }
    }

    private mutating func end(_ place: Int) {
        let (inputs, result, _) = merges.remove(at: place)
        compiled = compiled.replacing(inputs, by: result)
    }

    /// Who gets a copy of an event: application by application, in the order in which the driver writes them.
    func copies(of event: [JSONMember]) -> [String: [RegistryModel.Copy]] {
        var copies: [RegistryModel.Copy] = []
        for part in compiled.parts {
            let segment = part.segment
            segment.index.match(event, using: scratch)
            for match in scratch.matches.map(Int.init) where !part.isWithdrawn(match) {
                let subscription = segment.index.subscriptions[match]
                let queue = compiled.destinations[segment.destinationOf[match]].queue
                copies.append(.init(application: subscription.appKey, key: subscription.key, queue: queue))
            }
        }
        return Dictionary(grouping: copies, by: \.application)
    }
}
