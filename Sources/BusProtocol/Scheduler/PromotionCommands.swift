package import BusWire
package import RedisConnection

/// Writes the commands with which a leading scheduler moves delayed jobs, on one connection: a bucket is read under
/// `WATCH`, and what was read is moved by a `MULTI` that takes effect only if neither the bucket nor the lock was
/// touched since. It decides nothing and sends nothing.
package struct PromotionCommands: Sendable {
    private let bus: BusKeys
    private let lock: SchedulerLock.Identity
    /// One word, filled again for each item.
    private var word: [UInt8] = []

    /// - Parameters:
    ///   - bus: the namespace.
    ///   - lock: what the leader holds while it leads.
    package init(bus: BusKeys, lock: SchedulerLock.Identity) {
        self.bus = bus
        self.lock = lock
    }

    // MARK: - Reading

    /// Appends the read of times that are due, soonest first: four replies, of which the last has the times in an
    /// array. Nothing is watched any more.
    ///
    /// They are read in a `MULTI`, so that nobody goes on who may not use it: the commands of a promotion would take
    /// effect one by one.
    ///
    /// - Parameters:
    ///   - now: epoch seconds on Redis' clock.
    ///   - start: how many times are passed by.
    ///   - count: the most that are read.
    package func appendDueTimes(upTo now: Int, from start: Int, count: Int, to pipeline: inout RedisPipeline) {
        pipeline.append("UNWATCH")
        pipeline.append("MULTI")
        pipeline.append(
            "ZRANGEBYSCORE", bus.delayedSchedule, "-inf", String(now), "LIMIT", String(start), String(count))
        pipeline.append("EXEC")
    }

    /// The command after which nothing is watched any more.
    package static var unwatching: RedisPipeline { RedisPipeline("UNWATCH") }

    /// Appends the read of a bucket's first items: three replies, a ``BucketReading``.
    ///
    /// Right behind an `EXEC` or an `UNWATCH`; what was watched before would be watched further.
    ///
    /// - Parameters:
    ///   - time: as it stands in the schedule.
    ///   - count: positive.
    package mutating func appendReading(at time: [UInt8], count: Int, to pipeline: inout RedisPipeline) {
        pipeline.begin(argumentCount: 3)
        pipeline.argument("WATCH")
        pipeline.argument(lock.key)
        argument(bus.delayedPrefix, time, in: &pipeline)
        pipeline.append("GET", lock.key)
        pipeline.begin(argumentCount: 4)
        pipeline.argument("LRANGE")
        argument(bus.delayedPrefix, time, in: &pipeline)
        pipeline.argument(0)
        pipeline.argument(count - 1)
    }

    /// Appends what moves the first item of a bucket aside if it is too large to be read: one reply, `OK` when it was.
    ///
    /// - Parameters:
    ///   - time: as it stands in the schedule.
    ///   - list: where it goes.
    ///   - entry: what ``BusKeys/waitingFailures`` is told; it names that list.
    package mutating func appendSetAside(
        at time: [UInt8], to list: String, entry: [UInt8], to pipeline: inout RedisPipeline
    ) {
        pipeline.begin(argumentCount: 12)
        pipeline.argument("EVAL")
        pipeline.argument(Script.setAsideDelayed.text)
        pipeline.argument(4)
        pipeline.argument(lock.key)
        argument(bus.delayedPrefix, time, in: &pipeline)
        pipeline.argument(list)
        pipeline.argument(bus.waitingFailures)
        pipeline.argument(lock.value)
        pipeline.argument(BatchLimits.mostElementBytes)
        entry.withUnsafeBytes { pipeline.argument(bytes: $0) }
        argument("delayed:", time, in: &pipeline)
        pipeline.argument(bus.timestampsPrefix)
    }

    // MARK: - Moving

    /// Appends a promotion: replies up to that of `EXEC`, a ``PromotionAnswer``.
    ///
    /// Rights may go before `EXEC`, which then refuses single commands: the scripts keep what is not pushed, and trim
    /// what is.
    package mutating func append(_ promotion: Promotion, to pipeline: inout RedisPipeline) {
        pipeline.append("MULTI")
        if promotion.count > 0 { appendMoves(promotion, to: &pipeline) }
        pipeline.begin(argumentCount: 7)
        pipeline.argument("EVAL")
        pipeline.argument(Script.tidyBucket.text)
        pipeline.argument(2)
        argument(bus.delayedPrefix, promotion.time, in: &pipeline)
        pipeline.argument(bus.delayedSchedule)
        promotion.time.withUnsafeBytes { pipeline.argument(bytes: $0) }
        pipeline.argument(promotion.count)
        pipeline.append("EXEC")
    }

    private mutating func appendMoves(_ promotion: Promotion, to pipeline: inout RedisPipeline) {
        appendForgetting(promotion, to: &pipeline)
        // Asks for a right: without it the guard would keep nothing.
        pipeline.begin(argumentCount: 2)
        pipeline.argument("TYPE")
        argument(bus.delayedPrefix, promotion.time, in: &pipeline)
        appendGuard(promotion, to: &pipeline)
        appendPushes(promotion, to: &pipeline)
        if !promotion.queues.isEmpty { pipeline.append(["SADD", bus.queues] + promotion.queues) }
        pipeline.begin(argumentCount: 4)
        pipeline.argument("LTRIM")
        argument(bus.delayedPrefix, promotion.time, in: &pipeline)
        pipeline.argument(promotion.count)
        pipeline.argument(-1)
    }

    /// So many `SREM`, one for each item.
    private mutating func appendForgetting(_ promotion: Promotion, to pipeline: inout RedisPipeline) {
        let name = Array("delayed:".utf8) + promotion.time
        for place in 0..<promotion.count {
            pipeline.begin(argumentCount: 3)
            pipeline.argument("SREM")
            promotion.items[place].withUnsafeBytes { item in
                word.removeAll(keepingCapacity: true)
                word.append(contentsOf: bus.timestampsPrefix.utf8)
                if let item { word.append(contentsOf: item) }
            }
            word.withUnsafeBytes { pipeline.argument(bytes: $0) }
            name.withUnsafeBytes { pipeline.argument(bytes: $0) }
        }
    }

    private mutating func appendGuard(_ promotion: Promotion, to pipeline: inout RedisPipeline) {
        let destinations = promotion.destinations(bus)
        pipeline.begin(argumentCount: 7 + destinations.count)
        pipeline.argument("EVAL")
        pipeline.argument(Script.spareUnusable.text)
        pipeline.argument(1)
        argument(bus.delayedPrefix, promotion.time, in: &pipeline)
        pipeline.argument(promotion.runs)
        argument("delayed:", promotion.time, in: &pipeline)
        pipeline.argument(bus.timestampsPrefix)
        for destination in destinations { pipeline.argument(destination) }
    }

    private mutating func appendPushes(_ promotion: Promotion, to pipeline: inout RedisPipeline) {
        let destinations = promotion.destinations(bus)
        var places = destinations.map { _ in [Int]() }
        if destinations.count == 1 {
            places = [Array(0..<promotion.count)]
        } else {
            for (place, fate) in promotion.fates.enumerated() {
                places[promotion.destination(of: fate) - 1].append(place)
            }
        }
        for (destination, places) in zip(destinations, places) {
            pipeline.begin(argumentCount: 2 + places.count)
            pipeline.argument("RPUSH")
            pipeline.argument(destination)
            for place in places { argument(pushedFor: place, of: promotion, in: &pipeline) }
        }
    }

    private mutating func argument(pushedFor place: Int, of promotion: Promotion, in pipeline: inout RedisPipeline) {
        switch promotion.fates[place].element {
        case .beginning(let byteCount):
            promotion.items[place].withUnsafeBytes { item in
                word.removeAll(keepingCapacity: true)
                if let item { word.append(contentsOf: item[..<byteCount]) }
                word.append(UInt8(ascii: "}"))
            }
            word.withUnsafeBytes { pipeline.argument(bytes: $0) }
        case .rewritten(let bytes):
            bytes.withUnsafeBytes { pipeline.argument(bytes: $0) }
        }
    }

    private mutating func argument(_ prefix: String, _ bytes: [UInt8], in pipeline: inout RedisPipeline) {
        word.removeAll(keepingCapacity: true)
        word.append(contentsOf: prefix.utf8)
        word.append(contentsOf: bytes)
        word.withUnsafeBytes { pipeline.argument(bytes: $0) }
    }
}

extension Promotion {
    /// The lists that are pushed to.
    fileprivate func destinations(_ bus: BusKeys) -> [String] {
        queues.map(bus.queue) + (failed > 0 ? [bus.waitingFailures] : [])
    }

    /// Where the items go, as the guard wants to be told.
    fileprivate var runs: String {
        var text = ""
        var length = 0
        for (place, fate) in fates.enumerated() {
            length += 1
            let destination = destination(of: fate)
            if place + 1 < count, self.destination(of: fates[place + 1]) == destination { continue }
            text += "\(destination):\(length) "
            length = 0
        }
        return text
    }
}
