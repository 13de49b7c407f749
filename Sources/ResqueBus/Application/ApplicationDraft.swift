import BusWire

/// A subscription with its handler.
struct EventHandling: Sendable {
    let subscription: BusSubscription
    let subscribe: Subscribe
    /// Ruby's rider adds `bus_executed_at`, its mixin does not (contract §2.3).
    let addsExecutedAt: Bool
}

/// The parts of an application as they are gathered, with the mistakes in them.
struct ApplicationDraft {
    private let name: String
    private let key: String
    private(set) var events: [EventHandling] = []
    private(set) var jobs: [Job] = []
    private(set) var middleware: [any JobMiddleware] = []
    private(set) var faults: [String] = []
    private var subscriptionKeys: Set<ExactString> = []
    private var classNames: Set<ExactString> = []

    init(name: String) {
        self.name = name
        key = BusName.normalize(name)
        guard BusName.applicationKey(name) == nil else { return }
        faults.append("\"\(name)\" is not a name for an application; it needs an ASCII letter or digit.")
    }

    mutating func add(_ part: ApplicationPart) {
        switch part.kind {
        case .subscribe(let subscribe): add(subscribe)
        case .heartbeat(let heartbeat):
            if let fault = heartbeat.fault { faults.append(fault) }
            add(heartbeat.subscribe)
        case .job(let job): add(job)
        case .subscriber(let subscriber): add(subscriber)
        case .middleware(let layer): middleware.append(layer)
        }
    }

    private mutating func add(_ subscribe: Subscribe) {
        var subscription = BusSubscription(subscribe.key, queue: subscribe.queue ?? "default")
        subscription.filters = subscribe.filters
        add(EventHandling(subscription: subscription, subscribe: subscribe, addsExecutedAt: true))
    }

    /// In the shapes of Ruby's mixin (contract §3).
    private mutating func add(_ subscriber: some Subscriber) {
        let className = type(of: subscriber).subscriberName
        let subscriptions = subscriber.subscriptions
        if subscriptions.isEmpty { faults.append("\(className) has no subscriptions; give it one or leave it out.") }
        for subscribe in subscriptions {
            let queue: BusQueue =
                switch subscribe.queue {
                case .ofApplication(let name), .shared(let name): .shared(name)
                case nil: subscriber.queue.map(BusQueue.shared) ?? "default"
                }
            var subscription = BusSubscription(
                "\(className).\(subscribe.key)", queue: queue, className: className)
            subscription.filters = subscribe.filters
            add(EventHandling(subscription: subscription, subscribe: subscribe, addsExecutedAt: false))
        }
    }

    private mutating func add(_ event: EventHandling) {
        let subscription = event.subscription
        do {
            _ = try Bus.record(of: subscription, appKey: key)
        } catch {
            faults.append(error.message)
        }
        if event.subscribe.key.isEmpty, !subscription.key.isEmpty {
            faults.append("A subscription of \(subscription.className) has an empty key.")
        }
        if subscription.queue.name(in: key).isEmpty { faults.append("The queue of \(subscription.key) has no name.") }
        if !subscriptionKeys.insert(ExactString(subscription.key)).inserted {
            faults.append("\(name) subscribes \(subscription.key) twice; keys must differ.")
        }
        check(event.subscribe.options, of: subscription.key)
        events.append(event)
    }

    private mutating func add(_ job: Job) {
        if job.className.isEmpty { faults.append("A job of \(name) has an empty class.") }
        if job.queue.isEmpty { faults.append("The job \(job.className) has an empty queue.") }
        if !classNames.insert(ExactString(job.className)).inserted {
            faults.append("\(name) has the job \(job.className) twice; classes must differ.")
        }
        if BusRole(className: job.className) != nil {
            faults.append("\(job.className) is a class of the bus itself; give the job another name.")
        }
        check(job.options, of: job.className)
        jobs.append(job)
    }

    private mutating func check(_ options: HandlerOptions, of name: String) {
        guard let timeout = options.timeout, timeout <= .zero else { return }
        faults.append("The timeout of \(name) is \(timeout); give more than zero.")
    }
}
