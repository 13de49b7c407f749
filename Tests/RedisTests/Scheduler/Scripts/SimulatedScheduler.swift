import BusCalendar
import BusProtocol
import BusScheduler
import BusWire
import RedisConnection
import RedisTestSupport
import Testing

/// One of several schedulers under a simulated clock: a timetable, and what its actor would do with it.
struct SimulatedScheduler {
    let me: String
    private let bench: StoreBench
    private let commands: FiringCommands
    private var timetable: Timetable
    private var watch = ClockWatch()
    /// How often it said, while it led, that a firing lay in the future.
    private(set) var clamps = 0
    private(set) var refusals: [RedisErrorReply] = []

    init(_ me: String, bench: StoreBench, zone: ZoneRules = .utc) async throws {
        self.me = me
        timetable = Timetable(zone: zone)
        self.bench = bench
        let digests = try await ScriptDigests([.fire, .noteFiring], loadingOn: bench.connection)
        commands = FiringCommands(bus: bench.bus, lock: .init(bus: bench.bus, value: me), digests: digests)
    }

    /// When it wants to look again.
    var next: Int? { timetable.next }

    /// Takes the lock, whoever has it.
    mutating func takeOver(_ entries: [ScheduleEntry], paused: Set<ExactString> = []) async throws {
        var pipeline = RedisPipeline("SET", bench.bus.schedulerLock, me)
        pipeline.append("HGETALL", bench.bus.scheduleFirings)
        pipeline.append("HGETALL", bench.bus.lastEnqueuedAt)
        let hashes = try await bench.connection.sendChecked(pipeline).dropFirst().map { reply in
            let words = reply.elements.compactMap(\.string)
            let fields = stride(from: 0, to: words.count, by: 2).map { (ExactString(words[$0]), words[$0 + 1]) }
            return Dictionary(uniqueKeysWithValues: fields)
        }
        timetable.load(entries, states: hashes[0], enqueued: hashes[1], paused: paused)
        watch = ClockWatch()
    }

    /// Does all that is to be done at this moment.
    ///
    /// - Returns: false if it leads no longer.
    mutating func act(_ clock: JumpingClock) async throws -> Bool {
        if watch.look(now: clock.now, monotonic: clock.monotonic) != nil { timetable.clockJumped() }
        while let next = timetable.next, next <= clock.now {
            let steps = timetable.steps(now: clock.now, believed: watch.believed, limit: 20)
            let clamped = timetable.takeRemarks().count { if case .clamped = $0.remark { true } else { false } }
            guard !steps.isEmpty else { continue }
            var pipeline = RedisPipeline()
            for step in steps { append(step, now: clock.now, to: &pipeline) }
            let replies = try await bench.connection.send(pipeline)
            var leads = true
            for (index, step) in steps.enumerated() {
                switch timetable.answered(step, LeaderAnswer(replies[index]), now: clock.now) {
                case .none: break
                case .refused(let reply): refusals.append(reply)
                case .lostLeadership: leads = false
                case .reread(let name):
                    let reply = try await bench.connection.sendChecked(
                        RedisPipeline("HGET", bench.bus.scheduleFirings, name))
                    timetable.restate(name, reply[0].string)
                }
            }
            guard leads else { return false }
            clamps += clamped
        }
        return true
    }

    /// What is pushed says for which time, and when.
    private func append(_ step: Timetable.Step, now: Int, to pipeline: inout RedisPipeline) {
        switch step {
        case .note(let name, let state, let old):
            commands.appendNote(name, state: state.text, old: old, to: &pipeline)
        case .fire(let entry, let state, let old, let enqueued):
            let firing = FiringCommands.Firing(
                name: entry.name, time: state.last, behind: state.behind, old: old, queue: entry.queue,
                element: Array("\(state.last) \(now)".utf8))
            commands.append(firing, enqueued: enqueued / 1000, to: &pipeline)
        }
    }
}

/// A firing whose job was pushed to a queue.
struct PushedFiring: Hashable, CustomStringConvertible {
    /// For which time, in milliseconds since 1970.
    let due: Int
    let time: Int

    var description: String { "\(due)@\(time)" }
}

extension StoreBench {
    /// What fired of a schedule, in the order of its queue.
    func pushed(_ entry: ScheduleEntry) throws -> [PushedFiring] {
        try raw.call("LRANGE", bus.queue(entry.queue), "0", "-1").strings.map { element in
            let words = element.split(separator: " ").compactMap { Int($0) }
            return PushedFiring(due: try #require(words.first), time: try #require(words.last))
        }
    }
}

extension ScheduleEntry {
    /// A schedule with a queue of its own.
    static func simulated(_ name: String, _ timing: JSONMember, _ catchUp: CatchUp) throws -> ScheduleEntry {
        var warnings: [ScheduleWarning] = []
        return try ScheduleEntry(
            name: name,
            definition: .object([
                timing, JSONMember("queue", .string(name)),
                JSONMember("catch_up", .string(catchUp.rawValue)),
            ]), zones: ZoneDirectory(), warnings: &warnings)
    }
}
