import BusOperations
import BusProtocol
import BusWire
public import Foundation
import RedisConnection

/// Plain jobs of Resque, for workers in Ruby and Swift. They go to Redis in every ``LocalMode`` but
/// ``LocalMode/transport(_:)``; the others are about events.
extension Bus {
    /// The most levels of arrays and objects in an argument: around it, the record of a worker that has the job in hand
    /// adds three to Ruby's limit of 100 (contract §6).
    private static let deepestArgument = 97

    /// The longest that a job is remembered: a hundred years.
    private static let longestMemory = Duration.seconds(100 * 366 * 86_400)

    /// Says on which queue jobs of a class belong, as `@queue` does in a Ruby class. Needs no Redis.
    ///
    /// - Parameters:
    ///   - className: as it stands in the job.
    ///   - queue: without namespace and `queue:`.
    public func declare(job className: String, queue: String) {
        jobQueues[ExactString(className)] = queue
    }

    /// Puts a job on a queue, for whatever Resque worker takes it first.
    ///
    /// ```swift
    /// try await bus.enqueue("Emailer", 42, "welcome", to: "emails")
    /// ```
    ///
    /// - Parameters:
    ///   - className: the job's class, as the workers know it.
    ///   - arguments: what its `perform` gets.
    ///   - queue: default: the queue that was declared for the class.
    /// - Throws: ``BusError``, with code `invalidJob` before anything is sent; mind ``BusError/Code/outcomeUnknown``.
    public func enqueue(
        _ className: String, _ arguments: JSONValue..., to queue: String? = nil
    ) async throws(BusError) {
        try await enqueue(className, arguments: arguments, to: queue)
    }

    /// Puts a job on a queue after a delay, for which it waits in Redis; the scheduler moves it. Else as
    /// ``enqueue(_:_:to:)``.
    ///
    /// - Parameter delay: to the second; not positive means at once.
    public func enqueue(
        _ className: String, _ arguments: JSONValue..., to queue: String? = nil, in delay: Duration
    ) async throws(BusError) {
        try await enqueue(className, arguments: arguments, to: queue, in: delay)
    }

    /// Puts a job on a queue at a time, for which it waits in Redis; the scheduler moves it. Else as
    /// ``enqueue(_:_:to:)``.
    ///
    /// - Parameter time: to the second; one that has passed means at once.
    public func enqueue(
        _ className: String, _ arguments: JSONValue..., to queue: String? = nil, at time: Date
    ) async throws(BusError) {
        try await enqueue(className, arguments: arguments, to: queue, at: time)
    }

    /// As ``enqueue(_:_:to:in:)``, with the arguments in an array.
    public func enqueue(
        _ className: String, arguments: [JSONValue], to queue: String? = nil, in delay: Duration
    ) async throws(BusError) {
        let now = Date(timeIntervalSince1970: Double(now))
        try await enqueue(className, arguments: arguments, to: queue, at: now + delay / .seconds(1))
    }

    /// As ``enqueue(_:_:to:)`` or, with a time, ``enqueue(_:_:to:at:)``, with the arguments in an array.
    public func enqueue(
        _ className: String, arguments: [JSONValue], to queue: String? = nil, at time: Date? = nil
    ) async throws(BusError) {
        let queue = try queueName(queue, for: className)
        let due: Int? = if let time { try time.dueSecond(else: .invalidJob) } else { nil }
        let second = due.flatMap { $0 > now ? $0 : nil }
        let element = try Self.element(className, arguments, waitingFor: second == nil ? nil : queue)
        if let transport = localMode.transport {
            _ = await transport.push(.init(bytes: element, queue: queue, time: second))
            return
        }
        var pipeline = RedisPipeline()
        if let second {
            pipeline.appendDelayed(element, until: second, bus: keys)
        } else {
            pipeline.appendPush([element], to: queue, bus: keys)
        }
        try await send(pipeline)
    }

    /// Puts a job on a queue, unless this method has put the same job there a short while ago, on whatever machine. It
    /// does not matter whether that job is done.
    ///
    /// - Parameters:
    ///   - className: as in ``enqueue(_:_:to:)``.
    ///   - arguments: as there.
    ///   - queue: as there.
    ///   - duration: how long the job is remembered, from this push on; at least a millisecond.
    /// - Returns: whether the job was pushed.
    /// - Throws: ``BusError``, with code `invalidJob` before anything is sent; mind ``BusError/Code/outcomeUnknown``.
    @discardableResult
    public func enqueueOnce(
        _ className: String, _ arguments: JSONValue..., to queue: String? = nil, for duration: Duration
    ) async throws(BusError) -> Bool {
        try await enqueueOnce(className, arguments: arguments, to: queue, for: duration)
    }

    /// As ``enqueueOnce(_:_:to:for:)``, with the arguments in an array.
    @discardableResult
    public func enqueueOnce(
        _ className: String, arguments: [JSONValue], to queue: String? = nil, for duration: Duration
    ) async throws(BusError) -> Bool {
        let queue = try queueName(queue, for: className)
        let element = try Self.element(className, arguments)
        guard duration >= .milliseconds(1) else {
            throw BusError(.invalidJob, "A job that is enqueued once is remembered for at least a millisecond.")
        }
        if let transport = localMode.transport {
            return await transport.push(.init(bytes: element, queue: queue, memory: duration))
        }
        let milliseconds = Int(min(duration, Self.longestMemory) / .milliseconds(1))
        return try await BusError.wrapping { () async throws(RedisError) in
            try await Queues(connection: client, bus: keys).pushOnce(
                element, to: queue, rememberedFor: milliseconds)
        }
    }

    // MARK: - Checks

    /// The queue that was named, else the one that was declared for the class.
    func queueName(_ queue: String?, for className: String) throws(BusError) -> String {
        guard let queue = queue ?? jobQueues[ExactString(className)] else {
            throw BusError(
                .invalidJob, "No queue was declared for the jobs of \(className); declare one, or say it with to:.")
        }
        guard !queue.isEmpty else { throw BusError(.invalidJob, "A job needs the name of a queue.") }
        return queue
    }

    /// The job as Ruby would write it; with a queue, as it waits for it.
    static func element(
        _ className: String, _ arguments: [JSONValue], waitingFor queue: String? = nil
    ) throws(BusError) -> [UInt8] {
        guard !className.isEmpty else { throw BusError(.invalidJob, "A job needs the name of its class.") }
        guard arguments.allSatisfy({ $0.isWithin(depth: deepestArgument) }) else {
            throw BusError(
                .invalidJob,
                "An argument is nested deeper than \(deepestArgument) levels, which no Ruby worker can take in hand.")
        }
        let payload = JobPayload(className: className, arguments: arguments)
        let element: [UInt8]
        do throws(JSONEncodingError) {
            element =
                if let queue { try payload.encoded(waitingFor: queue) } else { try payload.encoded() }
        } catch {
            throw BusError(.invalidJob, "An argument cannot be written as JSON: \(error).", underlying: error)
        }
        guard element.count <= EventScan.maximumByteCount else {
            throw BusError(
                .invalidJob, "The job has \(element.count) bytes; at most \(EventScan.maximumByteCount) are allowed.")
        }
        return element
    }
}
