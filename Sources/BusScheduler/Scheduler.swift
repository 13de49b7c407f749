package import BusCalendar
import BusProtocol
package import BusSession
import BusWire
package import LibevExecutor
package import Logging
import RedisConnection

/// Moves delayed jobs to their queues when they fall due, fires recurring ones, and publishes the bus heartbeat
/// (contract §7, protocol §5).
///
/// Of all schedulers of a namespace, Ruby's among them, one leads: it holds a lock in Redis. Whatever it does is done
/// by Redis in one step that asks for the lock, so that a leader which was paused does nothing after another took over.
/// What is due by Redis' clock happens once, whoever comes and goes.
///
/// The actor runs on the libev loop of its connections. It is one sequential loop: what there is to do is done in small
/// steps in turn; else it sleeps until the next due time, or until Redis announces a change.
package actor Scheduler {
    /// How a scheduler ended.
    package enum Ending: Sendable, Equatable {
        /// Another may lead at once.
        case finished
        /// Redis could not be reached in time, so another may lead when the lock has ended by itself.
        case abandoned
    }

    /// The loop that this actor and its connections run on.
    package nonisolated let executor: LibevExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let configuration: SchedulerConfiguration
    let logger: Logger
    let identity: SchedulerLock.Identity
    /// What the scheduler has done so far.
    package internal(set) var statistics = SchedulerStatistics()

    /// The recurring jobs that Redis does not keep.
    var entries: [ScheduleEntry]
    let zones = ZoneDirectory()

    // One session.
    package let life: RoleLife<WorkSession>
    let alarm = Alarm()
    var stale = Stale()
    var clock = SchedulerClock()
    /// When to make sure again that Redis takes writes.
    var nextProof = MonotonicInstant.past

    // Leading.
    /// Nil while another leads.
    var office: Office?
    /// Who led when this scheduler last asked, and it was another.
    var otherLeader: String?
    var timetable: Timetable

    // Life.
    /// How long a stopping scheduler tries to reach Redis, so that another leads at once.
    private static let farewell = Duration.seconds(2)

    /// - Parameters:
    ///   - configuration: what to fire, and where.
    ///   - executor: the loop; drivers may share it.
    ///   - logger: for what an operator must know; contents of jobs are never logged.
    package init(configuration: SchedulerConfiguration, executor: LibevExecutor, logger: Logger) {
        let inspection =
            configuration.inspectsServer ? ServerInspection(bus: configuration.keys, logger: logger) : nil
        self.init(
            configuration: configuration, executor: executor, logger: logger,
            environment: RoleEnvironment {
                try await WorkSession.open(
                    configuration.redis, owner: "scheduler:\(configuration.processID)", need: "a scheduler",
                    inspection: inspection, scripts: Script.ofSchedulers, executor: executor, logger: logger)
            })
    }

    /// - Parameter environment: the network, and how to wait between two tries to reach it.
    package init(
        configuration: SchedulerConfiguration, executor: LibevExecutor, logger: Logger,
        environment: RoleEnvironment<WorkSession>
    ) {
        self.configuration = configuration
        self.executor = executor
        self.logger = logger
        life = RoleLife(backoff: configuration.redis.backoff, logger: logger, environment: environment)
        identity = SchedulerLock.Identity(
            bus: configuration.keys, prefix: configuration.lockPrefix,
            value: SchedulerLock.Identity.uniqueValue(host: configuration.host, processID: configuration.processID))
        entries = configuration.entries
        timetable = Timetable(zone: configuration.zone)
        statistics.schedules = entries.count
    }

    // MARK: - Running

    /// Follows and leads until `stop()`. Redis may come and go meanwhile, and refuse for as long as it likes: the
    /// scheduler waits, and says for what.
    ///
    /// - Throws: `RedisError` with code `configuration` when, at the start, the configuration can never work.
    package func run() async throws -> Ending {
        defer { alarm.dismiss() }
        // A task without this preference would pass through Swift's thread pool after every answer of Redis.
        let ending = try await withTaskExecutorPreference(executor) { try await self.runSessions() }
        return ending ?? (statistics.isLeading ? .abandoned : .finished)
    }

    /// Ends `run`: finishes the step in hand and gives the lead away; while Redis does not answer, it tries for two
    /// seconds. Returns at once.
    package func stop() {
        guard !isStopping else { return }
        beginToStop()
        alarm.ring()
        executor.schedule(after: Self.farewell) {
            self.assumeIsolated { scheduler in
                scheduler.giveUp()
                scheduler.closeConnections()
            }
        }
    }

    /// Runs other recurring jobs from now on, besides those that Redis keeps. Those that stay keep their times.
    ///
    /// - Parameter entries: in place of all of the configuration's.
    package func replaceEntries(_ entries: [ScheduleEntry]) {
        self.entries = entries
        stale.allSchedules = true
        alarm.ring()
    }

    /// The recurring jobs that this scheduler fires; while another leads, those of its own.
    package var schedules: [ScheduleEntry] { office?.roster.entries ?? entries }
}
