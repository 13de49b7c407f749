import ArgumentParser
import BusCalendar
import BusDriver
import BusProtocol
import BusScheduler
import BusSession
import BusWire
import CommandInterface
import Foundation
import LibevExecutor
import Logging
import RedisConnection
import ScheduleFiles

/// `busdriver run`
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs driver or scheduler or both until SIGTERM, SIGINT or SIGQUIT; a second one ends it at once.",
        discussion: """
            Waits for a Redis that is away or cannot work for now. Ends with 0 when nothing is left in flight, with 1 when
            Redis was away; then it names what waits for recovery, which the next start or busdriver recover brings back.
            It does not start, and ends with 78, on a database that is not there, a maxmemory-policy that throws events
            away, or a cluster that spreads the keys.

            With --drain it does not wait: it ends with 69 or 78 within five seconds when it cannot begin. What keeps it
            from going on later it waits out for one lease; then it ends with 69 and names what is in flight.

            The scheduler takes over from resque-scheduler: stop that, and give this one its schedule. Of many
            schedulers, Ruby's among them, one leads; the others wait for its end.

            Signals, as Resque and resque-scheduler have them: SIGUSR2 pauses the drivers and SIGCONT resumes them; with a
            scheduler in the process SIGUSR2 reads its file anew instead, and pauses nothing. SIGUSR1 logs counts and
            schedules. SIGHUP changes nothing. The environment's PIDFILE names a file for the process id.

            Example:
              busdriver run --redis redis://redis.internal:6379/0 --log-format json
              busdriver run --roles driver,scheduler --schedule config/resque_schedule.yml
              busdriver run --embedded-redis ./data
              busdriver run --incoming bus_incoming --incoming resquebus_incoming
            """)

    @OptionGroup var redis: RedisOptions

    @Option(help: ArgumentHelp("A queue that events arrive on; may be given more than once.", valueName: "queue"))
    var incoming = ["bus_incoming"]

    @Option(
        help: ArgumentHelp(
            "What to do: driver, scheduler, or both with a comma between. Default: driver.", valueName: "roles"),
        transform: Role.parse)
    var roles: Set<Role> = [.driver]

    @Option(
        help: ArgumentHelp(
            "How long a dead driver's events wait before another may take them; from 500ms. Default: 15s.",
            valueName: "duration"),
        transform: DurationText.parse)
    var lease = Duration.seconds(15)

    @Flag(help: "Drive what is there, then end.")
    var drain = false

    @OptionGroup(title: "Options of the scheduler") var scheduler: SchedulerOptions

    @OptionGroup var timeZone: TimeZoneOption

    @Option(
        help: ArgumentHelp(
            "Where failures go: redis (all to failed) or multi-queue (to <queue>_failed, as Resque's RedisMultiQueue).",
            discussion: "Default: FAILURE_BACKEND (redis, redis_multi_queue), else multi-queue where it is in use.",
            valueName: "backend"),
        transform: Run.parseBackend)
    var failureBackend: FailureBackend?

    @Option(
        defaultAsFlag: "busdriver-redis",
        help: ArgumentHelp(
            "Use a private redis-server with its data in this directory (default ./busdriver-redis).", valueName: "dir")
    )
    var embeddedRedis: String?

    @Option(
        help: ArgumentHelp("trace, debug, info, notice, warning, error or critical.", valueName: "level"),
        transform: Run.parseLevel)
    var logLevel = Logger.Level.info

    @Option(help: "text or json, one line each on standard error.")
    var logFormat = LogFormat.text

    func validate() throws {
        guard .milliseconds(500)...RegisteredLease.longest ~= lease else {
            throw ValidationError("--lease must be from 500ms to 1d.")
        }
        guard embeddedRedis == nil || redis.redis == nil else {
            throw ValidationError("Give --redis or --embedded-redis, not both.")
        }
        guard Set(incoming).count == incoming.count, !incoming.contains("") else {
            throw ValidationError("Each --incoming must name another queue.")
        }
        guard roles.contains(.scheduler) || scheduler.given == nil else {
            throw ValidationError("\(scheduler.given ?? "") is for the scheduler; add --roles driver,scheduler.")
        }
        guard !drain || roles == [.driver] else {
            throw ValidationError("--drain is for the driver alone: a scheduler never comes to an end.")
        }
    }

    private static func parseBackend(_ text: String) throws -> FailureBackend {
        switch text {
        case FailureBackend.redis.rawValue: .redis
        case FailureBackend.multiQueue.rawValue: .multiQueue
        default: throw ValidationError("'\(text)' is not a backend; write redis or multi-queue.")
        }
    }

    /// What the environment says by Resque's name.
    private static func backendOfEnvironment() throws -> FailureBackend {
        let name = ProcessInfo.processInfo.environment["FAILURE_BACKEND"] ?? ""
        guard let backend = FailureBackend(environment: name) else {
            throw Complaint(
                "FAILURE_BACKEND is '\(ShownText.cut(name))'; write redis or redis_multi_queue.", code: .configuration)
        }
        return backend
    }

    private static func parseLevel(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text.lowercased()) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("'\(text)' is not a level; write one of \(levels).")
        }
        return level
    }

    func run() async throws {
        try await Complaint.onFailure {
            let logger = logFormat.logger(level: logLevel)
            let pidFile = try Self.pidFile()
            defer { pidFile?.remove() }
            let executor = LibevExecutor(name: "busdriver")
            // Before anything that takes its time: from now on signals mean what they mean.
            let signals = ServiceSignals(executor: executor, logger: logger)
            let shutdown = Shutdown(executor: executor, logger: logger) { pidFile?.remove() }
            let server = try await embeddedRedis.asyncMap {
                try await EmbeddedRedis.start(in: $0, executor: executor, logger: logger)
            }
            let service = try service(embedded: server, executor: executor, logger: logger)
            let watch = Task { await server?.endWithServer { pidFile?.remove() } }
            let result = await Result { try await service.run(until: shutdown, obeying: signals) }
            watch.cancel()
            await server?.stop()
            try result.get()
        }
    }

    /// The file that the environment asks for under Resque's name.
    private static func pidFile() throws -> PIDFile? {
        guard let path = ProcessInfo.processInfo.environment["PIDFILE"], !path.isEmpty else { return nil }
        do throws(PIDFile.Refusal) {
            return try PIDFile(path)
        } catch {
            throw Complaint(error.message, code: .configuration)
        }
    }

    private func service(
        embedded: EmbeddedRedis?, executor: LibevExecutor, logger: Logger
    ) throws -> BusService {
        let connection =
            if let embedded {
                RedisConfiguration(endpoint: embedded.endpoint)
            } else {
                try redis.configuration {
                    logger.warning("an option needs a look", metadata: ["reason": "\($0)"])
                }
            }
        let keys = redis.keys(for: connection, failureBackend: try failureBackend ?? Self.backendOfEnvironment())
        let zone = try localTime(logger)
        let source = scheduler.schedule.map {
            ScheduleSource(path: $0, environment: scheduler.place.name(), zone: zone, logger: logger)
        }
        var scheduling: SchedulerConfiguration?
        if roles.contains(.scheduler) {
            scheduling = scheduler.configuration(
                redis: connection, keys: keys, zone: zone, isBesideDriver: roles.contains(.driver))
            if let source {
                let file = try source.read()
                if let misfit = source.misfit(file) {
                    logger.warning("no schedule is meant for this environment", metadata: ["reason": "\(misfit)"])
                }
                scheduling?.entries = file.entries
            }
        }
        return BusService(
            redis: connection, keys: keys,
            drivers: roles.contains(.driver) ? drivers(connection, keys, zone) : [],
            scheduler: scheduling, schedules: source, executor: executor, logger: logger)
    }

    /// A driver for each incoming list.
    private func drivers(_ connection: RedisConfiguration, _ keys: BusKeys, _ zone: ZoneRules) -> [DriverConfiguration]
    {
        incoming.map { queue in
            var configuration = DriverConfiguration(
                redis: connection, host: LocalHost.name, processID: getpid(), now: Self.epoch,
                uuid: Self.uuid, localOffset: zone.offset(at:))
            configuration.keys = keys
            configuration.queue = queue
            configuration.lease = lease
            configuration.drains = drain
            return configuration
        }
    }

    /// Local time, and a word about it: a warning, or who said so where jobs fire by it.
    private func localTime(_ logger: Logger) throws(Complaint) -> ZoneRules {
        let local = try timeZone.local()
        if let warning = local.warning {
            logger.warning("local time may not be what is meant", metadata: ["reason": "\(warning)"])
        } else if roles.contains(.scheduler) {
            logger.info("jobs fire by local time", metadata: ["zone": "\(local)"])
        }
        return local.rules
    }

    static let epoch: @Sendable () -> Int = { Int(Date.now.timeIntervalSince1970.rounded(.down)) }
    static let uuid: @Sendable () -> String = { UUID().uuidString.lowercased() }
}

extension Optional {
    fileprivate func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await transform(self)
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
