/// Whether a published event stays in this process: for tests, consoles, and machines without a driver (contract §5).
///
/// Events for later (`publish(_:_:at:)`) and jobs (`enqueue`) go to Redis in every mode but ``transport(_:)``.
public enum LocalMode: Sendable {
    /// Events go to Redis, as in production.
    case off
    /// Events go nowhere.
    case suppress
    /// Events are matched with what this process has declared, and the jobs pushed to the subscribers' queues. Needs
    /// Redis and riders, but no driver.
    case standalone
    /// Events are matched with what this process has declared, and handed to the closure before `publish` returns, one
    /// subscription after the other. Needs no Redis. What the closure throws, `publish` throws.
    case inline(deliver: @Sendable (LocalDelivery) async throws -> Void)
    /// Everything that would be pushed to a queue is handed to something that stands for Redis, byte for byte: events
    /// and jobs, for now and for later. This is how ResqueBusTesting's `TestBus` works.
    case transport(LocalTransport)

    /// What stands for Redis, if anything does.
    var transport: LocalTransport? { if case .transport(let transport) = self { transport } else { nil } }
}

/// Something that takes elements instead of Redis, and its clock.
public struct LocalTransport: Sendable {
    /// An element on its way to a queue.
    public struct Element: Sendable {
        /// As Redis would get it.
        public let bytes: [UInt8]
        /// The queue, without namespace and `queue:`.
        public let queue: String
        /// The epoch second until which it waits, in the shape of delayed elements (contract §7); nil for now.
        public let time: Int?
        /// Of a job that is enqueued once, how long it is remembered.
        public let memory: Duration?

        package init(bytes: [UInt8], queue: String, time: Int? = nil, memory: Duration? = nil) {
            self.bytes = bytes
            self.queue = queue
            self.time = time
            self.memory = memory
        }
    }

    /// A view of what waits in it for its time.
    public struct Delayed: Sendable {
        /// All of it, soonest first; of one second in the order in which it came.
        public var all: @Sendable () async -> [Element]
        /// Takes out such elements, each of them once, and puts them on their queues when the second argument says so;
        /// returns how many there were.
        public var take: @Sendable (_ elements: [Element], _ runs: Bool) async -> Int

        public init(
            all: @escaping @Sendable () async -> [Element],
            take: @escaping @Sendable (_ elements: [Element], _ runs: Bool) async -> Int
        ) {
            self.all = all
            self.take = take
        }
    }

    /// The clock in epoch seconds; it holds instead of ``BusConfiguration/now``.
    public var now: @Sendable () -> Int
    /// Takes an element; false for a job that is remembered and so was not pushed again.
    public var push: @Sendable (Element) async -> Bool
    /// What ``Bus/delayed`` looks at; nil makes it throw.
    public var delayed: Delayed?

    public init(
        now: @escaping @Sendable () -> Int, push: @escaping @Sendable (Element) async -> Bool,
        delayed: Delayed? = nil
    ) {
        self.now = now
        self.push = push
        self.delayed = delayed
    }
}

/// An event on its way to one subscription of this process.
public struct LocalDelivery: Sendable {
    /// The application, normalised.
    public let application: String
    /// The subscription's key.
    public let key: String
    /// The subscription's queue, normalised.
    public let queue: String
    /// The class that a Ruby rider would run.
    public let className: String
    /// What a rider would get: the event as it comes out of JSON, and the driver's `bus_driven_at` and `bus_rider_*`.
    public let attributes: EventAttributes
}
