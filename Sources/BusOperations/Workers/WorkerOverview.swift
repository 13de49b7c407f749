package import BusProtocol
package import BusWire
import Foundation
package import RedisConnection

/// Everybody who works on a namespace, as an operator wants to see them.
package struct WorkerOverview: Sendable {
    /// By id; a rider's second slot stands before its tenth.
    package let views: [WorkerView]

    private let workers: Workers
    private let now: Int

    /// Reads them, in a few round trips.
    package init(connection: any RedisClient, bus: BusKeys) async throws(RedisError) {
        workers = Workers(connection: connection, bus: bus)
        now = try await RedisClock(connection: connection).milliseconds
        views = Self.views(of: try await workers.all(now: now), now: now / 1000)
    }

    /// - Parameter now: epoch seconds.
    static func views(of workers: [RegisteredWorker], now: Int) -> [WorkerView] {
        workers.sorted { $0.id.compare($1.id, options: .numeric) == .orderedAscending }
            .map { WorkerView($0, now: now) }
    }

    /// The keys about workers that hold another type of value than they should, by name.
    package var unreadable: [String] { Set(views.flatMap(\.worker.unreadable)).sorted() }

    /// The ids of drivers and riders that live and that Resque does not list.
    package func unlisted() async throws(RedisError) -> [String] {
        try await workers.unlisted(among: views.map(\.worker), now: now)
    }

    /// Whether an operator has paused all workers.
    package func arePaused() async throws(RedisError) -> Bool { try await workers.arePaused() }
}
