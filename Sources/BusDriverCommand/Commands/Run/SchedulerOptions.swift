import ArgumentParser
import BusCalendar
import BusProtocol
import BusScheduler
import BusSession
import BusWire
import CommandInterface
import Foundation
import RedisConnection

/// What only a process with the role `scheduler` needs to know.
struct SchedulerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Recurring jobs: a YAML file as resque-scheduler has it. SIGUSR2 reads it anew.", valueName: "file"))
    var schedule: String?

    @OptionGroup var place: ScheduleEnvironment

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "Publish heartbeat_minutes each minute.", discussion: "Default: where it has run within the last week."))
    var heartbeat: Bool?

    @Option(
        help: ArgumentHelp(
            "How long the leader's lock lasts without renewal, and so how long nobody leads after a crash; from 2s to 1d.",
            discussion: "Default: 180s, as in Ruby.", valueName: "duration"),
        transform: DurationText.parse)
    var leaderLock: Duration?

    @Option(
        help: ArgumentHelp(
            "What the name of the leader's lock begins with.",
            discussion: "Default: RESQUE_SCHEDULER_MASTER_LOCK_PREFIX, else nothing.", valueName: "prefix"))
    var lockPrefix: String?

    @Option(
        help: ArgumentHelp(
            "How much of the time many due jobs may take, so that the driver has the rest; 1 to 100.",
            discussion: "Default: 25 in one process with a driver, else 100.", valueName: "percent"))
    var promotionShare: Int?

    func validate() throws {
        guard 1...100 ~= promotionShare ?? 100 else {
            throw ValidationError("--promotion-share must be between 1 and 100.")
        }
        guard (.seconds(2))...(.seconds(86_400)) ~= leaderLock ?? .seconds(180) else {
            throw ValidationError("--leader-lock must be from 2s to 1d.")
        }
    }

    /// The option that means nothing to a process without that role; nil if none was given.
    var given: String? {
        if schedule != nil { return "--schedule" }
        if place.environment != nil { return "--environment" }
        if heartbeat != nil { return heartbeat == true ? "--heartbeat" : "--no-heartbeat" }
        if leaderLock != nil { return "--leader-lock" }
        if promotionShare != nil { return "--promotion-share" }
        return lockPrefix == nil ? nil : "--lock-prefix"
    }

    /// A scheduler's configuration, without its recurring jobs.
    ///
    /// - Parameter isBesideDriver: whether it shares its process with a driver.
    func configuration(
        redis: RedisConfiguration, keys: BusKeys, zone: ZoneRules, isBesideDriver: Bool,
        variables: [String: String] = ProcessInfo.processInfo.environment
    ) -> SchedulerConfiguration {
        var configuration = SchedulerConfiguration(
            redis: redis, host: LocalHost.name, processID: getpid(), now: Run.epoch, uuid: Run.uuid)
        configuration.keys = keys
        configuration.source = .file
        configuration.environment = place.name(in: variables)
        configuration.zone = zone
        configuration.heartbeat = heartbeat.map { $0 ? .on : .off } ?? .whereItRuns
        configuration.mostMissedMinutes = BusHeartbeatPlan.mostBack(in: variables)
        configuration.lock = leaderLock ?? configuration.lock
        configuration.promotionShare = Double(promotionShare ?? (isBesideDriver ? 25 : 100)) / 100
        configuration.lockPrefix = lockPrefix ?? variables["RESQUE_SCHEDULER_MASTER_LOCK_PREFIX"] ?? ""
        return configuration
    }
}
