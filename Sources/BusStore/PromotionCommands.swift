import BusWire
import RedisConnection

/// Writes the commands with which a leading scheduler moves delayed jobs. It decides nothing and sends nothing.
public struct PromotionCommands: Sendable {
    private let bus: BusKeys
    private let lock: SchedulerLock.Identity
    private var digests: ScriptDigests

    /// - Parameters:
    ///   - bus: the namespace.
    ///   - lock: what the leader holds while it leads.
    ///   - digests: of ``Script/promote``.
    public init(bus: BusKeys, lock: SchedulerLock.Identity, digests: ScriptDigests) {
        self.bus = bus
        self.lock = lock
        self.digests = digests
    }

    /// From now on calls scripts by text: the server has forgotten them.
    public mutating func forgetDigests() { digests = ScriptDigests() }

    /// Appends the read of the bucket that falls due first, of those that are due: one reply, with its time or with nothing.
    ///
    /// - Parameter now: epoch seconds on Redis' clock.
    public func appendFirstDue(now: Int, to pipeline: inout RedisPipeline) {
        pipeline.append("ZRANGEBYSCORE", bus.delayedSchedule, "-inf", String(now), "LIMIT", "0", "1")
    }

    /// Appends the read of a bucket's first items: one reply.
    ///
    /// - Parameters:
    ///   - time: as it stands in the schedule.
    ///   - count: positive, and at most ``Promotion/mostItems``.
    public func appendItems(at time: String, count: Int, to pipeline: inout RedisPipeline) {
        pipeline.append("LRANGE", bus.delayedPrefix + time, "0", String(count - 1))
    }

    /// Appends a promotion: one reply.
    public func append(_ promotion: Promotion, to pipeline: inout RedisPipeline) {
        let keys =
            [lock.key, bus.delayedSchedule, bus.delayedPrefix + promotion.time, bus.queues, bus.failed]
            + promotion.queues.map(bus.queue)
        let prefix = Array(bus.timestampsPrefix.utf8)
        digests.begin(
            .promote, keys: keys, byteKeys: promotion.items.map { prefix + $0 },
            argumentCount: 4 + promotion.queues.count + 2 * promotion.items.count, in: &pipeline)
        pipeline.argument(lock.value)
        pipeline.argument(promotion.time)
        pipeline.argument(bus.timestampsPrefix)
        pipeline.argument(promotion.items.count)
        promotion.appendFates(to: &pipeline)
    }
}
