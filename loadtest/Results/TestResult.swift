/// What a test found out: `result.json`. All times are in seconds unless a name says otherwise.
struct TestResult: Codable, Sendable {
    /// Grows when a reader of older files would misread this one.
    static let currentSchema = 1

    var schema = Self.currentSchema
    var command: Command
    /// ISO 8601, UTC.
    var startedAt: String
    /// `busdriver --version` of the build.
    var version: String
    /// What was tested, as given: the command, or `external`.
    var driver: String
    /// The command line after the program's name, so that a reader can repeat the test.
    var arguments: [String] = []
    var host: HostReport
    var redis: RedisReport
    var scenario: Scenario
    var calibration: Calibration?
    /// One for each repeat; for a search one for each probe, in order.
    var runs: [RunResult] = []
    /// `saturate`: what the search found; nil else.
    var saturation: Saturation?
    /// `soak`: what the slopes say; nil else.
    var soak: SoakReport?
    /// What must hold, and whether it did.
    var checks: [Check] = []
    /// What a reader should know first, in sentences.
    var warnings: [String] = []
    var outcome = Outcome.completed

    enum Command: String, Codable, Sendable {
        case run, saturate, drain, soak
    }

    /// How the test ended, which decides the exit code.
    enum Outcome: String, Codable, Sendable {
        /// It measured what it wanted to.
        case completed
        /// A threshold did not hold (exit code 2).
        case thresholdMissed
        /// Copies were lost, doubled or misrouted (3).
        case incorrect
        /// The load generator or the machine spoiled it (4).
        case invalid
        /// The driver or Redis went away in between (1).
        case failed
        /// The user ended it (130).
        case interrupted
    }
}

/// Where a test ran.
struct HostReport: Codable, Hashable, Sendable {
    var cpu: String
    var cores: Int
    var kernel: String
    var memoryBytes: Int
    /// The CPU frequency governor; nil where the system does not tell.
    var governor: String?
    /// The load average of the last minute at the start.
    var loadAverage: Double
}

/// The Redis of a test.
struct RedisReport: Codable, Hashable, Sendable {
    var version: String
    /// `unix socket`, `TCP on this host` or `TCP`.
    var transport: String
    /// `off`, `everysec`, `always` or `no`.
    var appendOnly: String
    var maxmemoryPolicy: String
    /// Started by the test for itself.
    var isPrivate: Bool
}

/// What this machine and this Redis can do, without any driver.
struct Calibration: Codable, Hashable, Sendable {
    /// PINGs a second on one connection, one at a time.
    var roundTripsPerSecond: Double
    /// The median of such a round trip.
    var roundTripMedianMicroseconds: Double
    /// Events a second that Redis takes by pipelined RPUSH, one event a command.
    var pushesPerSecond: Double
    /// Jobs a second that riders take by LPOP with a count of 512.
    var popsPerSecond: Double
    /// How often a second a fixed piece of computation ran on one core.
    var computeScore: Double
}

/// One measured stretch of time with one driver.
struct RunResult: Codable, Sendable {
    /// For people: `repeat 2`, `probe at 40000/s`.
    var label: String
    var seed: UInt64
    /// The event rate that was asked for, per second; for a curve its mean.
    var offeredRate: Double
    /// Events that left the incoming list, per second of the measured time.
    var achievedRate: Double
    /// The measured time.
    var seconds: Double
    var counts: Counts
    /// Latencies in order of the stages, each counted from the intended time of the event.
    var stages: [StageResult]
    /// The last stage counted from the moment at which the event was really written: what a closed loop would have
    /// shown.
    var uncorrected: LatencyResult
    /// How late the generator itself was: written − intended.
    var sendLag: LatencyResult
    /// Why these figures mean nothing; empty for a valid run.
    var invalid: [String] = []
    /// What ended the run early, such as a driver that died; nil for a run that went to its end.
    var problem: String?
    var driverUse: ProcessUse?
    var redisUse: ProcessUse?
    var generatorUse: ProcessUse
    /// Share of the measured time for which the generator's thread was busy.
    var generatorBusy: Double
    /// Calls of each command as Redis counted them in the measured time, its clients all together.
    var redisCommands: [String: Int] = [:]
    var redisInputBytes = 0
    var redisOutputBytes = 0
    /// One for each second.
    var series: [SecondSample] = []
    /// Mean time between two looks of the riders, in microseconds: what a pop may be late by at most.
    var riderQuantumMicroseconds = 0.0
}

/// Sums over a whole repeat, warm-up included: correctness knows no warm-up.
struct Counts: Codable, Hashable, Sendable {
    var published = 0
    var expectedCopies = 0
    var arrivedCopies = 0
    /// Copies that never came, though their event is gone from the incoming list.
    var lost = 0
    /// Copies that came more than once.
    var doubled = 0
    /// Copies on a queue that should not have got them.
    var misrouted = 0
    /// Copies that came after a copy of a later event on the same queue.
    var outOfOrder = 0
    /// Events that were still on the incoming list at the end: the driver was too slow.
    var waiting = 0
    /// Elements that were no events, and how many of them ended in `failed`.
    var malformed = 0
    var malformedKept = 0
    /// Well-formed events that ended in `failed`.
    var failed = 0

    var isCorrect: Bool { lost == 0 && doubled == 0 && misrouted == 0 && malformedKept >= malformed }
}

/// How far an event had come.
enum Stage: String, Codable, CaseIterable, Sendable {
    /// Redis acknowledged the RPUSH.
    case published
    /// A copy was seen on the subscriber's queue.
    case queued
    /// A rider popped it.
    case popped
}

struct StageResult: Codable, Sendable {
    var stage: Stage
    var latency: LatencyResult
}

/// A distribution of times.
struct LatencyResult: Sendable {
    var count: Int
    /// Microseconds: value and how often, ascending; values are accurate to three digits.
    var buckets: [Bucket]
    /// Microseconds.
    var mean: Double
    /// Microseconds.
    var max: Double

    struct Bucket: Hashable, Sendable {
        var microseconds: Double
        var count: Int
    }
}

/// What a process used in the measured time.
struct ProcessUse: Codable, Hashable, Sendable {
    /// User and system time.
    var cpuSeconds: Double
    var peakMemoryBytes: Int
    var contextSwitches: Int
}

/// One second of a run.
struct SecondSample: Codable, Sendable {
    /// Since the measuring began. The series goes on while the rest is awaited.
    var second: Int
    var intended: Int
    var published: Int
    /// Copies popped by riders, of the warm-up's events too.
    var popped: Int
    /// Events on the incoming list at the end of the second.
    var backlog: Int
    /// Latencies of the copies of events intended in this second, to the last stage, microseconds; nil without any.
    var p50: Double?
    var p99: Double?
    var max: Double?
    /// The same as counts for a picture: bucket b holds latencies from 10 · 2^(b/2) µs, the first also all below.
    var heat: [Int] = []
    /// Cores in use, 0 to the number of cores.
    var driverCPU: Double?
    var redisCPU: Double?
    var driverMemoryBytes: Int?
    var driverDescriptors: Int?
}

/// The highest rate that a driver sustained.
struct Saturation: Codable, Sendable {
    /// Events a second: median and range of the confirming runs.
    var rate: Double
    var lowest: Double
    var highest: Double
    /// The bound on p99 of the last stage, microseconds.
    var bound: Double
    /// For each probe in order: rate, and why it failed; nil if it held.
    var probes: [Probe]
    /// Latencies at shares of the saturation.
    var table: [LoadPoint]
    /// The other driver of the same run, such as the ceiling; nil without one.
    var beside: Beside?

    struct Probe: Codable, Sendable {
        var rate: Double
        var failure: String?
    }

    struct LoadPoint: Codable, Sendable {
        /// 0.25, 0.5, 0.75, 0.9
        var share: Double
        var rate: Double
        /// Of the last stage.
        var latency: LatencyResult
        /// The other driver at the same rate.
        var besideLatency: LatencyResult?
    }

    struct Beside: Codable, Sendable {
        var driver: String
        var rate: Double
        var lowest: Double
        var highest: Double
        var probes: [Probe]
    }
}

/// What a long run shows over time.
struct SoakReport: Codable, Sendable {
    /// Bytes a minute, with a 95 % interval.
    var memorySlope: Slope
    var descriptorSlope: Slope
    /// p99 of the last third divided by that of the first.
    var latencyGrowth: Double

    struct Slope: Codable, Sendable {
        var perMinute: Double
        var low: Double
        var high: Double
    }
}

/// A condition and whether it held.
struct Check: Codable, Hashable, Sendable {
    /// As the user wrote it.
    var condition: String
    /// What was measured, for people.
    var measured: String
    var holds: Bool
}
