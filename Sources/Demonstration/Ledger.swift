import BusWire
import LibevExecutor

/// Which copy of which event is due where, and what has come.
actor Ledger {
    /// What a queue has got.
    struct Arrivals {
        var copies = 0
        var latencies = Latencies()
    }

    /// What has happened until now.
    struct Totals {
        var published = 0
        /// Of these.
        var malformed = 0
        /// Copies that the published events call for.
        var expected = 0
        /// Copies that came where they were due.
        var arrived = 0
        /// Copies that nobody waited for: a second one of the same event, or one on a wrong queue.
        var unexpected = 0
        var queues: [String: Arrivals] = [:]
    }

    private struct Due {
        let since: ContinuousClock.Instant
        var queues: Set<String>
    }

    private(set) var totals = Totals()
    private var due: [String: Due] = [:]
    private let executor: LibevExecutor

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(executor: LibevExecutor) {
        self.executor = executor
    }

    /// Call it just before the event goes out.
    func willPublish(_ event: SampleEvent) {
        totals.published += 1
        guard let id = event.id else {
            totals.malformed += 1
            return
        }
        totals.expected += event.queues.count
        due[id] = event.queues.isEmpty ? nil : Due(since: .now, queues: event.queues)
    }

    /// - Parameters:
    ///   - job: what a rider popped.
    ///   - moment: when it had it.
    func didPop(_ job: String, from queue: String, at moment: ContinuousClock.Instant) {
        guard let id = Self.identifier(of: job), var entry = due[id], entry.queues.remove(queue) != nil else {
            totals.unexpected += 1
            return
        }
        due[id] = entry.queues.isEmpty ? nil : entry
        totals.arrived += 1
        totals.queues[queue, default: Arrivals()].copies += 1
        totals.queues[queue, default: Arrivals()].latencies.add(moment - entry.since)
    }

    /// The attributes are JSON in a string in JSON.
    private static func identifier(of job: String) -> String? {
        guard let inner = try? JSONValue.parse(job)["args"]?.elements?.first?.string else { return nil }
        return try? JSONValue.parse(inner)["bus_id"]?.string
    }
}
