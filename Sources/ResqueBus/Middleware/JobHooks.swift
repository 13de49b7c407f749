/// Does something before each job. What it throws fails the job, and the handler does not run.
public struct BeforeJob: JobMiddleware {
    private let action: @Sendable (RunningJob) async throws -> Void

    public init(_ action: @escaping @Sendable (RunningJob) async throws -> Void) {
        self.action = action
    }

    public func run(_ job: RunningJob, next: @escaping Next) async throws {
        try await action(job)
        try await next()
    }
}

/// Does something after each job that has succeeded. What it throws fails the job.
public struct AfterJob: JobMiddleware {
    private let action: @Sendable (RunningJob) async throws -> Void

    public init(_ action: @escaping @Sendable (RunningJob) async throws -> Void) {
        self.action = action
    }

    public func run(_ job: RunningJob, next: @escaping Next) async throws {
        try await next()
        try await action(job)
    }
}

/// Does something around each job: `AroundJob { job, next in … try await next() … }`.
public struct AroundJob: JobMiddleware {
    private let action: @Sendable (RunningJob, @escaping Next) async throws -> Void

    /// - Parameter action: where it does not call `next`, the handler does not run and the job counts as done.
    public init(_ action: @escaping @Sendable (RunningJob, @escaping Next) async throws -> Void) {
        self.action = action
    }

    public func run(_ job: RunningJob, next: @escaping Next) async throws {
        try await action(job, next)
    }
}

/// Looks at the error of each run that has failed. The run stays failed, and is tried again as its policy says.
public struct OnFailure: JobMiddleware {
    private let action: @Sendable (RunningJob, any Error) async -> Void

    public init(_ action: @escaping @Sendable (RunningJob, any Error) async -> Void) {
        self.action = action
    }

    public func run(_ job: RunningJob, next: @escaping Next) async throws {
        do {
            try await next()
        } catch {
            await action(job, error)
            throw error
        }
    }
}
