import Foundation
import RedisTestSupport

/// One thing that a hostile neighbour does to a fleet, and then undoes where it would last.
struct Harm: Sendable, CustomStringConvertible {
    let description: String
    /// Returns when the harm is over; what it did to the fleet may last longer.
    let inflict: @Sendable (NeighbourBench, inout Chance) async throws -> Void

    init(_ description: String, _ inflict: @escaping @Sendable (NeighbourBench, inout Chance) async throws -> Void) {
        self.description = description
        self.inflict = inflict
    }
}

/// The neighbour's repertoire, by the part of Redis or of the machine that it abuses.
enum HarmKind: String, CaseIterable {
    case busy, memory, replication, connections
    case permissions
    case types
    case numbers
    case events
    case files
    case signals, kills

    /// Everything that it can do.
    var harms: [Harm] {
        switch self {
        case .busy: Harm.busyScripts
        case .memory: Harm.fullMemory
        case .replication: Harm.demotions
        case .connections: Harm.cuts
        case .permissions: Harm.permissions
        case .types: Harm.wrongTypes
        case .numbers: Harm.numbers
        case .events: Harm.events
        case .files: Harm.scheduleFiles
        case .signals: Harm.signals
        case .kills: Harm.kills
        }
    }

    /// How many of them a short run picks.
    private var share: Int {
        switch self {
        case .busy, .memory, .replication, .connections, .kills: 1
        case .files: 2
        case .permissions, .numbers: 3
        case .types, .signals: 4
        case .events: .max
        }
    }

    /// Harms in random order: some of each kind, or all of them.
    ///
    /// `BUSDRIVER_NEIGHBOUR`, kinds with commas between, confines a run to these.
    static func programme(all: Bool, _ chance: inout Chance) -> [Harm] {
        let wanted = ProcessInfo.processInfo.environment["BUSDRIVER_NEIGHBOUR"]?.split(separator: ",").map(String.init)
        var harms: [Harm] = []
        for kind in allCases where wanted?.contains(kind.rawValue) ?? true {
            harms += kind.harms.shuffled(using: &chance).prefix(all ? .max : kind.share)
        }
        return harms.shuffled(using: &chance)
    }
}
