import LibevExecutor
import RedisConnection

/// Looks ten times a second at the length of the incoming list, and once a second at what driver and Redis use; tells
/// the progress of a trial.
actor Sampler {
    /// The incoming list at one moment.
    struct Backlog: Sendable {
        /// Monotonic nanoseconds.
        var time: Int64
        var events: Int
    }

    /// What the processes had used by one moment.
    struct Usage: Sendable {
        /// Monotonic nanoseconds.
        var time: Int64
        var driver: ProcessReading?
        var redis: ProcessReading?
    }

    nonisolated let executor: LibevExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private static let looksPerSecond = 10

    private let generator: LoadGenerator
    private let driver: ProcessMeter?
    private let redis: ProcessMeter?
    private let progress: Progress
    private var timer: LoopTimer?
    private var line = ProgressLine(phase: "", second: 0)
    private var looks = 0
    /// Counts the phases: what was read in another one does not belong to this.
    private var phase = 0

    private(set) var backlog: [Backlog] = []
    /// The first at the start, then about one a second.
    private(set) var usage: [Usage] = []

    init(_ generator: LoadGenerator, driver: ProcessMeter?, redis: ProcessMeter?, progress: Progress) {
        executor = generator.executor
        self.generator = generator
        self.driver = driver
        self.redis = redis
        self.progress = progress
    }

    /// Forgets what was, and looks until the next phase or ``stop()``.
    ///
    /// - Parameter seconds: how long the phase takes; nil where nobody knows.
    func begin(_ phase: String, seconds: Double? = nil) {
        stop()
        backlog = []
        usage = []
        looks = 0
        self.phase += 1
        noteUsage()
        line = ProgressLine(phase: phase, second: 0, seconds: seconds.map { Int($0.rounded()) })
        progress.show(line)
        look()
        timer = executor.schedule(
            after: .milliseconds(1000 / Self.looksPerSecond), repeating: .milliseconds(1000 / Self.looksPerSecond)
        ) { [weak self] in self?.assumeIsolated { $0.look() } }
    }

    /// What the processes have used by now. To ask the system takes milliseconds, for which the loop must not stand
    /// still.
    @concurrent nonisolated func read() async -> Usage {
        Usage(time: Int64(MonotonicTime.now), driver: driver?.read(), redis: redis?.read())
    }

    private func noteUsage() {
        Task { [phase] in
            let reading = await read()
            if phase == self.phase { usage.append(reading) }
        }
    }

    func stop() {
        timer?.cancel()
        timer = nil
    }

    private func look() {
        generator.connections.control.submit(RedisPipeline("LLEN", generator.incoming)) { [weak self] result in
            guard case .success(let replies) = result, let length = replies[0].integer else { return }
            self?.assumeIsolated { $0.looked(length) }
        }
    }

    private func looked(_ length: Int) {
        backlog.append(Backlog(time: Int64(MonotonicTime.now), events: length))
        defer { looks += 1 }
        guard looks > 0, looks % Self.looksPerSecond == 0 else { return }
        noteUsage()
        line.second += 1
        line.backlog = length
        let latest = generator.assumeIsolated { $0.measurement.seconds.dropLast().last }
        line.rate = latest.map { Double($0.published) }
        line.p50 = latest?.percentile(50)
        line.p99 = latest?.percentile(99)
        progress.show(line)
    }
}
