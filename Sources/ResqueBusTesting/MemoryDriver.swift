import BusMatching
import BusWire

/// The driver's part: what becomes of one element of the incoming list, by the code of the real driver.
///
/// Confined to its ``TestBus``.
final class MemoryDriver {
    /// What an element leads to.
    struct Outcome {
        /// Jobs, and the queue of each.
        var jobs: [(queue: String, bytes: [UInt8])] = []
        /// Elements for the incoming list.
        var events: [[UInt8]] = []
        /// What goes to `failed`, and why.
        var failures: [(poison: Poison, queue: String, bytes: [UInt8])] = []
    }

    private let subscriptions: [Subscription]
    private let index: SubscriptionIndex
    private let templates: JobTemplates
    private let scan = EventScan()
    private let scratch = MatchScratch()
    private let buffer = JobBuffer()
    private let uuid: @Sendable () -> String
    private let host: String
    private let incoming: String
    /// The last epoch minute of which a heartbeat was published.
    private var heartbeatMinute: Int?

    init(subscriptions: [Subscription], incoming: String, host: String, uuid: @escaping @Sendable () -> String) {
        self.subscriptions = subscriptions
        index = SubscriptionIndex(subscriptions: subscriptions)
        templates = JobTemplates(subscriptions: subscriptions)
        self.incoming = incoming
        self.host = host
        self.uuid = uuid
    }

    func drive(_ element: [UInt8], at now: Int) -> Outcome {
        element.withUnsafeBytes { bytes in
            switch scan.scan(bytes) {
            case .event: copies(at: now)
            case .publisher:
                Outcome(events: [
                    written { scan.appendPublishedEvent(now: now, uuid: uuid(), hostname: host, to: $0) }
                ])
            case .heartbeat: Outcome(events: heartbeats(at: now))
            case .poison(let poison): Outcome(failures: [(poison, incoming, element)])
            }
        }
    }

    private func copies(at now: Int) -> Outcome {
        scratch.beginBatch()
        index.match(scan, using: scratch)
        var outcome = Outcome()
        for match in scratch.matches {
            outcome.jobs.append((subscriptions[Int(match)].queue, copy(for: Int(match), at: now)))
        }
        for undecided in scratch.undecided {
            let poison = Poison(
                exception: "BusDriver::UndecidedMatch",
                message: "the regular expression \(undecided.filter) \(undecided.reason)")
            let queue = subscriptions[undecided.subscription].queue
            outcome.failures.append((poison, queue, copy(for: undecided.subscription, at: now)))
        }
        return outcome
    }

    private func copy(for subscription: Int, at now: Int) -> [UInt8] {
        written { templates.appendJob(subscription, of: scan, drivenAt: now, to: $0) }
    }

    /// Minute, hour and so on are those of UTC.
    private func heartbeats(at now: Int) -> [[UInt8]] {
        let plan = BusHeartbeatPlan(now: now, lock: nil, timestamp: heartbeatMinute.map(String.init))
        heartbeatMinute = plan.timestampAfter ?? heartbeatMinute
        return plan.minutes.map {
            PublishedEvent.heartbeatElement(epochMinute: $0, now: now, uuid: uuid(), hostname: host) { _ in 0 }
        }
    }

    private func written(_ write: (JobBuffer) -> Void) -> [UInt8] {
        buffer.removeAll()
        write(buffer)
        return buffer.withOnlyJob { Array($0) } ?? []
    }
}
