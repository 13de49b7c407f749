package import BusWire
package import RedisConnection

/// The temporary subscription of somebody who watches events pass: an application, a queue of the same name, and a
/// lease.
///
/// The lease ends by itself. What is without one was left by a process that could not clean up, and whoever comes upon
/// it removes it: see ``AbandonedTails``.
package struct TailSubscription: Sendable {
    /// The application and its queue.
    package let name: String

    private let connection: any RedisClient
    private let bus: BusKeys
    private let subscription: Subscription
    private let lease: String

    /// What the names of all such applications begin with; 16 hexadecimal digits follow.
    package static let namePrefix = "busdriver_tail_"

    /// How long a lease runs. Renew it several times meanwhile.
    package static let leaseDuration = Duration.seconds(30)

    /// - Parameters:
    ///   - connection: never blocked; the pops have one of their own.
    ///   - bus: the namespace.
    ///   - random: makes the name.
    ///   - filters: which events. Without any, all.
    package init(connection: any RedisClient, bus: BusKeys, random: UInt64, filters: [SubscriptionFilter]) {
        let digits = String(random, radix: 16)
        let suffix = String(repeating: "0", count: 16 - digits.count) + digits
        self.connection = connection
        self.bus = bus
        name = Self.namePrefix + suffix
        lease = bus.tailLease(suffix)
        // Every event has a type, even if it is null.
        let all = [SubscriptionFilter(name: "bus_event_type", pattern: "bus_special_value_key")]
        subscription = Subscription(
            appKey: name, key: "tail", queue: name, className: "::QueueBus::Rider",
            filters: filters.isEmpty ? all : filters)
    }

    /// Subscribes: an event that is published afterwards comes to the queue.
    package func open() async throws(RedisError) {
        try await renewLease()
        try await SubscriptionWriting(connection: connection, bus: bus).replace(name, with: [subscription])
    }

    /// Keeps the subscription, and the queue short. Subscribes anew when somebody took this process for dead.
    ///
    /// - Parameter mostElements: the newest that the queue keeps.
    /// - Returns: how many events were thrown away, and whether the subscription had been lost, so that events are
    ///   missing.
    package func renew(keeping mostElements: Int) async throws(RedisError) -> (skipped: Int, wasLost: Bool) {
        try await renewLease()
        var pipeline = RedisPipeline()
        pipeline.append("SISMEMBER", bus.apps, name)
        pipeline.append("MULTI")
        pipeline.append("LLEN", bus.queue(name))
        pipeline.append("LTRIM", bus.queue(name), String(-mostElements), "-1")
        pipeline.append("EXEC")
        let replies = try await connection.sendChecked(pipeline)
        let wasLost = replies[0].integer == 0
        if wasLost { try await open() }
        let length = replies[4].elements.first?.integer ?? 0
        return (max(0, length - mostElements), wasLost)
    }

    /// Unsubscribes and removes the queue. A driver that had matched an event before may still push it: call it again a
    /// moment later.
    package func close() async throws(RedisError) {
        try await AbandonedTails(connection: connection, bus: bus).remove(name)
        _ = try await connection.call("DEL", lease)
    }

    /// Waits for events and pops them.
    ///
    /// - Parameters:
    ///   - blocking: a connection that is used for nothing else.
    ///   - most: at most so many.
    ///   - seconds: how long to wait for the first.
    /// - Returns: elements as a driver has pushed them; none when the time was over.
    package func next(
        on blocking: any RedisClient, most: Int, within seconds: Int
    ) async throws(RedisError) -> [[UInt8]] {
        var waiting = RedisPipeline()
        waiting.append("BLPOP", bus.queue(name), String(seconds))
        let reply = try await blocking.send(waiting, timeout: .seconds(seconds + 5))[0]
        if let refusal = reply.errorReply { throw .refusal(refusal) }
        guard reply.count == 2, let first = reply[1].bytes else { return [] }
        guard most > 1 else { return [first] }
        let more = try await blocking.call("LPOP", bus.queue(name), String(most - 1))
        return [first] + more.elements.map { $0.bytes ?? [] }
    }

    private func renewLease() async throws(RedisError) {
        let milliseconds = Int(Self.leaseDuration / .milliseconds(1))
        _ = try await connection.call("SET", lease, name, "PX", String(milliseconds))
    }
}
