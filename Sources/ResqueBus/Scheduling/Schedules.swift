import BusCalendar
import BusProtocol
import BusWire
import RedisConnection

extension Bus {
    /// The recurring jobs that are kept in Redis.
    public nonisolated var schedules: Schedules { Schedules(bus: self) }
}

/// Recurring jobs that schedulers, Ruby's and Swift's, read from Redis: those of `Resque.set_schedule` with `persist`.
///
/// ```swift
/// try await bus.schedules.set(
///     "nightly_report", .cron("0 3 * * * Europe/Paris"), job: "Report", arguments: ["daily"], queue: "reports")
/// try await bus.schedules.set("poll", .every(.seconds(30)), job: "Poll", queue: "default")
/// ```
///
/// A scheduler takes changes over at once; one in Ruby every few seconds, and only if it is dynamic
/// (`Resque::Scheduler.dynamic = true`). Schedules of a scheduler's file or of its memory are not among these. They
/// need Redis: on a `TestBus` every method throws ``BusError`` with code `configuration`.
public struct Schedules: Sendable {
    let bus: Bus

    /// Adds a schedule, or replaces the one of this name. To set again what is there changes nothing about when it
    /// fires, so an application may do so at every start; a scheduler in Ruby begins an `every` anew then.
    ///
    /// - Parameters:
    ///   - name: of the schedule.
    ///   - timing: when it fires.
    ///   - className: the job's class, as the workers know it.
    ///   - arguments: what its `perform` gets. Default: none.
    ///   - queue: default: the queue that was declared for the class.
    ///   - description: for people.
    ///   - catchUp: what becomes of the times at which no scheduler was there. Default: the last of them fires, late.
    /// - Returns: whether it is new.
    /// - Throws: ``BusError``, with code `invalidSchedule` or `invalidJob` before anything is sent. To try again is
    ///   safe.
    @discardableResult
    public func set(
        _ name: String, _ timing: Schedule.Timing, job className: String, arguments: [JSONValue] = [],
        queue: String? = nil, description: String? = nil, catchUp: CatchUp = .latest
    ) async throws(BusError) -> Bool {
        guard !name.isEmpty else { throw BusError(.invalidSchedule, "A schedule needs a name.") }
        let queue = try await bus.queueName(queue, for: className)
        _ = try Bus.element(className, arguments)
        var members = [
            timing.member, JSONMember("class", .string(className)), JSONMember("args", .array(arguments)),
            JSONMember("queue", .string(queue)),
        ]
        if let description { members.append(JSONMember("description", .string(description))) }
        if catchUp != .latest { members.append(JSONMember("catch_up", .string(catchUp.rawValue))) }
        let json = try Self.checked(name, .object(members))
        return try await onRegistry { registry throws(RedisError) in try await registry.put(name, json: json) }
    }

    /// Removes a schedule. What it has already pushed stays.
    ///
    /// - Returns: false when there was none of this name.
    /// - Throws: ``BusError``.
    @discardableResult
    public func remove(_ name: String) async throws(BusError) -> Bool {
        try await onRegistry { registry throws(RedisError) in try await registry.remove(name) }
    }

    /// Every schedule, by name; also what others wrote and no Swift scheduler can run.
    ///
    /// - Throws: ``BusError``.
    public func all() async throws(BusError) -> [Schedule] {
        let contents = try await onRegistry { registry throws(RedisError) in try await registry.contents() }
        let zones = ZoneDirectory()
        return contents.persistent.map { name, json in
            Schedule(
                name: name, json: json, isPaused: contents.paused.contains(ExactString(name)), zones: zones)
        }.sorted { $0.name < $1.name }
    }

    /// What is written, after a scheduler's reader has accepted it.
    private static func checked(_ name: String, _ definition: JSONValue) throws(BusError) -> [UInt8] {
        var warnings: [ScheduleWarning] = []
        do throws(ScheduleError) {
            return try ScheduleEntry(
                name: name, definition: definition, zones: ZoneDirectory(), warnings: &warnings
            ).json
        } catch {
            throw BusError(.invalidSchedule, "The schedule \(name) cannot run: \(error)", underlying: error)
        }
    }

    private func onRegistry<Result>(
        _ body: (ScheduleRegistry) async throws(RedisError) -> Result
    ) async throws(BusError) -> Result {
        guard bus.localMode.transport == nil else {
            throw BusError(
                .configuration, "Schedules are kept in Redis, which is not there; enqueue the job itself instead.")
        }
        return try await BusError.wrapping { () async throws(RedisError) in
            try await body(ScheduleRegistry(connection: bus.client, bus: bus.keys))
        }
    }
}
