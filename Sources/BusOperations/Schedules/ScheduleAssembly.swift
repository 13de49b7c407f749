import BusCalendar
import BusProtocol
import BusWire

/// Puts together what Redis has in several places about each schedule.
struct ScheduleAssembly: Sendable {
    let leader: SchedulerLock.Holder?
    let contents: ScheduleRegistry.Contents
    let published: [PublishedSchedule]
    let lastEnqueued: [ExactString: String]

    /// By name.
    func schedules() -> [KnownSchedule] { together().sorted { $0.name < $1.name } }

    private func together() -> [KnownSchedule] {
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
