import BusProtocol
import BusWire
import RedisConnection

/// Removes what the marks of a load test name. What is gone already does no harm.
struct KeyRemoval: Sendable {
    private let connection: any RedisClient
    private let bus: BusKeys
    private let incoming: String
    private let marks: [KeyMark]
    private let events: StampedElements

    init(connection: any RedisClient, bus: BusKeys, incoming: String, marks: [KeyMark]) {
        self.connection = connection
        self.bus = bus
        self.incoming = incoming
        self.marks = marks
        let stamps = marks.compactMap { mark in
            if case .run(let run) = mark { EventStamp(run: run) } else { nil }
        }
        events = StampedElements(connection: connection, stamps: stamps)
    }

    func run() async throws(RedisError) {
        try await removeSubscriptions()
        try await removeQueues()
        try await events.remove(from: bus.queue(incoming))
        try await events.removeFailures(bus)
        let processes = marks.compactMap { mark in
            if case .driver(let process) = mark { process } else { nil }
        }
        guard !processes.isEmpty else { return }
        let present = marks.compactMap { mark in
            if case .present(let key) = mark { key } else { nil }
        }
        try await DriverTraces(
            connection: connection, bus: bus, processes: processes, present: Set(present),
            isShared: marks.contains(.shared)
        ).remove(events)
    }

    private func removeSubscriptions() async throws(RedisError) {
        var pipeline = RedisPipeline()
        for case .application(let name) in marks {
            pipeline.append("SREM", bus.apps, name)
            pipeline.append("UNLINK", bus.app(name))
        }
        try await send(pipeline)
    }

    private func removeQueues() async throws(RedisError) {
        var pipeline = RedisPipeline()
        for mark in marks {
            if case .queueName(let name) = mark { pipeline.append("SREM", bus.queues, name) }
            guard case .queue(let name) = mark else { continue }
            pipeline.append("UNLINK", bus.queue(name))
            pipeline.append("SREM", bus.queues, name)
        }
        try await send(pipeline)
    }

    private func send(_ pipeline: RedisPipeline) async throws(RedisError) {
        if !pipeline.isEmpty { _ = try await connection.sendChecked(pipeline) }
    }
}
