package import BusWire
import RedisConnection

/// What becomes of jobs that have ended, in one step (`settle_jobs.lua`).
package struct Settlement: Sendable {
    /// Counts the settlements of one incarnation, from 1: the same one twice has one effect.
    package var number: Int
    /// Jobs that count as processed: those that succeeded and those that failed.
    package var processed = 0
    /// Runs that failed.
    package var failed = 0
    /// What leaves the reserved lists; the last batch comes first.
    package var batches: [Batch] = []
    /// Keys of the counters of attempts that end, since their jobs have succeeded.
    package var endedCounters: [String] = []
    /// The runs that failed.
    package var failures: [Failure] = []

    package init(number: Int) { self.number = number }

    /// An entry goes to ``BusKeys/waitingFailures``: it moves on to `failed`, if that is a list.
    package var movesFailures: Bool { failures.contains(where: \.consequence.movesFailures) }

    /// The share of one batch.
    package struct Batch: Sendable {
        package var sequence: Int
        /// Where its jobs came from.
        package var queue: String
        /// How many elements its list has before this settlement.
        package var count: Int
        /// Places of jobs that are done, ascending.
        package var done: [Int]
        /// Places of jobs that go back to the head of their queue, ascending.
        package var back: [Int]

        package init(sequence: Int, queue: String, count: Int, done: [Int], back: [Int]) {
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
    package struct Failure: Sendable {
        /// Into `batches`.
        package var batch: Int
        /// In that batch's list.
        package var place: Int
        package var consequence: Consequence

        package init(batch: Int, place: Int, consequence: Consequence) {
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
    package struct Consequence: Sendable {
        /// A key that is written to, and the type that it must have if it exists.
        package struct Write: Sendable {
            package let key: String
            let type: String
            /// What to call the key in messages: without the job that some keys hold.
            package let shownKey: String

            init(key: String, type: String, shownKey: String? = nil) {
                self.key = key
                self.type = type
                self.shownKey = shownKey ?? key
            }
        }

        package private(set) var writes: [Write] = []
        /// An entry goes to ``BusKeys/waitingFailures``: it moves on to `failed`, if that is a list.
        package private(set) var movesFailures = false
        private(set) var commands = RedisPipeline()

        package init() {}

        /// How long its commands are.
        package var byteCount: Int { commands.byteCount }

        /// The job goes to the tail of a queue.
        package mutating func push(_ element: [UInt8], to queue: String, bus: BusKeys) {
            commands.appendPush([element], to: queue, bus: bus)
            writes += [Write(key: bus.queue(queue), type: "list"), Write(key: bus.queues, type: "set")]
        }

        /// The job waits until an epoch second.
        package mutating func delay(_ element: [UInt8], until time: Int, bus: BusKeys) {
            commands.appendDelayed(element, until: time, bus: bus)
            writes += [
                Write(key: bus.delayed(time), type: "list"), Write(key: bus.delayedSchedule, type: "zset"),
                Write(
                    key: bus.timestamps(String(decoding: element, as: UTF8.self)), type: "set",
                    shownKey: bus.timestamps("<the job>")),
            ]
        }

        /// An entry of `failed`.
        package mutating func fail(_ entry: [UInt8], bus: BusKeys) {
            commands.begin(argumentCount: 3)
            commands.argument("RPUSH")
            commands.argument(bus.waitingFailures)
            entry.withUnsafeBytes { commands.argument(bytes: $0) }
            writes.append(Write(key: bus.waitingFailures, type: "list"))
            movesFailures = true
        }

        /// A key gets a value, for so many seconds or for good.
        package mutating func set(_ key: String, to value: [UInt8], seconds: Int? = nil) {
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
        package mutating func delete(_ key: String) {
            commands.append("DEL", key)
        }
    }
}
