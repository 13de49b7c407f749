import BusWire
import ResqueBus

/// Redis' part: queues, jobs that wait for their time, and counters of attempts.
actor MemoryQueues {
    /// Something that waits in `delayed:<epoch>`.
    struct Waiting: Sendable {
        var second: Int
        var queue: String
        var bytes: [UInt8]
    }

    private let clock: ManualClock
    private let incoming: String
    private var queues: [ExactString: [[UInt8]]] = [:]
    /// By time; those of one second in the order in which they came.
    private(set) var waiting: [Waiting] = []
    /// By the name of their key.
    private(set) var attempts: [String: Int] = [:]
    /// Every event that came onto the incoming list.
    private(set) var published: [EventAttributes] = []
    /// Until when a job that was enqueued once is remembered.
    private var remembered: [[UInt8]: Int] = [:]

    init(clock: ManualClock, incoming: String) {
        self.clock = clock
        self.incoming = incoming
    }

    /// Takes what a ``Bus`` would send to Redis.
    func take(_ element: LocalTransport.Element) -> Bool {
        if let memory = element.memory, !remember(element.bytes, of: element.queue, for: memory) { return false }
        if let time = element.time {
            wait(Waiting(second: time, queue: element.queue, bytes: element.bytes))
        } else {
            push(element.bytes, to: element.queue)
        }
        return true
    }

    private func remember(_ bytes: [UInt8], of queue: String, for duration: Duration) -> Bool {
        let key = Array(queue.utf8) + [0] + bytes
        if let end = remembered[key], clock.now < end { return false }
        let (seconds, rest) = duration.components
        remembered[key] = clock.now + Int(seconds) + (rest > 0 ? 1 : 0)
        return true
    }

    func elements(of queue: String) -> [[UInt8]] { queues[ExactString(queue)] ?? [] }

    func push(_ bytes: [UInt8], to queue: String) {
        queues[ExactString(queue), default: []].append(bytes)
        if queue == incoming, let event = Self.event(in: bytes) { published.append(event) }
    }

    /// The event that an element of the incoming list publishes at once.
    private static func event(in bytes: [UInt8]) -> EventAttributes? {
        guard let text = JobPayload(parsing: bytes)?.arguments.first?.string,
            let members = try? JSONValue.parse(text).members,
            members.contains(JSONMember("bus_class_proxy", "QueueBus::Driver"))
        else { return nil }
        return EventAttributes(members: members.filter { $0.key != "bus_class_proxy" })
    }

    /// The first element of the first queue that has one.
    func pop(from names: [String]) -> (queue: String, bytes: [UInt8])? {
        for name in names {
            if let first = queues[ExactString(name)]?.first {
                queues[ExactString(name)]?.removeFirst()
                return (name, first)
            }
        }
        return nil
    }

    func wait(_ item: Waiting) {
        let place = waiting.firstIndex { $0.second > item.second } ?? waiting.endIndex
        waiting.insert(item, at: place)
    }

    /// Pushes what has fallen due.
    func promote() {
        while let first = waiting.first, first.second <= clock.now {
            waiting.removeFirst()
            run(first)
        }
    }

    /// Takes out what waits, each element once.
    ///
    /// - Parameter runs: whether it goes to its queue instead.
    /// - Returns: how many there were.
    func takeWaiting(_ elements: [LocalTransport.Element], runs: Bool) -> Int {
        var count = 0
        for element in elements {
            let place = waiting.firstIndex { $0.second == element.time && $0.bytes == element.bytes }
            guard let place else { continue }
            let item = waiting.remove(at: place)
            if runs { run(item) }
            count += 1
        }
        return count
    }

    /// Pushes an item as a scheduler writes it: without the member `queue` (contract §7).
    private func run(_ item: Waiting) {
        let job = JobPayload(parsing: item.bytes).flatMap { try? $0.encoded() }
        push(job ?? item.bytes, to: item.queue)
    }

    func setAttempts(_ key: String, to number: Int?) { attempts[key] = number }
}
