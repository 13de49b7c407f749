package import BusWire
package import RedisConnection

/// What becomes of the first items of one bucket of delayed jobs, in one step.
package struct Promotion: Sendable {
    /// Most bytes of the items of one promotion, unless a single item is larger.
    package static let mostBytes = 256 << 10

    /// The bucket's time as it stands in `delayed_queue_schedule`: any bytes.
    package let time: [UInt8]
    /// The queues that are pushed to, each once, in the order of their first item.
    package private(set) var queues: [String] = []
    /// How many items go to `failed`.
    package private(set) var failed = 0
    /// The bytes of the largest item; 0 without any.
    package private(set) var largest = 0
    /// The items as they were read, and perhaps more than are moved.
    let items: RedisReply
    /// For each item that is moved.
    private(set) var fates: [Fate] = []
    private var lastQueue = 0
    private var places: [ExactString: Int] = [:]

    struct Fate {
        /// Into `queues`; nil for `failed`.
        let queue: Int?
        /// What is pushed there.
        let element: DelayedItem.Element
    }

    /// - Parameters:
    ///   - items: the reply to `LRANGE` from the head of the bucket on; an empty one means that the bucket's time shall
    ///     leave the schedule. Of more than ``mostBytes`` the first are moved.
    ///   - time: the bucket's time as it stands in the schedule.
    ///   - unusable: queues that are no lists: their items go to `failed`.
    ///   - worker: who writes the entries of `failed`, as a Resque worker id.
    ///   - now: epoch seconds, for these entries.
    package init(
        of items: RedisReply, at time: [UInt8], unusable: Set<ExactString> = [], worker: String, now: Int
    ) {
        self.time = time
        self.items = items
        fates.reserveCapacity(items.count)
        var byteCount = 0
        for place in 0..<items.count {
            let isRoom = items[place].withUnsafeBytes { bytes in
                guard let bytes else { return false }
                byteCount += bytes.count
                largest = max(largest, bytes.count)
                guard place == 0 || byteCount <= Self.mostBytes else { return false }
                append(bytes, unusable, worker, now)
                return true
            }
            guard isRoom else { return }
        }
    }

    /// How many items are moved.
    package var count: Int { fates.count }

    /// How many items go to a queue.
    package var jobs: Int { count - failed }

    /// How many items go to this one of ``queues``.
    package func count(forQueue place: Int) -> Int { fates.count { $0.queue == place } }

    /// The numbers of the destinations, from 1: those of ``queues``, then `failed`.
    func destination(of fate: Fate) -> Int { (fate.queue ?? queues.count) + 1 }

    private mutating func append(
        _ item: UnsafeRawBufferPointer, _ unusable: Set<ExactString>, _ worker: String, _ now: Int
    ) {
        var queue = ""
        do throws(Poison) {
            let job = try DelayedItem(item)
            queue = job.queue
            if !unusable.isEmpty, unusable.contains(ExactString(queue)) { throw .notAQueue(queue) }
            fates.append(Fate(queue: place(of: queue), element: job.element))
        } catch {
            let entry = FailureEntry(
                failedAt: now, exception: error.exception, message: error.message, worker: worker, queue: queue)
            fates.append(Fate(queue: nil, element: .rewritten(entry.encoded(for: item))))
            failed += 1
        }
    }

    private mutating func place(of queue: String) -> Int {
        // Neighbours mostly go the same way.
        if lastQueue < queues.count, queues[lastQueue].isExactly(queue) { return lastQueue }
        lastQueue = places[ExactString(queue), default: queues.count]
        if lastQueue == queues.count {
            places[ExactString(queue)] = lastQueue
            queues.append(queue)
        }
        return lastQueue
    }
}

extension Poison {
    fileprivate static func notAQueue(_ name: String) -> Poison {
        Poison(
            exception: "Redis::CommandError",
            message: "queue:\(name.abbreviated) is not a list; rename or delete that key")
    }
}
