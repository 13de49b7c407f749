package import BusWire
import Crypto
package import RedisConnection

/// The queues of Resque: the names in the set `queues`, and a list for each (contract §1).
package struct Queues: Sendable {
    /// One queue as it stands.
    package struct Queue: Sendable, Hashable {
        /// Without namespace and `queue:`.
        package let name: String
        /// Jobs waiting; nil when another type of value is where the list should be.
        package let length: Int?
    }

    private let connection: any RedisClient
    private let bus: BusKeys

    /// - Parameters:
    ///   - connection: used for a few round trips a call, and for one more per page of elements.
    ///   - bus: the namespace.
    package init(connection: any RedisClient, bus: BusKeys) {
        self.connection = connection
        self.bus = bus
    }

    /// The command whose reply has the names of all queues that were ever pushed to and not removed since.
    package static func names(bus: BusKeys) -> RedisPipeline { RedisPipeline("SMEMBERS", bus.queues) }

    /// Every queue that was ever pushed to and not removed since, by name.
    package func all() async throws(RedisError) -> [Queue] {
        try await named(connection.call("SMEMBERS", bus.queues).elements.compactMap(\.string).sorted())
    }

    /// These queues, in this order. One that nobody has pushed to is empty.
    package func named(_ names: [String]) async throws(RedisError) -> [Queue] {
        guard !names.isEmpty else { return [] }
        var pipeline = RedisPipeline()
        for name in names { pipeline.append("LLEN", bus.queue(name)) }
        return zip(names, try await connection.send(pipeline)).map { Queue(name: $0, length: $1.integer) }
    }

    /// How many elements a queue has.
    package func length(of queue: String) async throws(RedisError) -> Int {
        try await connection.call("LLEN", bus.queue(queue)).integer ?? 0
    }

    /// Puts elements at the tail of a queue, in their order, in one round trip.
    ///
    /// - Throws: `RedisError`; with `connectionLost` and `timedOut` nobody knows whether the elements are there.
    package func push(_ elements: [[UInt8]], to queue: String) async throws(RedisError) {
        guard !elements.isEmpty else { return }
        var pipeline = RedisPipeline()
        pipeline.appendPush(elements, to: queue, bus: bus)
        _ = try await connection.sendChecked(pipeline)
    }

    /// Puts an element at the tail of a queue, unless this method has done so within the time that it was told then.
    ///
    /// - Parameter milliseconds: how long to remember it; positive.
    /// - Returns: whether it was pushed.
    /// - Throws: `RedisError`; with `connectionLost` and `timedOut` nobody knows whether the element is there.
    package func pushOnce(
        _ element: [UInt8], to queue: String, rememberedFor milliseconds: Int
    ) async throws(RedisError) -> Bool {
        var pipeline = RedisPipeline()
        let digest = SHA256.hash(data: Array("\(queue)\n".utf8) + element).map(Self.hexadecimal).joined()
        ScriptDigests().begin(
            .enqueueOnce, keys: [bus.queues, bus.queue(queue), bus.reminder(digest)], argumentCount: 3, in: &pipeline)
        pipeline.argument(queue)
        element.withUnsafeBytes { pipeline.argument(bytes: $0) }
        pipeline.argument(milliseconds)
        return try await connection.sendChecked(pipeline)[0].integer == 1
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    /// Elements of a queue from a place on, its head first; fewer than asked for at the end of the list.
    ///
    /// Reads a page at a time, so what moves meanwhile may come twice or not at all.
    package func elements(of queue: String, from start: Int, count: Int) async throws(RedisError) -> [[UInt8]] {
        try await connection.elements(ofList: bus.queue(queue), from: start, count: count)
    }

    /// Removes every element with these bytes, and says how many there were.
    package func remove(_ element: [UInt8], from queue: String) async throws(RedisError) -> Int {
        var pipeline = RedisPipeline()
        appendRemoval(of: element, from: queue, count: 0, to: &pipeline)
        return try await connection.sendChecked(pipeline)[0].integer ?? 0
    }

    /// Removes every element that `isMeant` finds, and says how many there were. What is pushed meanwhile may stay.
    ///
    /// Goes from the tail to the head, a page at a time: workers pop at the head, and so nothing is passed over.
    package func remove(
        from queue: String, where isMeant: (_ element: [UInt8]) -> Bool
    ) async throws(RedisError) -> Int {
        var removed = 0
        var kept = 0
        while true {
            let page = try await connection.call(
                "LRANGE", bus.queue(queue), String(-kept - ListPage.size), String(-kept - 1))
            guard page.count > 0 else { return removed }
            let meant = page.elements.reversed().map { $0.bytes ?? [] }.filter(isMeant)
            kept += page.count - meant.count
            guard !meant.isEmpty else { continue }
            var pipeline = RedisPipeline()
            for element in meant { appendRemoval(of: element, from: queue, count: -1, to: &pipeline) }
            removed += try await connection.sendChecked(pipeline).reduce(0) { $0 + ($1.integer ?? 0) }
        }
    }

    /// Removes a queue with everything in it. Only its key and its name are forgotten: who pushes to it makes it anew.
    package func remove(_ queue: String) async throws(RedisError) {
        var pipeline = RedisPipeline()
        pipeline.append("SREM", bus.queues, queue)
        pipeline.append("DEL", bus.queue(queue))
        _ = try await connection.sendChecked(pipeline)
    }

    private func appendRemoval(of element: [UInt8], from queue: String, count: Int, to pipeline: inout RedisPipeline) {
        pipeline.begin(argumentCount: 4)
        pipeline.argument("LREM")
        pipeline.argument(bus.queue(queue))
        pipeline.argument(count)
        element.withUnsafeBytes { pipeline.argument(bytes: $0) }
    }
}
