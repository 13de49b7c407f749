package import BusWire
package import RedisConnection

/// What a rider without jobs reads, so that Redis announces the next change of it.
package enum IdleRead: Sendable {
    /// Whether all workers are to pause: the value of that key.
    case pause
    /// How many of these queues have jobs.
    case jobs(in: [String])
    /// The names of all queues.
    case queueNames

    /// Appends one command.
    package func append(to pipeline: inout RedisPipeline, bus: BusKeys) {
        switch self {
        case .pause: pipeline.append("GET", bus.pauseAllWorkers)
        case .jobs(in: let queues):
            // EXISTS takes a key at least.
            pipeline.append(["EXISTS"] + (queues.isEmpty ? [bus.own("nothing")] : queues.map(bus.queue)))
        case .queueNames: pipeline.append(contentsOf: Queues.names(bus: bus))
        }
    }
}
