import LibevExecutor
import RedisConnection

/// What was seen from outside while a trial measured.
struct Observation: Sendable {
    /// Of the measured time.
    var seconds: Double
    var backlog: [Sampler.Backlog]
    var usage: [Sampler.Usage]
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
    private let counters: RedisCounters
    private let threadSeconds: Double
    private let reading: ProcessReading

    init(_ generator: LoadGenerator, _ sampler: Sampler) async throws {
        self.generator = generator
        self.sampler = sampler
        counters = try await RedisCounters(generator.connections.control)
        threadSeconds = await generator.threadSeconds
        reading = .ofThisProcess
        start = .now
    }

    func finish() async throws -> Observation {
        let seconds = (.now - start) / .seconds(1)
        let busy = await generator.threadSeconds - threadSeconds
        return Observation(
            seconds: seconds, backlog: await sampler.backlog, usage: await sampler.usage,
            redis: try await RedisCounters(generator.connections.control).since(counters), generatorSeconds: busy,
            generator: ProcessUse(from: reading, to: .ofThisProcess))
    }
}
