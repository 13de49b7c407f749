import LibevExecutor
import Logging

extension RedisConnection {
    /// Connects, trying again until it succeeds or the task is cancelled. Logs the first failure, each change of the
    /// reason, and the success after failures; not each attempt.
    ///
    /// The delays are those of the configuration's ``ReconnectBackoff``. They go on growing from one call to the next
    /// until a connection has lasted for its `stableAfter`; so a server that accepts and drops connections is not
    /// stormed.
    ///
    /// - Parameter accept: Looks at a server that answered; what it throws counts as a failed attempt. Default: every
    ///   server will do.
    /// - Throws: `RedisError` with `configuration`, which no repetition cures, or with `closed` when the task was
    ///   cancelled (the last failure is the underlying error then) or `close` or another `connect` was called.
    package func connectRetrying(
        accept: @Sendable (RedisServerInfo) throws(RedisError) -> Void = { _ in }
    ) async throws(RedisError) -> RedisServerInfo {
        var lastReported: RedisError?
        if let uptime = link.lastUptime {
            try await pause(backoff.delay(afterConnectionOf: uptime, random: .random(in: 0..<1)), after: nil)
        }
        while true {
            let failure: RedisError
            do throws(RedisError) {
                let info = try await connect()
                try accept(info)
                if lastReported != nil {
                    logger.notice("Redis is back", metadata: ["endpoint": "\(configuration.endpoint)"])
                }
                return info
            } catch {
                failure = error
                link.close(failure, tellLoss: false)
            }
            if failure.code == .configuration || failure.code == .closed { throw failure }
            if failure.code != lastReported?.code {
                let awaited = failure.awaited.map { " Waiting for \($0)." } ?? ""
                logger.warning(
                    "Redis cannot be used; trying again",
                    metadata: ["endpoint": "\(configuration.endpoint)", "reason": "\(failure.message)\(awaited)"])
                lastReported = failure
            }
            let delay = backoff.delay(
                afterFailure: failure.code == .authentication, random: .random(in: 0..<1))
            try await pause(delay, after: failure)
        }
    }

    private func pause(_ delay: Duration, after failure: RedisError?) async throws(RedisError) {
        do {
            try await Task.sleep(for: delay)
        } catch {
            throw RedisError(.closed, "Connecting to Redis was given up.", underlying: failure)
        }
    }
}
