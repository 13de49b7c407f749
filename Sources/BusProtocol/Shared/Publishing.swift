package import BusWire
import RedisConnection

/// The commands with which Ruby's Resque and resque-scheduler push (contract §5).
extension RedisPipeline {
    /// Most bytes that one `RPUSH` carries, unless a single element is larger: Redis serves nobody else meanwhile.
    private static var mostBytesOfPush: Int { 256 << 10 }

    /// Appends what puts elements at the tail of a queue: its name first, then the elements, many to a command.
    ///
    /// - Precondition: there is an element.
    package mutating func appendPush(_ elements: [[UInt8]], to queue: String, bus: BusKeys) {
        precondition(!elements.isEmpty, "There is nothing to push.")
        append("SADD", bus.queues, queue)
        var rest = elements[...]
        while !rest.isEmpty {
            var bytes = 0
            let fitting = rest.prefix {
                bytes += $0.count
                return bytes <= Self.mostBytesOfPush
            }
            let some = fitting.isEmpty ? rest.prefix(1) : fitting
            rest = rest.dropFirst(some.count)
            begin(argumentCount: 2 + some.count)
            argument("RPUSH")
            argument(bus.queue(queue))
            for element in some { element.withUnsafeBytes { argument(bytes: $0) } }
        }
    }

    /// Appends what puts jobs at the tail of a queue: its name first, then the jobs.
    package mutating func appendPush(of jobs: JobBuffer, to queue: String, bus: BusKeys) {
        append("SADD", bus.queues, queue)
        appendPush(of: jobs, onto: bus.queue(queue))
    }

    /// Appends what puts jobs at the tail of a list: one command.
    package mutating func appendPush(of jobs: JobBuffer, onto key: String) {
        begin(argumentCount: 2 + jobs.count)
        argument("RPUSH")
        argument(key)
        jobs.withUnsafeBytes { encodedArguments($0, count: jobs.count) }
    }

    /// Appends what makes an element wait until it falls due: three commands, in resque-scheduler's order.
    ///
    /// - Parameters:
    ///   - element: with its member `queue`, as `PublishedEvent.delayedElement` makes it.
    ///   - time: epoch seconds.
    package mutating func appendDelayed(_ element: [UInt8], until time: Int, bus: BusKeys) {
        begin(argumentCount: 3)
        argument("RPUSH")
        argument(bus.delayed(time))
        element.withUnsafeBytes { argument(bytes: $0) }
        append("SADD", bus.timestamps(String(decoding: element, as: UTF8.self)), BusKeys.delayedName(time))
        append("ZADD", bus.delayedSchedule, String(time), String(time))
    }
}
