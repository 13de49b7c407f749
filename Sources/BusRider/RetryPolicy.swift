/// Whether and when a failed job is tried again.
///
/// ```swift
/// RetryPolicy.delays([.zero, .seconds(30), .seconds(300)])
/// RetryPolicy.exponential(first: .seconds(5), jitter: 0.5, retries: 10)
/// RetryPolicy { attempt in attempt.exception == "QuotaExceeded" ? .seconds(3600) : nil }
/// ```
public struct RetryPolicy: Sendable {
    /// What a policy may look at.
    public struct Attempt: Sendable {
        /// 0 when the first run has failed, 1 when the first retry has, and so on.
        public var number: Int
        /// The error's type, as it would stand in `failed`.
        public var exception: String
        /// The error's text, as it would stand in `failed`.
        public var message: String

        public init(number: Int, exception: String, message: String) {
            self.number = number
            self.exception = exception
            self.message = message
        }
    }

    /// The delay until the next run, or nil to give up. Less than a second means at once; longer delays are rounded up
    /// to whole seconds.
    public var delay: @Sendable (Attempt) -> Duration?

    /// A policy of the application's own.
    public init(delay: @escaping @Sendable (Attempt) -> Duration?) {
        self.delay = delay
    }

    /// No retries.
    public static let none = RetryPolicy { _ in nil }

    /// What resque-bus does with every job of the bus (contract §8): six retries, the first one at once and the last
    /// one six hours after the one before it.
    public static let resque = RetryPolicy.delays([0, 60, 600, 3600, 10800, 21600].map { .seconds($0) })

    /// One retry after each of these delays.
    public static func delays(_ delays: [Duration]) -> RetryPolicy {
        RetryPolicy { delays.indices.contains($0.number) ? delays[$0.number] : nil }
    }

    /// Delays that grow by the same factor each time.
    ///
    /// - Parameters:
    ///   - first: the delay before the first retry.
    ///   - factor: what each delay is multiplied by for the next one. Default 2.
    ///   - most: no delay is longer. Default six hours.
    ///   - jitter: the share of each delay that is left to chance, so that jobs that failed together do not come back
    ///     together: 0 for none, 1 for anything between nothing and the whole delay. Default 0.
    ///   - retries: after so many the job is given up.
    ///   - random: draws from 0..<1. Default: the system's generator.
    public static func exponential(
        first: Duration, factor: Double = 2, most: Duration = .seconds(21600), jitter: Double = 0, retries: Int,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) -> RetryPolicy {
        RetryPolicy { attempt in
            guard (0..<retries).contains(attempt.number) else { return nil }
            var seconds = first / .seconds(1)
            for _ in 0..<attempt.number where seconds.isFinite { seconds *= factor }
            seconds = max(0, min(seconds, most / .seconds(1)))
            return .seconds(jitter > 0 ? seconds * (1 - min(jitter, 1) * random()) : seconds)
        }
    }
}
