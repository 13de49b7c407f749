import BusWire
import RedisConnection

/// What becomes of the first items of one bucket of delayed jobs, in one step (`Scripts/promote.lua`).
public struct Promotion: Sendable {
    /// The most items of one promotion.
    public static let mostItems = 1000

    /// The bucket's time as it stands in `delayed_queue_schedule`.
    public let time: String
    /// The items as they were read, from the head of the bucket on.
    public let items: [[UInt8]]
    /// The queues that are pushed to, each once, in the order of their first item.
    public private(set) var queues: [String] = []
    /// How many items go to `failed`.
    public private(set) var failed = 0
    private var fates: [Fate] = []

    private enum Fate {
        /// Into `queues`.
        case push(Int, DelayedItem.Element)
        /// The entry of `failed`.
        case fail([UInt8])
    }

    /// - Parameters:
    ///   - items: from the head of the bucket on, byte for byte; none means that the empty bucket's time shall leave the schedule.
    ///   - time: the bucket's time as it stands in the schedule.
    ///   - unusable: queues that are no lists: their items go to `failed`.
    ///   - worker: who writes the entries of `failed`, as a Resque worker id.
    ///   - now: epoch seconds, for these entries.
    /// - Precondition: there are at most ``mostItems``.
    public init(
        of items: [[UInt8]], at time: String, unusable: Set<ExactString> = [], worker: String, now: Int
    ) {
        precondition(items.count <= Self.mostItems, "A promotion moves at most \(Self.mostItems) items.")
        self.time = time
        self.items = items
        fates.reserveCapacity(items.count)
        var places: [ExactString: Int] = [:]
        for item in items {
            var queue = ""
            do throws(Poison) {
                let job = try DelayedItem(item)
                queue = job.queue
                guard !unusable.contains(ExactString(queue)) else { throw .notAQueue(queue) }
                let place = places[ExactString(queue)] ?? queues.count
                if place == queues.count {
                    places[ExactString(queue)] = place
                    queues.append(queue)
                }
                fates.append(.push(place, job.element))
            } catch {
                let entry = FailureEntry(
                    failedAt: now, exception: error.exception, message: error.message, worker: worker, queue: queue)
                fates.append(.fail(item.withUnsafeBytes { entry.encoded(for: $0) }))
                failed += 1
            }
        }
    }

    /// The words of the script from the names of the queues on.
    func appendFates(to pipeline: inout RedisPipeline) {
        for queue in queues { pipeline.argument(queue) }
        for fate in fates {
            switch fate {
            case .push(let place, .beginning(let byteCount)):
                pipeline.argument(place + 1)
                pipeline.argument(byteCount)
            case .push(let place, .rewritten(let bytes)):
                pipeline.argument(-place - 1)
                bytes.withUnsafeBytes { pipeline.argument(bytes: $0) }
            case .fail(let entry):
                pipeline.argument(0)
                entry.withUnsafeBytes { pipeline.argument(bytes: $0) }
            }
        }
    }
}

extension Poison {
    fileprivate static func notAQueue(_ name: String) -> Poison {
        Poison(
            exception: "Redis::CommandError",
            message: "queue:\(name.abbreviated) is not a list; rename or delete that key")
    }
}

/// What the promotion script said (see `Scripts/promote.lua`).
public enum PromotionAnswer: Sendable, Equatable {
    /// The items have moved; so many are left in the bucket.
    case promoted(left: Int)
    /// The caller does not lead: nothing was moved.
    case notLeader
    /// The bucket does not begin with these items any more: nothing was moved.
    case changed
    /// Nothing was moved, since keys are no lists: those of these queues, by their place in ``Promotion/queues``, and perhaps
    /// `failed`.
    case unusable(queues: [Int], failed: Bool)
    /// Redis refused; nothing was moved.
    case refused(RedisErrorReply)

    /// Reads the script's reply.
    public init(_ reply: RedisReply) {
        if let refusal = reply.errorReply {
            self = .refused(refusal)
            return
        }
        let words = reply.elements
        switch words.first?.string {
        case "OK": self = .promoted(left: words[1].integer ?? 0)
        case "CHANGED": self = .changed
        case "WRONGTYPE":
            let numbers = words.dropFirst().compactMap(\.integer)
            self = .unusable(queues: numbers.filter { $0 > 0 }.map { $0 - 1 }, failed: numbers.contains(0))
        default: self = .notLeader
        }
    }
}
