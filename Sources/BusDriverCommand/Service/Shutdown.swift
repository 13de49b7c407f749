import CommandInterface
import Foundation
import LibevExecutor
import Logging

/// The way a process ends: the first SIGTERM, SIGINT or SIGQUIT asks for it, as for resque-scheduler; the second one is
/// obeyed at once.
///
/// Confined to the loop that the signals arrive on; made from anywhere.
final class Shutdown: @unchecked Sendable {
    /// What ends a service.
    static let usualSignals = [SIGTERM, SIGINT, SIGQUIT]

    // Touched on the loop only.
    private var request: (@Sendable () -> Void)?
    private var requested: ContinuousClock.Instant?
    private var legacy: @Sendable () -> String = { "nothing is in flight." }

    private let executor: LibevExecutor
    private let logger: Logger
    private let tidyUp: @Sendable () -> Void

    /// A drain that takes longer is given up, so that the process ends within five seconds.
    private static let patience = Duration.milliseconds(4700)

    /// Two signals that come closer together are one request: some supervisors signal a process and then its group.
    private static let echo = Duration.milliseconds(100)

    /// - Parameters:
    ///   - signals: which ones ask for the end.
    ///   - executor: the loop that signals arrive on.
    ///   - logger: told about the first signal.
    ///   - tidyUp: called before the process ends without an answer of Redis.
    init(
        on signals: [Int32] = usualSignals, executor: LibevExecutor, logger: Logger,
        tidyUp: @escaping @Sendable () -> Void = {}
    ) {
        self.executor = executor
        self.logger = logger
        self.tidyUp = tidyUp
        for signal in signals {
            executor.onSignal(signal) { self.received() }
        }
    }

    /// Calls `body` on the loop when the end is asked for, or at once if it was.
    ///
    /// - Parameter legacy: says on the loop what stays behind, for an end without an answer of Redis.
    func onRequest(leaving legacy: @escaping @Sendable () -> String, _ body: @escaping @Sendable () -> Void) {
        executor.execute { [self] in
            request = body
            self.legacy = legacy
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
        tidyUp()
        StandardError.write("busdriver: \(reason); \(legacy())\n")
        exit(1)
    }
}
