import BusProtocol
import BusRider
import BusSession
import BusWire
import Glibc
import LibevExecutor
import Logging
import RedisConnection

/// Steers the rider of a process from the first signal handler to the last word.
///
/// It shares the rider's loop, where signals arrive too.
actor RiderSupervisor {
    private nonisolated let executor: LibevExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let settings: RiderSettings
    private let rider: Rider
    private let pidFile: PIDFile?
    private let logger: Logger
    private var signals: SignalSequence
    private var subscribing: Task<Void, any Error>?
    private var restartReason: String?
    private var isOver = false

    /// Between two looks at the limits of a restart.
    private static let lookInterval = Duration.milliseconds(250)

    init(
        _ settings: RiderSettings, performer: any JobPerforming, pidFile: PIDFile?, executor: LibevExecutor,
        logger: Logger
    ) {
        self.settings = settings
        self.pidFile = pidFile
        self.executor = executor
        self.logger = logger
        signals = SignalSequence(deadline: settings.deadline)
        rider = Rider(
            configuration: settings.riderConfiguration, performer: performer, executor: executor, logger: logger)
    }

    /// Works until the rider has ended.
    ///
    /// - Parameter onStart: called when it works for the first time.
    func run(onStart: @escaping @Sendable () -> Void) async throws(BusError) {
        await rider.onStart(onStart)
        if settings.restart.isActive { lookAtLimits() }
        do {
            let ending = try await rider.run()
            isOver = true
            if let restartReason, !signals.isEnding { try restart(restartReason) }
            try conclude(ending)
        } catch let error as BusError {
            throw error
        } catch let error as RedisError {
            throw BusError(error)
        } catch {
            throw BusError(.configuration, "\(error)", underlying: error)
        }
    }

    private func conclude(_ ending: Rider.Ending) throws(BusError) {
        switch ending {
        case .finished: logger.notice("ended; every job is settled")
        case .gaveBack(let jobs):
            logger.notice("ended; jobs went back to their queues", metadata: ["jobs": .stringConvertible(jobs)])
        case .abandoned(let jobs):
            let (trouble, lists) = rider.assumeIsolated { ($0.trouble ?? "Redis is away", $0.inFlight) }
            guard let first = lists.first else { throw BusError(.unreachable, "\(trouble); no job is in hand.") }
            let others = lists.count > 1 ? " and \(lists.count - 1) more like it" : ""
            throw BusError(
                .unreachable,
                """
                \(trouble); up to \(jobs) jobs in hand wait until another rider gives them back, or busdriver recover; they \
                are in \(first)\(others).
                """)
        }
    }

    // MARK: - Signals

    /// From now on signals are obeyed, also by a rider that has not started.
    func watchSignals() {
        for number in SignalSequence.numbers {
            executor.onSignal(number) { self.assumeIsolated { $0.received(number) } }
        }
    }

    private func received(_ number: Int32) {
        switch signals.receive(number) {
        case .stop(let deadline): stop(within: deadline)
        case .hurry:
            logger.notice("told a second time to end: what is still in hand goes back to its queue")
            stop(within: .zero)
        case .exit: exitAtOnce()
        case .cancelJobs:
            logger.notice("the jobs in hand are cancelled")
            rider.assumeIsolated { $0.cancelJobs() }
        case .pause: rider.assumeIsolated { $0.pause() }
        case .resume: rider.assumeIsolated { $0.resume() }
        case .tellOfHangUp: logger.notice("SIGHUP does not end a rider; SIGTERM does")
        case .nothing: break
        }
    }

    private func stop(within deadline: Duration?) {
        subscribing?.cancel()
        rider.assumeIsolated { $0.stop(within: deadline) }
    }

    private func exitAtOnce() -> Never {
        logger.critical("ended at once; another rider gives back the jobs in hand when the lease has run out")
        pidFile?.remove()
        exit(1)
    }

    // MARK: - Subscriptions

    /// Writes the subscriptions, before the rider starts: tries until Redis has taken them, whatever it refuses
    /// meanwhile, and again when it has lost them. A drain tries once.
    ///
    /// - Returns: false if the process was told to end meanwhile.
    func subscribe(_ applications: [Application]) async throws(BusError) -> Bool {
        guard !signals.isEnding else { return false }
        guard !applications.isEmpty else { return true }
        watchRegistration(for: applications)
        let bus = Bus(settings.bus, logger: logger)
        let subscribing = Task { [logger, waits = !settings.drains] in
            var standstill = Standstill(logger, of: "not subscribed yet")
            for application in applications {
                try await Self.subscribe(application, on: bus, waits: waits, &standstill)
            }
            standstill.ended()
        }
        self.subscribing = subscribing
        let result = await subscribing.result
        self.subscribing = nil
        await bus.close()
        do {
            try result.get()
        } catch let error as BusError {
            throw error
        } catch {
            // Cancelled by a signal.
        }
        return !signals.isEnding
    }

    private func watchRegistration(for applications: [Application]) {
        rider.assumeIsolated { [executor, settings, logger] rider in
            rider.onLostRegistration {
                Task(executorPreference: executor) { await Self.subscribeForgotten(applications, settings, logger) }
            }
        }
    }

    /// Redis has lost the rider's registration. If the subscriptions are gone too, events would be dropped in silence.
    private static func subscribeForgotten(
        _ applications: [Application], _ settings: RiderSettings, _ logger: Logger
    ) async {
        let bus = Bus(settings.bus, logger: logger)
        for application in applications {
            do throws(BusError) {
                guard try await application.subscribeIfForgotten(on: bus) else { continue }
                logger.warning(
                    "Redis had lost the subscriptions of an application; subscribed anew",
                    metadata: ["application": "\(application.key)"])
            } catch {
                logger.warning(
                    "the subscriptions of an application cannot be checked",
                    metadata: ["application": "\(application.key)", "reason": "\(error.message)"])
            }
        }
        await bus.close()
    }

    private static func subscribe(
        _ application: Application, on bus: Bus, waits: Bool, _ standstill: inout Standstill
    ) async throws {
        while true {
            do throws(BusError) {
                // Written again after an unknown outcome, subscriptions are what they would have been.
                try await application.subscribe(on: bus)
                return
            } catch {
                guard waits, let refusal = error.underlying as? RedisError, refusal.code != .configuration else {
                    throw error
                }
                standstill.met(refusal)
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    // MARK: - Restart

    private func lookAtLimits() {
        guard !isOver else { return }
        let processed = rider.assumeIsolated { $0.statistics.processed }
        if let reason = settings.restart.reason(processed: processed, residentBytes: RestartLimits.residentBytes()) {
            restartReason = reason
            logger.notice("restarting", metadata: ["reason": "\(reason)"])
            rider.assumeIsolated { $0.stop(within: settings.deadline) }
        } else {
            executor.schedule(after: Self.lookInterval) { self.assumeIsolated { $0.lookAtLimits() } }
        }
    }

    /// Replaces the program by itself. The process id stays, and so does the PID file; descriptors of ours close by
    /// themselves.
    private func restart(_ reason: String) throws(BusError) {
        let path = Self.executablePath()
        // Until the fresh program listens, no signal that Resque's workers survive may end it.
        for number in [SIGHUP, SIGUSR1, SIGUSR2] { signal(number, SIG_IGN) }
        execv(path, CommandLine.unsafeArgv)
        throw BusError(
            .configuration,
            "\(path) cannot be started again: \(String(cString: strerror(errno))). It was to be, for \(reason).")
    }

    /// By its path, so that tools show the program's name; the link itself is for a file that has been replaced
    /// meanwhile.
    private static func executablePath() -> String {
        let link = "/proc/self/exe"
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlink(link, &buffer, buffer.count - 1)
        guard count > 0 else { return link }
        let path = String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return access(path, X_OK) == 0 ? path : link
    }
}

extension RiderSettings {
    fileprivate var riderConfiguration: RiderConfiguration {
        var configuration = RiderConfiguration(
            redis: bus.redis, queues: queues, host: bus.hostname, processID: getpid(), now: bus.now)
        configuration.keys = BusKeys(namespace: bus.namespace, failureBackend: bus.failureBackend)
        configuration.concurrency = concurrency
        configuration.incoming.append(bus.incoming)
        configuration.lease = lease
        configuration.drains = drains
        if let interval { configuration.interval = interval }
        return configuration
    }
}
