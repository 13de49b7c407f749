import BusRider
import BusSession
import BusWire
public import Foundation
import LibevExecutor
import Logging
import RedisConnection

/// A program that works on the queues of its applications until it is told to end.
///
/// ```swift
/// @main struct Greeter {
///     static func main() async {
///         await RiderProcess([greeter]).runToExit()
///     }
/// }
/// ```
///
/// It reads Resque's environment variables (``RiderEnvironment``) and obeys Resque's signals: SIGTERM and SIGINT finish
/// the jobs in hand within ``RiderOptions/shutdownDeadline`` and give back the rest, a second one gives back at once, a
/// third one ends the process on the spot; SIGQUIT finishes the jobs without a deadline; SIGUSR1 cancels the jobs in
/// hand and goes on; SIGUSR2 pauses within a second and gives back what no handler has begun, SIGCONT resumes; SIGHUP,
/// as a terminal sends that closes, changes nothing.
public struct RiderProcess: Sendable {
    private let applications: [Application]
    private let options: RiderOptions
    private let environment: [String: String]

    /// - Parameters:
    ///   - applications: what it runs.
    ///   - options: how.
    ///   - environment: Resque's variables. Default: those of this process.
    public init(
        _ applications: [Application], options: RiderOptions = RiderOptions(),
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.applications = applications
        self.options = options
        self.environment = environment
    }

    /// Subscribes the applications and works until a signal; returns when no job is in hand any more. Redis may come
    /// and go meanwhile. One at a time in a process: signals have one receiver. Does not return when the process
    /// replaces itself (``RiderOptions/restartAfterJobs``).
    ///
    /// - Throws: ``BusError``: `configuration` and `invalidSubscription` before anything is changed; `unreachable` when
    ///   Redis was away at the end, so that jobs in hand wait for another rider. From a process that drains, whatever
    ///   keeps it from beginning, and `unreachable` also for a state of Redis that it has waited out for one lease.
    public func run() async throws(BusError) {
        let environment = try RiderEnvironment(environment)
        let settings = try RiderSettings(options, environment, applicationQueues: applications.flatMap(\.queues))
        let router = try JobRouter(applications)
        let logger = logger(environment)
        let pidFile = try settings.pidFile.map { path throws(BusError) in try Self.pidFile(path) }
        defer { pidFile?.remove() }
        let executor = LibevExecutor(name: "rider")
        defer { executor.stop() }
        let supervisor = RiderSupervisor(
            settings, performer: router, pidFile: pidFile, executor: executor, logger: logger)
        await supervisor.watchSignals()
        log(settings, environment, logger)
        try settings.restart.checkStart(residentBytes: RestartLimits.residentBytes())
        guard try await supervisor.subscribe(options.subscribes ? applications : []) else {
            return logger.notice("ended before a job was taken")
        }
        try await supervisor.run { announce(settings, logger) }
    }

    private static func pidFile(_ path: String) throws(BusError) -> PIDFile {
        do throws(PIDFile.Refusal) {
            return try PIDFile(path)
        } catch {
            throw BusError(.configuration, error.message)
        }
    }

    /// ``run()``, and then ends the process: with 0 when that returned, with 78 for a wrong configuration, with 1 for
    /// anything else. One that drains ends with 69 when Redis cannot be reached or cannot work for now, and with 78
    /// when somebody must change something about it first. The reason is on standard error.
    public func runToExit() async -> Never {
        do throws(BusError) {
            try await run()
            exit(0)
        } catch {
            let (message, code) = lastWord(error)
            FileHandle.standardError.write(Data("\(ShownText.escaped(message))\n".utf8))
            exit(code)
        }
    }

    private func lastWord(_ error: BusError) -> (message: String, code: Int32) {
        let drains = options.drains || (try? RiderEnvironment(environment))?.drains == true
        if drains, let redis = error.underlying as? RedisError {
            let impediment = Impediment(redis)
            return (impediment.message, impediment.outlook.rawValue)
        }
        let outlook: Impediment.Outlook =
            switch error.code {
            case .configuration, .invalidSubscription: .lasting
            case .unreachable where drains: .passing
            default: .unknown
            }
        return (error.message, outlook.rawValue)
    }

    private func logger(_ environment: RiderEnvironment) -> Logger {
        var logger = options.logger
        switch environment.verbosity {
        case .normal: break
        case .verbose: logger.logLevel = .debug
        case .veryVerbose: logger.logLevel = .trace
        }
        return logger
    }

    private func log(_ settings: RiderSettings, _ environment: RiderEnvironment, _ logger: Logger) {
        if !environment.summary.isEmpty {
            logger.notice("understood from the environment", metadata: ["settings": "\(environment.summary)"])
        }
        for warning in environment.warnings + settings.warnings {
            logger.warning("a setting is not taken as it stands", metadata: ["reason": "\(warning)"])
        }
    }

    private func announce(_ settings: RiderSettings, _ logger: Logger) {
        logger.notice(
            "riding",
            metadata: [
                "applications": "\(applications.map(\.key).joined(separator: ","))",
                "queues": "\(settings.queues.text)",
                "concurrency": .stringConvertible(settings.concurrency), "redis": "\(settings.bus.redis.endpoint)",
                "namespace": "\(settings.bus.namespace.isEmpty ? "(none)" : settings.bus.namespace)",
            ])
    }
}
