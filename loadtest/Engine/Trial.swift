import BusSession
import BusWire
import CommandInterface
import LibevExecutor
import RedisConnection

/// One stretch of load on a newly started driver: warm-up, measuring, draining, counting.
struct Trial: Sendable {
    let bed: TestBed
    let scenario: Scenario
    /// For people: `repeat 2 of 5`.
    let label: String
    let seed: UInt64
    /// So many events wait before the driver starts, and how fast it drives them is all that is measured; nil: events
    /// come by the scenario's schedule.
    var backlog: Int?
    /// Seconds for which nothing may arrive until the rest is given up: a Ruby driver sleeps for five.
    var patience = 15.0

    /// Seconds that a driver may take to drive its first event.
    private static let startLimit = 60.0
    /// Seconds that a backlog may take to drain.
    private static let drainLimit = 60.0

    /// Runs it to its end, or to what ends it early, which is then the result's `problem`.
    ///
    /// - Throws: an error when it could not begin. The driver has ended then, too.
    func run() async throws -> RunResult {
        let workload = try scenario.shape.workload(seed: seed)
        let stamp = EventStamp(run: Self.newRun())
        try await bed.keyGuard.writeSubscriptions(of: workload)
        try await bed.keyGuard.note(stamp)
        let generator = try await bed.makeGenerator(workload, stamp: stamp, incoming: scenario.target.incoming)
        do {
            let result = try await run(generator)
            await generator.close()
            return result
        } catch {
            await generator.close()
            throw error
        }
    }

    private func run(_ generator: LoadGenerator) async throws -> RunResult {
        let interruption = Task { if await bed.interruption.wait() { await generator.fail(.interrupted) } }
        defer { interruption.cancel() }
        if let backlog {
            bed.progress.show(ProgressLine(phase: "\(label): publishes", second: 0))
            await generator.fill(backlog)
        } else {
            await generator.startRiding()
        }
        let observation = await generator.failure == nil ? try await drive(generator) : nil
        await generator.awaitQuiet()
        return await RunResult(
            self, generator: generator, observation: observation, leftovers: await leftovers(of: generator),
            failure: await generator.failure)
    }

    /// Starts the driver, observes it, and stops it.
    ///
    /// - Returns: nil if it ended before there was anything to see.
    private func drive(_ generator: LoadGenerator) async throws -> Observation? {
        let driver = try await bed.startDriver(scenario.target)
        let end = Task { if let end = await driver.waitUntilEnd() { await generator.fail(.driver(end.description)) } }
        let sampler = Sampler(generator, driver: driver.meter, redis: bed.redisMeter, progress: bed.progress)

        let observed: Result<Observation?, any Error>
        do {
            observed = .success(try await observe(generator, sampler))
        } catch {
            observed = .failure(error)
        }
        await sampler.stop()
        end.cancel()
        await driver.stop()
        return try observed.get()
    }

    /// - Returns: nil if Redis cannot be asked any more, or may have forgotten.
    private func leftovers(of generator: LoadGenerator) async -> Leftovers? {
        if case .redis = await generator.failure { return nil }
        // The other connections may have been lost in a trial before.
        guard let connection = try? await bed.redis.connect(executor: bed.executor) else { return nil }
        let leftovers = try? await Leftovers(
            connection, keys: bed.bus, incoming: scenario.target.incoming, stamp: generator.stamp)
        await connection.close()
        return leftovers
    }

    /// - Returns: nil if it ended before there was anything to see.
    private func observe(_ generator: LoadGenerator, _ sampler: Sampler) async throws -> Observation? {
        var observation: Observation?
        do {
            if let backlog {
                observation = try await driveBacklog(backlog, generator, sampler)
                await generator.startRiding()
            } else {
                try await awaitDriver(generator, sampler)
                await warmUp(generator, sampler)
                observation = try await measure(generator, sampler)
            }
        } catch let error as RedisError {
            await generator.fail(.redis(Impediment(error)))
        }
        await sampler.begin("\(label): drains")
        await generator.settle(patience: patience, limit: Self.drainLimit)
        return observation
    }

    private static func newRun() -> String {
        let digits = String(UInt32.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    // MARK: - Phases

    /// A driver that has driven an event is ready.
    private func awaitDriver(_ generator: LoadGenerator, _ sampler: Sampler) async throws {
        await sampler.begin("\(label): waits for the driver")
        await generator.publish(ArrivalSchedule(.constant(1000), .uniform, seconds: 0.0015, seed: seed))
        guard await !generator.settle(patience: Self.startLimit, limit: Self.startLimit) else { return }
        try await refuse(generator)
    }

    /// - Throws: why the driver drives nothing, unless that is an interruption.
    private func refuse(_ generator: LoadGenerator) async throws {
        switch await generator.failure {
        case .interrupted: return
        case .redis(let impediment): throw Complaint(impediment)
        case let failure?: throw SetupError(failure.sentence)
        case nil:
            throw SetupError(
                "The driver has not driven its first event after \(Int(Self.startLimit)) s; "
                    + "does it use this Redis, this namespace and the list \(scenario.target.incoming)?")
        }
    }

    /// A driver whose median is steady is warm.
    private func warmUp(_ generator: LoadGenerator, _ sampler: Sampler) async {
        let load = scenario.load
        let seconds = load.warmUp ?? WarmUp.longest
        await sampler.begin("\(label): warms up", seconds: seconds)
        let rate = max(load.curve.rate(at: 0), 1)
        await generator.publish(
            ArrivalSchedule(.constant(rate), load.arrival, seconds: seconds, seed: ~seed)
        ) { measurement in
            load.warmUp == nil && WarmUp.isSteady(measurement.seconds.dropLast().map { $0.percentile(50) })
        }
    }

    private func measure(_ generator: LoadGenerator, _ sampler: Sampler) async throws(RedisError) -> Observation? {
        guard await generator.failure == nil else { return nil }
        let load = scenario.load
        await sampler.begin(label, seconds: load.duration)
        let observer = try await Observer(generator, sampler)
        await generator.publish(ArrivalSchedule(load.curve, load.arrival, seconds: load.duration, seed: seed))
        return await observer.finish()
    }

    /// Waits until the incoming list is empty. The time counts from the last moment at which it was whole. How long the
    /// events waited says nothing, so their latencies are not measured.
    private func driveBacklog(
        _ events: Int, _ generator: LoadGenerator, _ sampler: Sampler
    ) async throws -> Observation? {
        await sampler.begin("\(label): drives")
        let started = ContinuousClock.now
        var observer = try await beginning(generator, sampler)
        var waiting = events
        while await generator.failure == nil, let left = try? await generator.backlog() {
            waiting = left
            if waiting == 0 { break }
            if waiting == events {
                observer = try await beginning(generator, sampler)
                if .now - started > .seconds(Self.startLimit) { break }
            }
            try? await Task.sleep(for: .milliseconds(5))
        }
        if waiting == events { try await refuse(generator) }
        var observation = await observer.finish()
        observation.offered = events
        observation.driven = events - waiting
        return observation
    }

    private func beginning(_ generator: LoadGenerator, _ sampler: Sampler) async throws(RedisError) -> Observer {
        await generator.beginMeasuring()
        return try await Observer(generator, sampler)
    }
}
