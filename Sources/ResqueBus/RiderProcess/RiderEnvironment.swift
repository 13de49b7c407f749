import BusRider
import BusWire
import RedisConnection

/// What the environment asks of a rider, under the names that Resque's workers know.
///
/// | variable | meaning | |---|---| | `QUEUES`, else `QUEUE` | what ``QueueSelection`` reads; default: the queues of
/// the applications | | `COUNT` | jobs at once | | `INTERVAL` | seconds after which an idle rider looks at its queues
/// although nothing woke it; 0 ends when they are empty | | `PIDFILE` | where the process id is written | |
/// `REDIS_URL`, `REDIS_PASSWORD`, `RESQUE_NAMESPACE` | where Redis is, its password if the URL has none, what its keys
/// begin with (empty: nothing) | | `LOGGING`, `VERBOSE`; `VVERBOSE` | log at level debug; trace | |
/// `RESQUE_PRE_SHUTDOWN_TIMEOUT`, `RESQUE_TERM_TIMEOUT` | seconds; SIGTERM drains for their sum | | `GRACEFUL_TERM` |
/// SIGTERM drains without a deadline, as SIGQUIT does | | `FAILURE_BACKEND` | `redis`, `redis_multi_queue`: in which
/// lists failures are kept; default: the ones in use | | `TERM_CHILD`, `FORK_PER_JOB=false` | understood; a rider does
/// so anyway |
///
/// Other names of Resque's are warned about. A switch is on unless it is empty, `0`, `false`, `no` or `off`; in Ruby
/// any text turns most of them on.
public struct RiderEnvironment: Sendable {
    /// `QUEUES` or `QUEUE`.
    public private(set) var queues: QueueSelection?
    /// `COUNT`
    public private(set) var concurrency: Int?
    /// `INTERVAL`, if it is more than 0.
    public private(set) var interval: Duration?
    /// `INTERVAL=0`: end when the queues are empty.
    public private(set) var drains = false
    /// `PIDFILE`
    public private(set) var pidFile: String?
    /// `REDIS_URL`
    public private(set) var redis: String?
    /// `REDIS_PASSWORD`
    public private(set) var redisPassword: String?
    /// `RESQUE_NAMESPACE`; empty if it is set and empty: no prefix.
    public private(set) var namespace: String?
    /// What `LOGGING`, `VERBOSE` and `VVERBOSE` ask for.
    public private(set) var verbosity = Verbosity.normal
    /// What SIGTERM does.
    public private(set) var termination = Termination.standard
    /// `FAILURE_BACKEND`
    public private(set) var failureBackend = FailureBackend.found
    /// The variables that were understood, in one line for the log; no password.
    public private(set) var summary = ""
    /// Sentences about variables that have no meaning here.
    public private(set) var warnings: [String] = []

    /// How much is logged.
    public enum Verbosity: Sendable {
        case normal, verbose, veryVerbose
    }

    /// How long SIGTERM and SIGINT leave to the jobs in hand.
    public enum Termination: Sendable, Equatable {
        /// As the program's options say.
        case standard
        /// So long.
        case deadline(Duration)
        /// Until they are done.
        case unlimited
    }

    /// Reads the environment of a process.
    ///
    /// - Throws: ``BusError`` with code `configuration`, which names the variable.
    public init(_ variables: [String: String]) throws(BusError) {
        var reader = EnvironmentReader(variables)
        try readQueues(&reader)
        concurrency = try reader.integer("COUNT", in: 1...10_000)
        try readInterval(&reader)
        pidFile = reader.text("PIDFILE")
        try readRedis(&reader)
        readRedisPassword(&reader)
        namespace = reader.textOrNothing("RESQUE_NAMESPACE")
        // Both are read, so that both are listed.
        let isVerbose = [reader.isOn("LOGGING"), reader.isOn("VERBOSE")].contains(true)
        verbosity = reader.isOn("VVERBOSE") ? .veryVerbose : isVerbose ? .verbose : .normal
        try readTermination(&reader)
        try readFailureBackend(&reader)
        warnAboutTheRest(&reader)
        summary = reader.understood.joined(separator: " ")
    }

    private mutating func readQueues(_ reader: inout EnvironmentReader) throws(BusError) {
        let name = reader.has("QUEUES") ? "QUEUES" : "QUEUE"
        guard let text = reader.text(name) else { return }
        do throws(QueueSelection.ParsingError) {
            queues = try QueueSelection(parsing: text)
        } catch {
            throw BusError(.configuration, "\(name): \(error.message)", underlying: error)
        }
    }

    private mutating func readInterval(_ reader: inout EnvironmentReader) throws(BusError) {
        interval = try reader.seconds("INTERVAL")
        guard interval == .zero else { return }
        interval = nil
        drains = true
    }

    private mutating func readRedis(_ reader: inout EnvironmentReader) throws(BusError) {
        let name = "REDIS_URL"
        guard let text = reader.secret(name) else { return }
        do throws(RedisError) {
            reader.note(name, try RedisEndpoint(parsing: text).description)
        } catch {
            throw BusError(.configuration, "\(name): \(error.message)", underlying: error)
        }
        redis = text
    }

    private mutating func readRedisPassword(_ reader: inout EnvironmentReader) {
        redisPassword = reader.secret("REDIS_PASSWORD")
        if redisPassword != nil { reader.note("REDIS_PASSWORD", "(hidden)") }
    }

    private mutating func readTermination(_ reader: inout EnvironmentReader) throws(BusError) {
        _ = reader.isOn("TERM_CHILD")
        let before = try reader.seconds("RESQUE_PRE_SHUTDOWN_TIMEOUT")
        let after = try reader.seconds("RESQUE_TERM_TIMEOUT")
        if reader.isOn("GRACEFUL_TERM") {
            termination = .unlimited
        } else if before != nil || after != nil {
            // Resque's own four seconds where only the other one is given.
            termination = .deadline((before ?? .zero) + (after ?? .seconds(4)))
        }
    }

    private mutating func readFailureBackend(_ reader: inout EnvironmentReader) throws(BusError) {
        let name = "FAILURE_BACKEND"
        guard let text = reader.text(name) else { return }
        guard let backend = FailureBackend(environment: text) else {
            throw BusError(.configuration, "\(name) is '\(text)'; write redis or redis_multi_queue.")
        }
        failureBackend = backend
    }

    private mutating func warnAboutTheRest(_ reader: inout EnvironmentReader) {
        if reader.has("FORK_PER_JOB"), reader.isOn("FORK_PER_JOB") {
            warnings.append("FORK_PER_JOB has no meaning here: all jobs run in this process.")
        }
        for (name, reason) in Self.meaningless where reader.has(name) {
            warnings.append("\(name) has no meaning here: \(reason).")
        }
    }

    private static let meaningless = [
        ("MIN_INTERVAL", "an idle rider is woken by what arrives"),
        ("MAX_INTERVAL", "an idle rider is woken by what arrives"),
        ("BACKOFF_INTERVAL", "an idle rider is woken by what arrives"),
        ("RUN_AT_EXIT_HOOKS", "no process ends with a job"),
        ("BACKGROUND", "a rider stays in the foreground; let a supervisor start it"),
        ("RESQUE_PROCLINE_PREFIX", "a rider leaves its process title alone"),
    ]
}
