import BusOperations
import BusProtocol
import BusWire
import RedisConnection

/// What a rider's process does in the end: the program's options, and the environment, which goes before them.
struct RiderSettings {
    var bus: BusConfiguration
    var queues: QueueSelection
    var concurrency: Int
    var interval: Duration?
    var lease: Duration
    var drains: Bool
    var deadline: Duration?
    var pidFile: String?
    var restart: RestartLimits
    /// Sentences about what can hardly be meant.
    var warnings: [String] = []

    /// - Parameter applicationQueues: what is worked on if neither says.
    /// - Throws: ``BusError`` with code `configuration`.
    init(_ options: RiderOptions, _ environment: RiderEnvironment, applicationQueues: [String]) throws(BusError) {
        bus = if let bus = options.bus { bus } else { try BusConfiguration() }
        try bus.obey(environment)
        queues = try Self.queues(options, environment, applicationQueues)
        concurrency = environment.concurrency ?? options.concurrency
        guard concurrency > 0 else {
            throw BusError(.configuration, "concurrency is \(concurrency); give at least 1.")
        }
        interval = environment.interval
        lease = options.lease
        guard .milliseconds(500)...RegisteredLease.longest ~= lease else {
            throw BusError(.configuration, "lease is \(lease); give 500 ms to a day.")
        }
        drains = options.drains || environment.drains
        if drains { bus.redis = bus.redis.forOneShot() }
        deadline =
            switch environment.termination {
            case .standard: options.shutdownDeadline
            case .deadline(let deadline): deadline
            case .unlimited: nil
            }
        pidFile = environment.pidFile ?? options.pidFile
        restart = RestartLimits(jobs: options.restartAfterJobs, megabytes: options.restartAboveMegabytes)
        for (name, limit) in [("restartAfterJobs", restart.jobs), ("restartAboveMegabytes", restart.megabytes)] {
            guard let limit, limit < 1 else { continue }
            throw BusError(.configuration, "\(name) is \(limit); give at least 1, or nil for no restart.")
        }
        warnAboutQueues(applicationQueues)
    }

    private mutating func warnAboutQueues(_ applicationQueues: [String]) {
        let worked = queues.queues(known: applicationQueues)
        let isWorked = { (queue: String) in worked.contains { $0.isExactly(queue) } }
        if !applicationQueues.isEmpty, !applicationQueues.contains(where: isWorked) {
            warnings.append(
                "None of the applications' queues is worked on here: \(applicationQueues.joined(separator: ",")); "
                    + "the queues are \(queues.text).")
        }
        if isWorked(bus.incoming) {
            warnings.append(
                "The queues \(queues.text) include \(bus.incoming), where only a driver can work; leave it out."
            )
        }
    }

    private static func queues(
        _ options: RiderOptions, _ environment: RiderEnvironment, _ applicationQueues: [String]
    ) throws(BusError) -> QueueSelection {
        if let queues = environment.queues ?? options.queues { return queues }
        do throws(QueueSelection.ParsingError) {
            return try QueueSelection(naming: applicationQueues)
        } catch {
            throw BusError(
                .configuration,
                "No application has a subscription or a job; name queues by QUEUES or RiderOptions.queues.",
                underlying: error)
        }
    }
}
