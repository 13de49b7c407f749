/// What a test does: the effective settings after defaults, scenario file and flags. It is written into every result.
struct Scenario: Codable, Hashable, Sendable {
    /// What is tested.
    var target = Target()
    /// How many events, and when.
    var load = Load()
    /// What the events and the subscriptions look like.
    var shape = Shape()
    /// What must hold, else the exit code is 2; such as `e2e.p99<20ms`, `lost==0` or `rate.achieved>=0.99`.
    var thresholds: [String] = []

    struct Target: Codable, Hashable, Sendable {
        /// The URL of the Redis to use; nil starts a private one.
        var redis: String?
        var namespace = "resque"
        /// The list on which events arrive.
        var incoming = "bus_incoming"
        var driver = Driver.busdriver
        /// Whether to go on where the Redis holds keys that no load test wrote.
        var force = false
    }

    /// Who drives the events.
    enum Driver: Codable, Hashable, Sendable {
        /// The `busdriver` of the same build.
        case busdriver
        /// A shell command that the test starts and ends. `{redis}`, `{host}`, `{port}`, `{socket}`, `{namespace}` and
        /// `{incoming}` are replaced.
        case spawn(String)
        /// One that runs already.
        case external
    }

    struct Load: Codable, Hashable, Sendable {
        var curve = RateCurve.constant(1_000)
        var arrival = Arrival.poisson
        /// Seconds for which each repeat measures.
        var duration = 20.0
        /// Seconds before that; nil: until the median is steady, ten seconds at most.
        var warmUp: Double?
        var repeats = 5
        var seed: UInt64 = 1
    }

    /// How the arrivals lie around the rate.
    enum Arrival: String, Codable, CaseIterable, Sendable {
        /// Each comes when it likes: exponential gaps, as many independent publishers make them.
        case poisson
        /// Equal gaps.
        case uniform
    }

    struct Shape: Codable, Hashable, Sendable {
        var applications = 5
        var subscriptionsPerApplication = 10
        /// How many subscriptions, each of another application, match an event.
        var matchesPerEvent = 1
        /// The share of events that nobody wants, 0 to 1.
        var unmatched = 0.0
        /// The share of subscriptions that filter by a regular expression, 0 to 1.
        var regex = 0.1
        /// The share of elements that are no events, 0 to 1.
        var malformed = 0.0
        var payload = PayloadSize.fixed(385)
        /// A file written by `loadtest capture`; its events and subscriptions take the place of generated ones.
        var eventsFile: String?
    }
}

/// How long the elements on the incoming list are.
enum PayloadSize: Codable, Hashable, Sendable {
    /// All the same, in bytes.
    case fixed(Int)
    /// Log-normal: median in bytes, and the standard deviation of the logarithm.
    case lognormal(median: Double, sigma: Double)
}

/// The rate as it changes over time.
enum RateCurve: Codable, Hashable, Sendable {
    /// Events a second.
    case constant(Double)
    /// From one rate to another, in a straight line, over so many seconds; then it stays.
    case ramp(from: Double, to: Double, seconds: Double)
    /// One rate after another, each for so many seconds.
    case steps([Double], seconds: Double)
}
