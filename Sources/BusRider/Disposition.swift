import BusWire

/// What a run of a job leads to in Redis.
///
/// Ruby counts a run before it begins: `SETNX <key> -1`, `INCR <key>`; so the counter is the number of the run, from 0,
/// while it lasts and while its retry waits. A rider counts a run when it has failed: the number is the counter plus
/// one, or 0 without a counter, and is then written. Whoever ran a job last, the counter of a waiting retry is thus the
/// number of the run that failed, and Ruby's `INCR` and our plus one come to the same number for the next run
/// (contract §8). A run that is given back to its queue leaves no trace, and whoever runs the job next counts it.
package enum Disposition: Sendable, Equatable {
    /// The job leaves Redis, and so does its counter.
    case done(deleting: RetryKey?)
    /// The job goes to the tail of a queue.
    ///
    /// - Parameters:
    ///   - queue: without namespace and `queue:`.
    ///   - element: the bytes to push.
    ///   - key: of the counter.
    ///   - counter: what the counter is set to.
    case retryNow(queue: String, element: [UInt8], key: RetryKey, counter: Int)
    /// The job waits for a scheduler.
    case retryLater(DelayedRetry)
    /// The job is given up.
    ///
    /// - Parameters:
    ///   - entry: for the list `failed`.
    ///   - deleting: the counter, if there may be one, and the record that belongs to it.
    case failed(entry: [UInt8], deleting: RetryKey?)

    /// A retry that waits in `delayed:<epoch>` (contract §7), and the record that resque-web's tab Retry shows of it.
    package struct DelayedRetry: Sendable, Equatable {
        /// When, in epoch seconds.
        package var epoch: Int
        /// The bytes to push, with their queue.
        package var item: [UInt8]
        /// The queue to which a scheduler moves it, without namespace and `queue:`.
        package var queue: String
        /// Of the counter.
        package var key: RetryKey
        /// What the counter is set to.
        package var counter: Int
        /// The value of ``RetryKey/failureName``.
        package var failure: [UInt8]
        /// How long that record lives, in seconds: twice the delay.
        package var failureLifetime: Int
    }

    /// Judges one run. A report of cancellation is judged as a failure: a rider that asked for it gives the job back
    /// instead.
    ///
    /// - Parameters:
    ///   - report: how the run ended.
    ///   - job: what ran.
    ///   - counter: the counter's value in Redis, nil if there is none. One that is no number counts as none.
    ///   - now: epoch seconds.
    ///   - worker: the worker's id, for `failed`.
    package init(_ report: JobReport, of job: ReservedJob, counter: String?, now: Int, worker: String) {
        switch report.outcome {
        case .done:
            self = .done(deleting: report.retryKey)
        case .failed(let failure), .cancelled(let failure):
            let failure = failure.shortened()
            let entry = FailureEntry(
                failedAt: now, exception: failure.exception, message: failure.message, backtrace: failure.backtrace,
                worker: worker, queue: job.queue)
            self =
                Self.retry(failure, of: job, counter: counter, entry: entry)
                ?? .failed(
                    entry: job.element.withUnsafeBytes { entry.encoded(for: $0) },
                    deleting: failure.retry?.key ?? report.retryKey)
        }
    }

    /// The number that a counter in Redis holds; nil when it is none, and then it counts as none.
    static func number(ofCounter counter: String) -> Int? { Int(counter)?.clamped(to: -1...Int.max - 1) }

    private static func retry(
        _ failure: JobFailure, of job: ReservedJob, counter: String?, entry: FailureEntry
    ) -> Disposition? {
        guard let retry = failure.retry else { return nil }
        let number = (counter.flatMap(number) ?? -1) + 1
        let attempt = RetryPolicy.Attempt(number: number, exception: failure.exception, message: failure.message)
        guard let delay = retry.policy.delay(attempt) else { return nil }
        let seconds = wholeSeconds(delay)
        guard seconds > 0 else {
            return .retryNow(queue: retry.queue, element: retry.element, key: retry.key, counter: number)
        }
        return .retryLater(
            DelayedRetry(
                epoch: entry.failedAt + seconds, item: retry.delayedElement, queue: retry.queue, key: retry.key,
                counter: number, failure: job.element.withUnsafeBytes { entry.encoded(for: $0, withZone: false) },
                failureLifetime: 2 * seconds))
    }

    /// Redis refuses lifetimes beyond what fits into milliseconds; a century is below that.
    private static let longestDelay = 100 * 31_557_600

    private static func wholeSeconds(_ delay: Duration) -> Int {
        guard delay >= .seconds(1) else { return 0 }
        let (seconds, attoseconds) = min(delay, .seconds(longestDelay)).components
        return Int(seconds) + (attoseconds > 0 ? 1 : 0)
    }
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
