import BusWire
public import Logging

/// How a ``RiderProcess`` works. Everything has a default, and what the environment says under Resque's names goes
/// before it (``RiderEnvironment``).
public struct RiderOptions: Sendable {
    /// Where Redis is, and the names of the bus. Default: that of ``BusConfiguration/init(redis:)``.
    public var bus: BusConfiguration?
    /// The queues to work on. Default: those of the applications.
    public var queues: QueueSelection?
    /// How many jobs run at once. Default 10.
    public var concurrency = 10
    /// How long a dead rider's jobs wait before another may take them. Default 15 s, at least 500 ms.
    public var lease = Duration.seconds(15)
    /// Work off what is there, then end. Such a process does not wait for a Redis that cannot be used at its start, and
    /// later for one lease. Default false.
    public var drains = false
    /// How long SIGTERM and SIGINT leave to the jobs in hand before their handlers are cancelled and they go back to
    /// their queues; nil for as long as they take. Default 8 s, within the ten that `docker stop` waits.
    public var shutdownDeadline: Duration? = .seconds(8)
    /// Where the process id is written while the process runs. Default: nowhere.
    public var pidFile: String?
    /// After so many jobs the process replaces itself by a new one with the same id and arguments. Default: never.
    public var restartAfterJobs: Int?
    /// The same when the process' resident memory is above so many megabytes (of 1 000 000 bytes). Default: never.
    public var restartAboveMegabytes: Int?
    /// Whether the applications' subscriptions are written to Redis at the start. Default true.
    public var subscribes = true
    /// For operators. Default: label `resque-bus`, by whatever the program has bootstrapped swift-log with.
    public var logger = Logger(label: "resque-bus")

    /// All defaults.
    ///
    /// - Parameters:
    ///   - restartAfterJobs: see there.
    ///   - restartAboveMegabytes: see there.
    public init(restartAfterJobs: Int? = nil, restartAboveMegabytes: Int? = nil) {
        self.restartAfterJobs = restartAfterJobs
        self.restartAboveMegabytes = restartAboveMegabytes
    }
}
