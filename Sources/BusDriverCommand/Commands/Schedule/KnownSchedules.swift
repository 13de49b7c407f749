import BusCalendar
import BusProtocol
import BusScheduler
import BusWire
import CommandInterface
import Foundation
import RedisConnection

/// All schedules that Redis knows of, and who leads.
struct KnownSchedules {
    /// By name.
    let all: [KnownSchedule]
    /// Who leads; nil when nobody does.
    let leader: SchedulerLock.Holder?
    /// The names of what does not fire, known or not.
    let paused: Set<ExactString>
    /// Milliseconds of Redis' clock.
    let now: Int

    init(_ session: Session) async throws(RedisError) {
        let registry = session.schedules
        leader = try await SchedulerLock.holder(of: session.schedulerLock, session.connection)
        let contents = try await registry.contents()
        let published = try await registry.published()
        let lastEnqueued = try await registry.lastEnqueued()
        paused = contents.paused
        now = try await RedisClock(connection: session.connection).milliseconds
        let assembly = Assembly(leader: leader, contents: contents, published: published, lastEnqueued: lastEnqueued)
        all = assembly.schedules().sorted { $0.name < $1.name }
    }

    /// These schedules, in this order.
    ///
    /// - Throws: `Complaint` that names the first that does not exist, and those that do.
    func named(_ names: [String]) throws(Complaint) -> [KnownSchedule] {
        let known = Dictionary(all.map { (ExactString($0.name), $0) }) { first, _ in first }
        var found: [KnownSchedule] = []
        for name in names {
            guard let schedule = known[ExactString(name)] else { throw Complaint(refusal(of: name)) }
            found.append(schedule)
        }
        return found
    }

    /// Says on standard error what the reader must know about who leads.
    ///
    /// - Parameter rubysPart: what a Ruby scheduler does about it.
    func tellWhoLeads(rubysPart: String) {
        if let leader {
            guard leader.isRuby else { return }
            StandardError.write("note: the Ruby scheduler \(TextTable.oneLine(leader.value)) leads; \(rubysPart).\n")
        } else {
            StandardError.write(
                "note: no scheduler leads, so nothing fires; start one: busdriver run --roles driver,scheduler.\n")
        }
    }

    private func refusal(of name: String) -> String {
        let shown = all.prefix(10).map(\.name)
        let rest = all.count - shown.count
        let hint =
            shown.isEmpty
            ? "there are none" : "there are \(shown.joined(separator: ", "))" + (rest > 0 ? " and \(rest) more" : "")
        let ruby = leader?.isRuby == true ? " What a Ruby scheduler has in its memory cannot be seen." : ""
        return "There is no schedule '\(name)'; \(hint).\(ruby)"
    }
}

/// Puts together what Redis has in several places about each schedule.
private struct Assembly {
    let leader: SchedulerLock.Holder?
    let contents: ScheduleRegistry.Contents
    let published: [PublishedSchedule]
    let lastEnqueued: [ExactString: String]

    func schedules() -> [KnownSchedule] {
        let zones = ZoneDirectory()
        let led = Dictionary(published.map { (ExactString($0.name), $0) }) { first, _ in first }
        let inRedis = Set(contents.persistent.map { ExactString($0.name) })
        let persistent = contents.persistent.map { name, json in
            let entry = Self.entry(name, json, zones)
            return schedule(name, .redis, entry, isLoaded: isLoaded(entry, led[ExactString(name)], zones))
        }
        // What the leader had from Redis and is there no more was removed since.
        let others = published.filter { $0.source != .redis && !inRedis.contains(ExactString($0.name)) }
        return persistent
            + others.map {
                schedule($0.name, $0.source, Self.entry($0.name, $0.definition, zones), isLoaded: true)
            }
    }

    private static func entry(
        _ name: String, _ json: [UInt8], _ zones: ZoneDirectory
    ) -> Result<ScheduleEntry, ScheduleError> {
        Result { () throws(ScheduleError) in
            var warnings: [ScheduleWarning] = []
            return try ScheduleEntry(name: name, json: json, zones: zones, warnings: &warnings)
        }
    }

    /// Whether the leader runs an entry as it stands in Redis now.
    private func isLoaded(
        _ entry: Result<ScheduleEntry, ScheduleError>, _ published: PublishedSchedule?, _ zones: ZoneDirectory
    ) -> Bool {
        guard let published, published.source == .redis else { return false }
        return (try? entry.get().json) == (try? Self.entry(published.name, published.definition, zones).get().json)
    }

    private func schedule(
        _ name: String, _ source: PublishedSchedule.Source, _ entry: Result<ScheduleEntry, ScheduleError>,
        isLoaded: Bool
    ) -> KnownSchedule {
        KnownSchedule(
            name: name, source: source, entry: entry,
            status: status(entry, isLoaded: isLoaded, source, isPaused: contents.paused.contains(ExactString(name))),
            state: contents.states[ExactString(name)].flatMap { FiringState($0) },
            lastEnqueued: lastEnqueued[ExactString(name)])
    }

    private func status(
        _ entry: Result<ScheduleEntry, ScheduleError>, isLoaded: Bool, _ source: PublishedSchedule.Source,
        isPaused: Bool
    ) -> KnownSchedule.Status {
        guard case .success = entry else { return .refused }
        guard !isPaused else { return .paused }
        guard let leader else { return .notRunning }
        // Ruby takes over all that is in Redis, and nothing else of what we know.
        guard !leader.isRuby else { return source == .redis ? .running : .notRunning }
        return isLoaded ? .running : .notLoaded
    }
}

extension Session {
    /// The schedules in Redis.
    var schedules: ScheduleRegistry { ScheduleRegistry(connection: connection, bus: keys) }

    /// The key of the lock of the schedulers that have this environment.
    var schedulerLock: String {
        let prefix = ProcessInfo.processInfo.environment["RESQUE_SCHEDULER_MASTER_LOCK_PREFIX"]
        return keys.schedulerLock(prefix: prefix ?? "")
    }
}
