import BusWire

/// A program's part on the bus: which events and jobs it wants, and what it does with each.
///
/// ```swift
/// let greeter = Application("greeter") {
///     OnFailure { job, error in print("\(job.name) failed: \(error)") }
///     Subscribe("user_created") { (user: UserCreated) in try await greet(user) }
///     OnHeartbeat("nightly", minute: 0, hour: 3) { _ in try await tidyUp() }
///     Job("Emailer", queue: "emails") { (address: String) in try await send(to: address) }
/// }
/// .timeout(.seconds(30))
/// ```
///
/// A mistake in the definition, such as a key that occurs twice, is reported by whatever uses the application first:
/// ``validate()``, ``subscribe(on:)``, a ``RiderProcess``.
public struct Application: Sendable, ConfigurableHandler {
    /// The name as it was given.
    public let name: String
    /// The name on the bus: `App B`, `app-b` and `app_b` are the same application.
    public let key: String
    /// For all handlers that do not say otherwise.
    public var options = HandlerOptions()

    let events: [EventHandling]
    let jobs: [Job]
    /// Around every job, the first outermost.
    let middleware: [any JobMiddleware]
    private let faults: [String]

    /// - Parameters:
    ///   - name: needs an ASCII letter or digit.
    ///   - parts: ``Subscribe``, ``OnHeartbeat``, ``Job``, types that are a ``Subscriber``, and ``JobMiddleware``.
    public init(_ name: String, @ApplicationBuilder _ parts: () -> [ApplicationPart]) {
        self.name = name
        key = BusName.normalize(name)
        var draft = ApplicationDraft(name: name)
        for part in parts() { draft.add(part) }
        events = draft.events
        jobs = draft.jobs
        middleware = draft.middleware
        faults = draft.faults
    }

    /// What it subscribes.
    public var subscriptions: [BusSubscription] { events.map(\.subscription) }

    /// What it subscribes, as drivers use it.
    ///
    /// - Throws: ``BusError`` with code `invalidSubscription`.
    package func records() throws(BusError) -> [Subscription] {
        try validate()
        var records: [Subscription] = []
        for event in events { records.append(try Bus.record(of: event.subscription, appKey: key)) }
        return records
    }

    /// The queues that its events and jobs come from, each once, in the order of the definition: what a rider works on
    /// unless it is told otherwise (contract §3).
    public var queues: [String] {
        var seen: Set<ExactString> = []
        let names = events.map { $0.subscription.queue.name(in: key) } + jobs.map(\.queue)
        return names.filter { seen.insert(ExactString($0)).inserted }
    }

    /// Checks the definition.
    ///
    /// - Throws: ``BusError`` with code `invalidSubscription`, which names every mistake.
    public func validate() throws(BusError) {
        var faults = faults
        if let timeout = options.timeout, timeout <= .zero {
            faults.append("The timeout of \(name) is \(timeout); give more than zero.")
        }
        guard faults.isEmpty else { throw BusError(.invalidSubscription, faults.joined(separator: " ")) }
    }

    /// Writes its subscriptions to Redis as Ruby's `subscribe` does: they replace all that the application had
    /// (contract §3).
    ///
    /// - Throws: ``BusError``, with code `invalidSubscription` before anything is changed.
    public func subscribe(on bus: Bus) async throws(BusError) {
        try validate()
        try await bus.subscribe(name, to: subscriptions)
    }

    /// ``subscribe(on:)`` if Redis has no subscription of the application at all; another version's are left alone.
    ///
    /// - Returns: whether it had none.
    func subscribeIfForgotten(on bus: Bus) async throws(BusError) -> Bool {
        guard !events.isEmpty, try await !bus.hasSubscriptions(name) else { return false }
        try await subscribe(on: bus)
        return true
    }
}

extension Bus {
    /// Declares an application's subscriptions in this process only: for ``LocalMode/standalone`` and
    /// ``LocalMode/inline(deliver:)``. Needs no Redis. ``Application/subscribe(on:)`` includes it.
    ///
    /// - Throws: ``BusError`` with code `invalidSubscription`.
    public func declare(_ application: Application) throws(BusError) {
        try application.validate()
        try declare(application.name, application.subscriptions)
    }
}
