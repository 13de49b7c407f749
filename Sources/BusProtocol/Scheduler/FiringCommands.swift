package import BusWire
package import RedisConnection

/// Writes the commands by which a leading scheduler fires recurring jobs (`fire.lua`, `note_firing.lua`). It decides
/// nothing and sends nothing.
package struct FiringCommands: Sendable {
    /// One firing of one schedule, and what it pushes.
    package struct Firing: Sendable {
        /// Of the schedule.
        package var name: String
        /// The time at which the schedule falls due, in milliseconds since 1970.
        package var time: Int
        /// What is noted behind the time: what it follows from.
        package var behind: String
        /// What is noted of the schedule until then; empty for nothing.
        package var old: String
        /// Without namespace and `queue:`.
        package var queue: String
        /// `{"class":…,"args":[…]}`
        package var element: [UInt8]

        package init(
            name: String, time: Int, behind: String, old: String, queue: String, element: [UInt8]
        ) {
            self.name = name
            self.time = time
            self.behind = behind
            self.old = old
            self.queue = queue
            self.element = element
        }
    }

    private let bus: BusKeys
    private let lock: SchedulerLock.Identity
    private var digests: ScriptDigests

    /// - Parameters:
    ///   - bus: the namespace.
    ///   - lock: what the leader holds while it leads.
    ///   - digests: of the two scripts.
    package init(bus: BusKeys, lock: SchedulerLock.Identity, digests: ScriptDigests) {
        self.bus = bus
        self.lock = lock
        self.digests = digests
    }

    /// From now on calls scripts by text: the server has forgotten them.
    package mutating func forgetDigests() { digests = ScriptDigests() }

    /// Appends one firing: one reply, a ``LeaderAnswer``.
    ///
    /// - Parameter enqueued: epoch seconds, which resque-web shows as the time of the last firing.
    package func append(_ firing: Firing, enqueued: Int, to pipeline: inout RedisPipeline) {
        digests.begin(
            .fire, keys: [lock.key, bus.scheduleFirings, bus.queues, bus.queue(firing.queue), bus.lastEnqueuedAt],
            argumentCount: 8, in: &pipeline)
        pipeline.argument(lock.value)
        pipeline.argument(firing.name)
        pipeline.argument(firing.time)
        pipeline.argument(firing.behind)
        pipeline.argument(firing.queue)
        firing.element.withUnsafeBytes { pipeline.argument(bytes: $0) }
        pipeline.argument(CivilTime(epoch: enqueued).rubyText)
        pipeline.argument(firing.old)
    }

    /// Appends a note of where a schedule stands: one reply, a ``LeaderAnswer``.
    ///
    /// - Parameters:
    ///   - name: of the schedule.
    ///   - state: what to note.
    ///   - old: what was noted when this was decided; empty for nothing.
    package func appendNote(_ name: String, state: String, old: String, to pipeline: inout RedisPipeline) {
        digests.append(
            .noteFiring, keys: [lock.key, bus.scheduleFirings], arguments: [lock.value, name, old, state],
            to: &pipeline)
    }
}
