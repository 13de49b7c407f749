import BusProtocol
import BusWire
import RedisConnection

/// Copies subscriptions and events of a live Redis, by commands that only read.
///
/// What a driver takes between two looks at the list is missed; a look takes at most a tenth of the time, so that Redis
/// has the rest for its users.
struct TrafficCapture {
    let connection: any RedisClient
    let bus: BusKeys
    /// The list on which events arrive.
    let incoming: String
    /// So many elements are enough.
    let count: Int
    /// So long is enough.
    let patience: Duration

    /// How far it came.
    struct Progress: Hashable, Sendable {
        var applications = 0
        var subscriptions = 0
        var elements = 0
        /// Elements that are not UTF-8, which a file of JSON cannot hold.
        var leftOut = 0
    }

    /// Elements that are asked for at a time.
    private static let pageSize = 100
    private static let shortestPause = Duration.milliseconds(10)

    /// The subscriptions as they stand, by application; what Ruby could not read is left out.
    func applications() async throws(RedisError) -> [WorkloadApplication] {
        var applications: [WorkloadApplication] = []
        for application in try await SubscriptionRegistry(connection: connection, bus: bus).load() {
            guard let name = BusName.applicationKey(application.name), application.problem == nil,
                !applications.contains(where: { $0.name == name })
            else { continue }
            let records = Dictionary(application.records.map { ($0.field, $0.value) }) { _, last in last }
            applications.append(WorkloadApplication(name: name, records: records))
        }
        return applications
    }

    /// Calls `write` with the lines of a capture file, until there are enough elements, the time is over or the task is
    /// cancelled. An element that is seen again is written once.
    ///
    /// - Parameter progress: kept up to date, also when an error ends it.
    /// - Throws: `RedisError`, and what `write` throws.
    func run(_ progress: inout Progress, write: ([UInt8]) throws -> Void) async throws {
        for application in try await applications() {
            try write(CaptureFile.line(for: application))
            progress.applications += 1
            progress.subscriptions += application.records.count
        }
        let clock = ContinuousClock()
        let deadline = clock.now + patience
        var seen: Set<[UInt8]> = []
        while !isEnough(progress, deadline) {
            let start = clock.now
            try await look(&seen, &progress, until: deadline, write)
            let pause = max((clock.now - start) * 9, Self.shortestPause)
            // Cancellation is no error here: it ends the loop.
            try? await clock.sleep(until: min(clock.now + pause, deadline))
        }
    }

    private func isEnough(_ progress: Progress, _ deadline: ContinuousClock.Instant) -> Bool {
        progress.elements >= count || Task.isCancelled || ContinuousClock.now >= deadline
    }

    /// Reads the list once, from its head to its tail.
    private func look(
        _ seen: inout Set<[UInt8]>, _ progress: inout Progress, until deadline: ContinuousClock.Instant,
        _ write: ([UInt8]) throws -> Void
    ) async throws {
        var start = 0
        while !isEnough(progress, deadline) {
            let page = try await connection.call(
                "LRANGE", bus.queue(incoming), String(start), String(start + Self.pageSize - 1))
            for element in page.elements.compactMap(\.bytes) where progress.elements < count {
                guard seen.insert(element).inserted else { continue }
                if let line = CaptureFile.line(for: element) {
                    try write(line)
                    progress.elements += 1
                } else {
                    progress.leftOut += 1
                }
            }
            guard page.count == Self.pageSize else { return }
            start += Self.pageSize
        }
    }
}
