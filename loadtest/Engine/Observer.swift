import LibevExecutor
import RedisConnection

/// What was seen from outside while a trial measured.
struct Observation: Sendable {
    /// Of the measured time.
    var seconds: Double
    /// Events that were due in it.
    var offered: Int
    /// Events that were driven in it.
    var driven: Int
    var backlog: [Sampler.Backlog]
    var usage: [Sampler.Usage]
    /// What driver and Redis used in all; nil where nobody can tell.
    var driver: ProcessUse?
    var server: ProcessUse?
    /// What Redis counted.
    var redis: RedisCounters
    /// CPU seconds of the generator's thread.
    var generatorSeconds: Double
    var generator: ProcessUse
}

/// Watches driver, Redis and generator from its making until ``finish()``.
struct Observer: Sendable {
    private let generator: LoadGenerator
    private let sampler: Sampler
    private let start: ContinuousClock.Instant
    private let waiting: Int
    private let counters: RedisCounters
    private let threadSeconds: Double
    private let usage: Sampler.Usage
    private let reading: ProcessReading

    init(_ generator: LoadGenerator, _ sampler: Sampler) async throws(RedisError) {
        self.generator = generator
        self.sampler = sampler
        waiting = try await generator.backlog()
        counters = try await RedisCounters(generator.connections.control)
        threadSeconds = await generator.threadSeconds
        usage = await sampler.read()
        reading = .ofThisProcess
        start = .now
    }

    /// What was seen. Where Redis is away by now, the backlog is the last that was known, and what Redis counted is
    /// nothing.
    func finish() async -> Observation {
        let seconds = (.now - start) / .seconds(1)
        let lastKnown = await sampler.backlog.last?.events
        let left = (try? await generator.backlog()) ?? lastKnown ?? waiting
        let tallies = await generator.measurement.seconds
        let counted = (try? await RedisCounters(generator.connections.control)) ?? counters
        let now = await sampler.read()
        let busy = await generator.threadSeconds - threadSeconds
        // What Redis has not acknowledged is not driven either, though it is not on the list.
        let acknowledged = tallies.reduce(0) { $0 + $1.published }
        return Observation(
            seconds: seconds, offered: tallies.reduce(0) { $0 + $1.intended }, driven: acknowledged + waiting - left,
            backlog: await sampler.backlog,
            usage: await sampler.usage, driver: Self.use(usage.driver, now.driver),
            server: Self.use(usage.redis, now.redis),
            redis: counted.since(counters), generatorSeconds: busy,
            generator: ProcessUse(from: reading, to: .ofThisProcess))
    }

    private static func use(_ before: ProcessReading?, _ after: ProcessReading?) -> ProcessUse? {
        guard let before, let after else { return nil }
        return ProcessUse(from: before, to: after)
    }
}
