import BusWire
import RedisConnection

/// What becomes of jobs that have ended, in one step (`Scripts/settle_jobs.lua`).
public struct Settlement: Sendable {
    /// Counts the settlements of one incarnation, from 1: the same one twice has one effect.
    public var number: Int
    /// Jobs that count as processed: those that succeeded and those that failed.
    public var processed = 0
    /// Runs that failed.
    public var failed = 0
    /// What leaves the reserved lists; the last batch comes first.
    public var batches: [Batch] = []
    /// Keys of the counters of attempts that end, since their jobs have succeeded.
    public var endedCounters: [String] = []
    /// The runs that failed.
    public var failures: [Failure] = []

    public init(number: Int) { self.number = number }

    /// An entry goes to ``BusKeys/waitingFailures``: it moves on to `failed`, if that is a list.
    public var movesFailures: Bool { failures.contains(where: \.consequence.movesFailures) }

    /// The share of one batch.
    public struct Batch: Sendable {
        public var sequence: Int
        /// Where its jobs came from.
        public var queue: String
        /// How many elements its list has before this settlement.
        public var count: Int
        /// Places of jobs that are done, ascending.
        public var done: [Int]
        /// Places of jobs that go back to the head of their queue, ascending.
        public var back: [Int]

        public init(sequence: Int, queue: String, count: Int, done: [Int], back: [Int]) {
            self.sequence = sequence
            self.queue = queue
            self.count = count
            self.done = done
            self.back = back
        }

        var words: [String] {
            let head = [String(sequence), queue, String(count)]
            let done = done.count == count ? ["all"] : [String(done.count)] + done.map(String.init)
            return head + done + [String(back.count)] + back.map(String.init)
        }
    }

    /// A run that failed.
    public struct Failure: Sendable {
        /// Into `batches`.
        public var batch: Int
        /// In that batch's list.
        public var place: Int
        public var consequence: Consequence

        public init(batch: Int, place: Int, consequence: Consequence) {
            self.batch = batch
            self.place = place
            self.consequence = consequence
        }

        var wordCount: Int {
            4 + 2 * consequence.writes.count + consequence.commands.count + consequence.commands.wordCount
        }

        func append(firstKey: Int, to pipeline: inout RedisPipeline) {
            pipeline.argument(batch + 1)
            pipeline.argument(place)
            pipeline.argument(consequence.writes.count)
            for (offset, write) in consequence.writes.enumerated() {
                pipeline.argument(firstKey + offset)
                pipeline.argument(write.type)
            }
            pipeline.argument(consequence.commands.count)
            pipeline.arguments(ofCommandsIn: consequence.commands)
        }
    }

    /// What a failed run leads to: commands, and what they need the keys to be.
    public struct Consequence: Sendable {
        /// A key that is written to, and the type that it must have if it exists.
        public struct Write: Sendable {
            public let key: String
            let type: String
            /// What to call the key in messages: without the job that some keys hold.
            public let shownKey: String

            init(key: String, type: String, shownKey: String? = nil) {
                self.key = key
                self.type = type
                self.shownKey = shownKey ?? key
            }
        }

        public private(set) var writes: [Write] = []
        /// An entry goes to ``BusKeys/waitingFailures``: it moves on to `failed`, if that is a list.
        public private(set) var movesFailures = false
        private(set) var commands = RedisPipeline()

        public init() {}

        /// How long its commands are.
        public var byteCount: Int { commands.byteCount }

        /// The job goes to the tail of a queue.
        public mutating func push(_ element: [UInt8], to queue: String, bus: BusKeys) {
            commands.appendPush([element], to: queue, bus: bus)
            writes += [Write(key: bus.queue(queue), type: "list"), Write(key: bus.queues, type: "set")]
        }

        /// The job waits until an epoch second.
        public mutating func delay(_ element: [UInt8], until time: Int, bus: BusKeys) {
            commands.appendDelayed(element, until: time, bus: bus)
            writes += [
                Write(key: bus.delayed(time), type: "list"), Write(key: bus.delayedSchedule, type: "zset"),
                Write(
                    key: bus.timestamps(String(decoding: element, as: UTF8.self)), type: "set",
                    shownKey: bus.timestamps("<the job>")),
            ]
        }

        /// An entry of `failed`.
        public mutating func fail(_ entry: [UInt8], bus: BusKeys) {
            commands.begin(argumentCount: 3)
            commands.argument("RPUSH")
            commands.argument(bus.waitingFailures)
            entry.withUnsafeBytes { commands.argument(bytes: $0) }
            writes.append(Write(key: bus.waitingFailures, type: "list"))
            movesFailures = true
        }

        /// A key gets a value, for so many seconds or for good.
        public mutating func set(_ key: String, to value: [UInt8], seconds: Int? = nil) {
            commands.begin(argumentCount: seconds == nil ? 3 : 5)
            commands.argument("SET")
            commands.argument(key)
            value.withUnsafeBytes { commands.argument(bytes: $0) }
            if let seconds {
                commands.argument("EX")
                commands.argument(seconds)
            }
        }

        /// A key goes.
        public mutating func delete(_ key: String) {
            commands.append("DEL", key)
        }
    }
}
