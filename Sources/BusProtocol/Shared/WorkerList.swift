package import BusWire
package import RedisConnection

/// What resque-web lists: the set `workers`, and a few keys for each of its members (contract §6).
extension RedisPipeline {
    /// The commands by which workers enter, or come back with all that belongs to them.
    ///
    /// They send no heartbeats, in contrast to Ruby's own. A Ruby worker that starts takes whoever has sent one and is
    /// silent for 300 s for dead, and fails or retries the job that he shows; but a job of ours is given back by our
    /// own recovery, and so would run twice. Whoever never sent a heartbeat is left alone, and known by his lease here.
    ///
    /// - Parameter started: what `worker:<id>:started` is to say.
    package static func registering(_ workers: [String], started: String, bus: BusKeys) -> RedisPipeline {
        var pipeline = listing(workers, bus: bus)
        for worker in workers { pipeline.append("SET", bus.workerStarted(worker), started) }
        return pipeline
    }

    /// One command that puts workers into the list; its reply says how many were missing. Of those the other keys are
    /// gone too.
    package static func listing(_ workers: [String], bus: BusKeys) -> RedisPipeline {
        var pipeline = RedisPipeline()
        pipeline.append(["SADD", bus.workers] + workers)
        return pipeline
    }

    /// Appends the removal of what workers have sent as heartbeats.
    package mutating func appendSignRemoval(of workers: [String], bus: BusKeys) {
        append(["HDEL", bus.workerSigns] + workers)
    }

    /// Appends what shows a worker's job, or that it has none.
    ///
    /// - Parameter record: the job as Resque writes it; nil for none.
    package mutating func appendJob(of worker: String, _ record: [UInt8]?, bus: BusKeys) {
        guard let record else { return append("DEL", bus.worker(worker)) }
        begin(argumentCount: 3)
        argument("SET")
        argument(bus.worker(worker))
        record.withUnsafeBytes { argument(bytes: $0) }
    }

    /// Appends an addition to a worker's count of jobs.
    ///
    /// - Parameter counter: `processed` or `failed`.
    package mutating func appendCount(_ count: Int, _ counter: String, of worker: String, bus: BusKeys) {
        append("INCRBY", bus.stat(counter, worker: worker), String(count))
    }

    /// The commands by which workers leave: in Resque's order, many at a time.
    package static func unregistering(_ workers: [String], bus: BusKeys) -> RedisPipeline {
        var pipeline = RedisPipeline()
        guard !workers.isEmpty else { return pipeline }
        pipeline.append(["SREM", bus.workers] + workers)
        let keys = workers.flatMap { worker in
            [
                bus.worker(worker), bus.workerStarted(worker), bus.stat("processed", worker: worker),
                bus.stat("failed", worker: worker),
            ]
        }
        pipeline.append(["DEL"] + keys)
        pipeline.appendSignRemoval(of: workers, bus: bus)
        return pipeline
    }
}
