import BusRider
import BusWire

/// Runs the jobs of one or several applications: finds the handler of each, and says what became of it.
///
/// A job that nobody can run goes to `failed` with the reason and a remedy, also where Ruby drops it in silence: an
/// event whose application or subscription the running code does not have (contract §5).
package struct JobRouter: JobPerforming {
    private var subscriptions: [ExactString: [ExactString: JobRoute]] = [:]
    private var jobs: [ExactString: JobRoute] = [:]
    private let now: @Sendable () -> Int

    /// - Parameters:
    ///   - applications: no key twice, and no class of a ``Job`` twice.
    ///   - now: the wall clock in epoch seconds. Default: the system's.
    ///   - sleep: waits for a timeout's end, or throws when its task is cancelled. Default: the system's.
    /// - Throws: ``BusError`` with code `invalidSubscription`, which names every mistake in an application.
    package init(
        _ applications: [Application], now: @escaping @Sendable () -> Int = BusConfiguration.systemTime,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) throws(BusError) {
        self.now = now
        for application in applications {
            try application.validate()
            guard subscriptions[ExactString(application.key)] == nil else {
                throw BusError(
                    .invalidSubscription, "There are two applications \(application.key); put their parts into one.")
            }
            subscriptions[ExactString(application.key)] = Self.eventRoutes(of: application, sleep)
            for (name, route) in Self.jobRoutes(of: application, sleep) {
                guard jobs.updateValue(route, forKey: name) == nil else {
                    throw BusError(
                        .invalidSubscription, "Two applications have the job \(name.text); classes must differ.")
                }
            }
        }
    }

    private static func eventRoutes(
        of application: Application, _ sleep: @escaping @Sendable (Duration) async throws -> Void
    ) -> [ExactString: JobRoute] {
        var routes: [ExactString: JobRoute] = [:]
        for event in application.events {
            let handler = event.subscribe.handler
            routes[ExactString(event.subscription.key)] = JobRoute(
                application, name: event.subscription.key, addsExecutedAt: event.addsExecutedAt,
                options: event.subscribe.options, location: event.subscribe.location, sleep: sleep
            ) { job in
                if let event = job.event { try await handler(event) }
            }
        }
        return routes
    }

    private static func jobRoutes(
        of application: Application, _ sleep: @escaping @Sendable (Duration) async throws -> Void
    ) -> [ExactString: JobRoute] {
        var routes: [ExactString: JobRoute] = [:]
        for job in application.jobs {
            let handler = job.handler
            routes[ExactString(job.className)] = JobRoute(
                application, name: job.className, addsExecutedAt: false, options: job.options, location: job.location,
                sleep: sleep
            ) { try await handler($0.arguments) }
        }
        return routes
    }

    package func perform(_ reserved: ReservedJob) async -> JobReport {
        let job: JobElement
        var event: DrivenEvent?
        let route: JobRoute
        do throws(Poison) {
            (job, event) = try Self.read(reserved.element)
            route = try self.route(for: job, event)
        } catch {
            return JobReport(.failed(JobFailure(exception: error.exception, message: error.message)))
        }
        let second = now()
        if route.addsExecutedAt { event?.attributes["bus_executed_at"] = .integer(second) }
        let retryKey = RetryKey(className: job.className, arguments: job.joinedArguments)
        do {
            try await run(job, event, at: second, from: reserved.queue, on: route)
            return JobReport(.done, retryKey: retryKey)
        } catch {
            var failure = route.failure(error)
            // What does not fit never will.
            guard !(error is ValueMismatch) else { return JobReport(.failed(failure), retryKey: retryKey) }
            failure.retry = Self.retry(
                job, policy: route.policy, key: retryKey,
                queue: event?.riderQueue ?? reserved.queue)
            let isCancelled = error is CancellationError || Task.isCancelled
            return JobReport(isCancelled ? .cancelled(failure) : .failed(failure), retryKey: retryKey)
        }
    }

    private static func read(_ element: [UInt8]) throws(Poison) -> (JobElement, DrivenEvent?) {
        if let worker = WorkerJob(element) {
            let job = JobElement(className: "QueueBus::Worker", arguments: [.string(worker.text)])
            return (job, try DrivenEvent(workerMembers: worker.members))
        }
        let job = try JobElement(element)
        return (job, try DrivenEvent(job))
    }

    private func route(for job: JobElement, _ event: DrivenEvent?) throws(Poison) -> JobRoute {
        guard let event else {
            guard let route = jobs[ExactString(job.className)] else { throw .unregisteredClass(job.className) }
            return route
        }
        guard let application = subscriptions[ExactString(event.appKey)] else {
            throw .unknownApplication(event.appKey)
        }
        guard let route = application[ExactString(event.subscriptionKey)] else {
            throw .unknownSubscription(event.subscriptionKey, of: event.appKey)
        }
        return route
    }

    private func run(
        _ job: JobElement, _ driven: DrivenEvent?, at second: Int, from queue: String, on route: JobRoute
    ) async throws {
        guard let driven else {
            return try await route.run(
                RunningJob(
                    application: route.application, name: route.name, queue: queue, event: nil,
                    arguments: JobArguments(values: job.arguments)))
        }
        let event = Event(
            attributes: driven.attributes, application: route.application, subscription: route.name, queue: queue,
            executedAtSecond: second)
        try await Event.$handled.withValue(event) {
            try await route.run(
                RunningJob(
                    application: route.application, name: route.name, queue: queue, event: event,
                    arguments: JobArguments(values: [])))
        }
    }

    /// How to try again, in the shapes that resque-retry writes (contract §8); not at all where an argument is a number
    /// that Ruby cannot write.
    private static func retry(
        _ job: JobElement, policy: RetryPolicy, key: RetryKey, queue: String
    ) -> JobFailure.Retry? {
        let payload = job.payload
        guard let element = try? payload.encoded(), let delayed = try? payload.encoded(waitingFor: queue) else {
            return nil
        }
        return JobFailure.Retry(policy: policy, key: key, queue: queue, element: element, delayedElement: delayed)
    }
}
