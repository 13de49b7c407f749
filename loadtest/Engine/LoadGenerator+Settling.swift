import BusProtocol
import RedisConnection

/// Waiting for what is under way.
extension LoadGenerator {
    private static let glance = Duration.milliseconds(10)
    /// What is late by less than this has a chance to be seen.
    private static let grace = Duration.milliseconds(300)

    /// Waits until every event is in Redis, every copy has come and nothing is left on the incoming list.
    ///
    /// - Parameters:
    ///   - patience: seconds without any progress after which the rest is given up.
    ///   - limit: seconds after which it is given up in any case.
    /// - Returns: whether all came; false after a failure.
    @discardableResult
    func settle(patience: Double, limit: Double) async -> Bool {
        var last = (copies: -1, backlog: -1)
        let start = ContinuousClock.now
        var progress = start
        while failure == nil {
            let isPublished = unacknowledgedBytes == 0
            guard let backlog = try? await backlog() else { return false }
            if isPublished, backlog == 0, ledger.isSettled { return true }
            if (ledger.arrivedCopies, backlog) != last {
                last = (ledger.arrivedCopies, backlog)
                progress = .now
            }
            guard .now - progress < .seconds(patience), .now - start < .seconds(limit) else { return false }
            try? await Task.sleep(for: Self.glance)
        }
        return false
    }

    /// Waits until Redis has answered for every event, and no copy has come for a moment: doubles, or what a driver
    /// still handed over when it was stopped.
    func awaitQuiet() async {
        var last = (copies: -1, doubled: -1)
        while unacknowledgedBytes > 0 || (ledger.arrivedCopies, ledger.doubled) != last {
            last = (ledger.arrivedCopies, ledger.doubled)
            try? await Task.sleep(for: Self.grace)
        }
    }

    /// The length of the incoming list.
    func backlog() async throws(RedisError) -> Int {
        try await connections.control.call("LLEN", incoming).integer ?? 0
    }
}
