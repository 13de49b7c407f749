import BusWire
import RedisConnection

/// What resque-web lists: the set `workers`, and a few keys for each of its members (contract §6).
extension RedisPipeline {
    /// The commands by which workers leave: in Resque's order, many at a time.
    public static func unregistering(_ workers: [String], bus: BusKeys) -> RedisPipeline {
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
        pipeline.append(["HDEL", bus.workersHeartbeat] + workers)
        return pipeline
    }
}
