import BusRider
import BusWire

/// How one kind of job is run.
final class JobRoute: Sendable {
    /// The key of the application.
    let application: String
    /// The key of the subscription, or the class of the job.
    let name: String
    /// Whether the event gets `bus_executed_at`.
    let addsExecutedAt: Bool
    let policy: RetryPolicy
    private let handler: @Sendable (RunningJob) async throws -> Void
    private let middleware: [any JobMiddleware]
    private let timeout: Duration?
    private let location: SourceLocation
    private let sleep: @Sendable (Duration) async throws -> Void

    init(
        _ application: Application, name: String, addsExecutedAt: Bool, options: HandlerOptions,
        location: SourceLocation, sleep: @escaping @Sendable (Duration) async throws -> Void,
        handler: @escaping @Sendable (RunningJob) async throws -> Void
    ) {
        self.application = application.key
        self.name = name
        self.addsExecutedAt = addsExecutedAt
        let options = options.over(application.options)
        policy = options.retry ?? .resque
        timeout = options.timeout
        middleware = application.middleware
        self.location = location
        self.sleep = sleep
        self.handler = handler
    }

    /// Runs middleware and handler; throws what the outermost of them throws.
    func run(_ job: RunningJob) async throws {
        if middleware.isEmpty { try await callHandler(job) } else { try await run(job, from: 0) }
    }

    private func run(_ job: RunningJob, from layer: Int) async throws {
        guard layer < middleware.count else { return try await callHandler(job) }
        try await middleware[layer].run(job) { try await self.run(job, from: layer + 1) }
    }

    private func callHandler(_ job: RunningJob) async throws {
        guard let timeout else { return try await handler(job) }
        try await JobTimeout.limit(timeout, sleep: sleep) { try await self.handler(job) }
    }

    /// What `failed` says of an error.
    func failure(_ error: any Error) -> JobFailure {
        JobFailure(
            exception: "\(type(of: error))", message: "\(error)", backtrace: [location.frame(in: name)])
    }
}
