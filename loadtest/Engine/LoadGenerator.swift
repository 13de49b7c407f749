import BusProtocol
import BusSession
import BusWire
import Glibc
import LibevExecutor
import RedisConnection

/// Publishes a workload and rides its copies, on one libev loop: one thread, so that no lock or hand-over between the
/// two disturbs the times.
///
/// `LoadGenerator+Publishing.swift` is the open loop, `LoadGenerator+Riding.swift` the subscribers' side; what they see
/// goes into the ``DeliveryLedger`` and, for the phase that is measured, into the ``Measurement``.
actor LoadGenerator {
    /// The connections of one generator, all on its loop and ready.
    struct Connections: Sendable {
        var publisher: RedisConnection
        var riders: RedisConnection
        var control: RedisConnection
    }

    /// Why a generator cannot go on.
    enum Failure: Error, Equatable {
        /// Redis refused a command or went away.
        case redis(Impediment)
        /// The driver ended by itself; the sentence says how.
        case driver(String)
        /// Unacknowledged events fill the memory that the generator allows itself.
        case backpressure
        /// The generator cannot write events as fast as they are due.
        case behind
        /// The user wants an end.
        case interrupted

        var sentence: String {
            switch self {
            case .redis(let impediment): "Redis failed: \(impediment.message)"
            case .driver(let message): message
            case .backpressure: "Redis took events too slowly; too many waited to be sent."
            case .behind: "The load generator fell behind its schedule for good; lower the rate."
            case .interrupted: "It was interrupted."
            }
        }

        /// The load was not what it should have been, so the figures are worthless; nothing broke.
        var invalidates: Bool { self == .backpressure || self == .behind }
    }

    nonisolated let executor: LibevExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let connections: Connections
    let workload: any Workload
    let stamp: EventStamp
    let incoming: String
    /// The place of each rider's list in ``riderQueues``.
    let queueNumbers: [String: Int]

    var ledger: DeliveryLedger
    var measurement = Measurement()
    private(set) var failure: Failure?

    // The open loop.
    lazy var publishTimer: PreciseTimer? = PreciseTimer(executor: executor) { [weak self] in
        self?.assumeIsolated { $0.publishDue() }
    }
    var openLoop: OpenLoop?
    var unacknowledgedBytes = 0
    /// More than this are a Redis that stands still.
    var mostUnacknowledgedBytes = 1 << 28
    /// Kept for their memory.
    var element: [UInt8] = []
    var batch = RedisPipeline()

    // The riders.
    lazy var lookTimer: PreciseTimer? = PreciseTimer(executor: executor) { [weak self] in
        self?.assumeIsolated { $0.look() }
    }
    var riderQueues: [RiderQueue]
    var isRiding = false
    /// When the riders looked last, nanoseconds; nil while they wait for a job.
    var lastLook: Int64?

    init(
        executor: LibevExecutor, connections: Connections, workload: any Workload, stamp: EventStamp, keys: BusKeys,
        incoming: String
    ) {
        self.executor = executor
        self.connections = connections
        self.workload = workload
        self.stamp = stamp
        self.incoming = keys.queue(incoming)
        riderQueues = workload.queues.map { RiderQueue(key: keys.queue($0)) }
        queueNumbers = Dictionary(uniqueKeysWithValues: workload.queues.enumerated().map { (keys.queue($1), $0) })
        ledger = DeliveryLedger(workload)
        for connection in [connections.publisher, connections.riders, connections.control] {
            connection.onLoss { [weak self] error in self?.assumeIsolated { $0.fail(.redis(Impediment(error))) } }
        }
    }

    /// Publishes no more. The first failure counts.
    func fail(_ failure: Failure) {
        if self.failure == nil { self.failure = failure }
        stopPublishing()
    }

    /// Closes the connections. Nothing can be done with the generator then.
    func close() async {
        stopPublishing()
        isRiding = false
        publishTimer = nil
        lookTimer = nil
        for connection in [connections.publisher, connections.riders, connections.control] { await connection.close() }
    }

    /// Sends commands. A refusal or a loss is a failure of the generator.
    ///
    /// - Parameter answered: gets the replies; nil after such a failure.
    func ask(
        _ connection: RedisConnection, _ pipeline: RedisPipeline,
        then answered: @escaping @Sendable (isolated LoadGenerator, RedisReplies?) -> Void
    ) {
        connection.submit(pipeline) { [weak self] result in
            self?.assumeIsolated { generator in
                switch result {
                case .failure(let error):
                    generator.fail(.redis(Impediment(error)))
                    answered(generator, nil)
                case .success(let replies):
                    if let refusal = replies.firstError { generator.fail(.redis(Impediment(.refusal(refusal)))) }
                    answered(generator, replies.firstError == nil ? replies : nil)
                }
            }
        }
    }

    /// The CPU time of this generator's thread so far, in seconds.
    var threadSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
