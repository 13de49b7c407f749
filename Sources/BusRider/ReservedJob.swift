/// A job in the hands of a rider.
package struct ReservedJob: Sendable {
    /// The element as it stood in its queue, byte for byte. It may be anything: nobody has looked at it yet.
    package let element: [UInt8]
    /// The queue that it came from, without namespace and `queue:`.
    package let queue: String

    package init(element: [UInt8], queue: String) {
        self.element = element
        self.queue = queue
    }
}

/// What an application does with jobs. The rider claims them, and draws the consequences of each report in Redis.
package protocol JobPerforming: Sendable {
    /// Runs one job to its end, whatever that is; it cannot throw, because somebody must say what becomes of the job.
    ///
    /// Called by as many tasks at once as the rider has slots, on Swift's thread pool. A rider that must end cancels
    /// those tasks.
    func perform(_ job: ReservedJob) async -> JobReport
}

/// What became of one run of a job.
package struct JobReport: Sendable {
    /// How the run ended.
    package enum Outcome: Sendable {
        /// The job is done and leaves Redis.
        case done
        /// The run failed: the job is tried again, or kept in `failed`.
        case failed(JobFailure)
        /// The handler ended early because its task was cancelled. When the rider itself has asked for that, the job
        /// goes back to the head of its queue and nothing is counted; the failure says what it is at any other time.
        case cancelled(JobFailure)
    }

    /// How the run ended.
    package var outcome: Outcome
    /// The counter of this job's attempts, which a success removes (contract §8). Nil for a job that is never retried.
    package var retryKey: RetryKey?

    package init(_ outcome: Outcome, retryKey: RetryKey? = nil) {
        self.outcome = outcome
        self.retryKey = retryKey
    }
}

/// Why a run failed, in the words of Resque's `failed` list, and whether trying again may help.
package struct JobFailure: Sendable {
    /// A Ruby exception class, or a Swift error type.
    package var exception: String
    /// A sentence. A rider shortens what is too long for the list.
    package var message: String
    /// Lines that resque-web shows below the sentence.
    package var backtrace: [String]
    /// How to try again; nil sends the job to `failed` at once.
    package var retry: Retry?

    package init(exception: String, message: String, backtrace: [String] = [], retry: Retry? = nil) {
        self.exception = exception
        self.message = message
        self.backtrace = backtrace
        self.retry = retry
    }

    /// What a rider needs to try a job again.
    package struct Retry: Sendable {
        /// When, if at all.
        package var policy: RetryPolicy
        /// The counter of this job's attempts.
        package var key: RetryKey
        /// Where the job goes: `bus_rider_queue` for the jobs of the bus (contract §8), its own queue for others.
        package var queue: String
        /// The element that a retry without delay pushes: `{"class":…,"args":…}`.
        package var element: [UInt8]
        /// The element that waits in `delayed:<epoch>`: the same with a third member `queue` (contract §7).
        package var delayedElement: [UInt8]

        package init(policy: RetryPolicy, key: RetryKey, queue: String, element: [UInt8], delayedElement: [UInt8]) {
            self.policy = policy
            self.key = key
            self.queue = queue
            self.element = element
            self.delayedElement = delayedElement
        }
    }
}
