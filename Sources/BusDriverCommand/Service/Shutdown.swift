import CommandInterface
import Foundation
import LibevExecutor
import Logging

/// The way a process ends: the first SIGTERM, SIGINT or SIGQUIT asks for it, as for resque-scheduler; the second one is obeyed
/// at once.
///
/// Confined to the loop that the signals arrive on; made from anywhere.
final class Shutdown: @unchecked Sendable {
    // Touched on the loop only.
    private var request: (@Sendable () -> Void)?
    private var requested: ContinuousClock.Instant?

    private let executor: LibevExecutor
    private let logger: Logger
    private let legacy: @Sendable () -> String

    /// A drain that takes longer is given up, so that the process ends within five seconds.
    private static let patience = Duration.milliseconds(4700)

    /// Two signals that come closer together are one request: some supervisors signal a process and then its group.
    private static let echo = Duration.milliseconds(100)

    /// - Parameters:
    ///   - executor: the loop that signals arrive on.
    ///   - logger: told about the first signal.
    ///   - legacy: says on the loop what stays behind, for an end without an answer of Redis.
    init(executor: LibevExecutor, logger: Logger, legacy: @escaping @Sendable () -> String) {
        self.executor = executor
        self.logger = logger
        self.legacy = legacy
        for signal in [SIGTERM, SIGINT, SIGQUIT] {
            executor.onSignal(signal) { self.received() }
        }
    }

    /// Calls `body` on the loop when the end is asked for, or at once if it was.
    func onRequest(_ body: @escaping @Sendable () -> Void) {
        executor.execute { [self] in
            request = body
            if requested != nil { body() }
        }
    }

    private func received() {
        if let requested {
            guard ContinuousClock.now - requested > Self.echo else { return }
            end("ended at once")
        }
        requested = .now
        logger.notice("finishing what is in hand; a second signal ends at once")
        request?()
        _ = executor.schedule(after: Self.patience) { self.end("Redis does not answer") }
    }

    private func end(_ reason: String) -> Never {
        StandardError.write("busdriver: \(reason); \(legacy())\n")
        exit(1)
    }
}
