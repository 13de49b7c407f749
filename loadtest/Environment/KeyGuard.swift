import BusProtocol
import BusWire
import Glibc
import RedisConnection

/// Sees to it that a load test leaves other people's keys alone and takes its own away.
///
/// Whatever is written is noted in Redis first, and removed by these notes: so the next test can do it for one that was
/// killed.
struct KeyGuard: Sendable {
    private let connection: RedisConnection
    private let bus: BusKeys
    private let incoming: String
    private let ownsDatabase: Bool

    /// - Parameters:
    ///   - connection: used for nothing else.
    ///   - incoming: the list on which events arrive, by name.
    ///   - ownsDatabase: the database holds nothing but this test, as that of a private Redis.
    init(connection: RedisConnection, bus: BusKeys, incoming: String, ownsDatabase: Bool) {
        self.connection = connection
        self.bus = bus
        self.incoming = incoming
        self.ownsDatabase = ownsDatabase
    }

    /// Removes what a killed test left, and begins to guard, unless there are keys of others.
    ///
    /// - Parameter force: goes on where others have keys.
    /// - Throws: `SetupError`, `RedisError`.
    func begin(force: Bool) async throws {
        guard !ownsDatabase else { return }
        try await removeLeftovers(force: force)
        let survey = try await KeySurvey(connection: connection, bus: bus)
        guard survey.foreignCount == 0 || force else { throw Self.refusal(survey) }
        var marks: [KeyMark] = [.owner(host: LocalHost.name, process: getpid())]
        marks += survey.bookkeeping.map { .present(key: $0) }
        if survey.foreignCount > 0 {
            marks.append(.shared)
        } else {
            marks.append(.queueName(incoming))
        }
        try await note(marks)
    }

    /// Removes everything that the test wrote before, and writes a workload's subscriptions. No driver that the test
    /// started may run.
    ///
    /// - Throws: `SetupError` when an application or a queue of that name is there already: its riders would take the
    ///   test's jobs, and the clean-up theirs. `RedisError`.
    func writeSubscriptions(of workload: any Workload) async throws {
        try await removeOwn()
        try await refuseNamesInUse(by: workload)
        try await note(workload.applications.map { .application($0.name) } + workload.queues.map { .queue($0) })
        var pipeline = RedisPipeline()
        for application in workload.applications {
            for (field, record) in application.records {
                pipeline.append("HSET", bus.app(application.name), field, record)
                try await send(&pipeline, ifLonger: 256 << 10)
            }
            pipeline.append("SADD", bus.apps, application.name)
        }
        try await send(&pipeline)
    }

    /// To be called before the first event with this stamp is published.
    func note(_ stamp: EventStamp) async throws(RedisError) {
        try await note([.run(stamp.run)])
    }

    /// To be called for each driver that the test starts.
    func note(driver process: pid_t) async throws(RedisError) {
        try await note([.driver(process)])
    }

    /// Removes everything that the test wrote, and what the drivers that it started left. These must have ended.
    ///
    /// May be called at any time and again, also after the connection was lost.
    func cleanUp() async throws(RedisError) {
        _ = try await connection.connect()
        try await removeOwn()
        _ = try await connection.call("DEL", bus.loadTest)
    }

    // MARK: - The start

    private func removeLeftovers(force: Bool) async throws {
        let marks = try await marks()
        for case .owner(let host, let process) in marks {
            if host == LocalHost.name {
                guard process == getpid() || !LocalHost.runs(process) else {
                    throw SetupError(
                        "Another load test, process \(process), works in this database; wait for its end or use another."
                    )
                }
            } else if !force {
                throw SetupError(
                    "A load test on \(host), process \(process), works in this database or was killed there; "
                        + "use another database, or --force to remove what it wrote.")
            }
        }
        try await waitForDrivers(marks)
        try await removeOwn()
        _ = try await connection.call("DEL", bus.loadTest)
    }

    /// Those of a killed test are finishing, or are about to be killed.
    private func waitForDrivers(_ marks: [KeyMark]) async throws {
        let deadline = ContinuousClock.now + DriverUnderTest.patience + .seconds(1)
        for case .driver(let process) in marks {
            while LocalHost.runs(process), ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    private static func refusal(_ survey: KeySurvey) -> SetupError {
        let count = survey.foreignCount
        let examples = survey.examples.joined(separator: " and ")
        return SetupError(
            "The database holds \(count) \(count == 1 ? "key" : "keys") that no load test wrote, such as \(examples); "
                + "use another database, leave out --redis for a private Redis, or go on with --force.")
    }

    private func refuseNamesInUse(by workload: any Workload) async throws {
        for application in workload.applications
        where try await isInUse(application.name, set: bus.apps, key: bus.app(application.name)) {
            throw Self.refusal("application", application.name)
        }
        for queue in workload.queues where try await isInUse(queue, set: bus.queues, key: bus.queue(queue)) {
            throw Self.refusal("queue", queue)
        }
    }

    private func isInUse(_ name: String, set: String, key: String) async throws(RedisError) -> Bool {
        var pipeline = RedisPipeline("SISMEMBER", set, name)
        pipeline.append("EXISTS", key)
        return try await connection.sendChecked(pipeline).contains { $0.integer != 0 }
    }

    private static func refusal(_ kind: String, _ name: String) -> SetupError {
        SetupError(
            "There is an \(kind) \(name) already, and its riders would take the test's jobs; "
                + "use another database or another --namespace.")
    }

    // MARK: - Marks

    private func marks() async throws(RedisError) -> [KeyMark] {
        try await connection.call("SMEMBERS", bus.loadTest).elements.compactMap { $0.string.flatMap(KeyMark.init) }
    }

    private func note(_ marks: [KeyMark]) async throws(RedisError) {
        var pipeline = RedisPipeline()
        for mark in marks { pipeline.append("SADD", bus.loadTest, mark.text) }
        try await send(&pipeline)
    }

    /// Removes what the marks name, and then those marks.
    private func removeOwn() async throws(RedisError) {
        guard !ownsDatabase else {
            _ = try await connection.call("FLUSHDB")
            return
        }
        let marks = try await marks()
        try await KeyRemoval(connection: connection, bus: bus, incoming: incoming, marks: marks).run()
        var pipeline = RedisPipeline()
        for mark in marks where mark.namesWhatWasWritten { pipeline.append("SREM", bus.loadTest, mark.text) }
        try await send(&pipeline)
    }

    private func send(_ pipeline: inout RedisPipeline, ifLonger limit: Int = 0) async throws(RedisError) {
        guard pipeline.byteCount > limit else { return }
        _ = try await connection.sendChecked(pipeline)
        pipeline.removeAll()
    }
}
