/// A job that is about to run, as middleware sees it.
public struct RunningJob: Sendable {
    /// The key of the application that it belongs to.
    public let application: String
    /// The key of the subscription, or the class of a plain job.
    public let name: String
    /// The queue that it came from.
    public let queue: String
    /// The event; nil for a plain job.
    public let event: Event?
    /// The arguments of a plain job; none for an event.
    public let arguments: JobArguments
}

/// Something that is done around each job of an application: to measure, to open a transaction, to skip a job.
///
/// Middleware stands in an application's list of parts, and wraps in the order written, the first outermost. It runs in
/// the task of the handler, so ``Event/current`` is known. What it throws fails the job.
public protocol JobMiddleware: Sendable {
    /// Does what comes next, the handler in the end.
    typealias Next = @Sendable () async throws -> Void

    /// Runs a job.
    ///
    /// - Parameters:
    ///   - job: what is to run.
    ///   - next: throws what the handler throws. Where it is not called, the handler does not run and the job counts as
    ///     done, as in Ruby (contract §2.2).
    func run(_ job: RunningJob, next: @escaping Next) async throws
}
