import RedisConnection

/// A setting of a scenario, by the word that is its flag and its key in a scenario file.
enum ScenarioSetting: String, CaseIterable {
    // In the order in which they are applied.
    case redis, namespace, incoming, driver, force
    case rate, ramp, steps, arrival, duration, warmup, repeats, seed
    case apps, nomatch, malformed
    case subscriptionsPerApplication = "subs-per-app"
    case matchesPerEvent = "match-fanout"
    case regex = "regex-subs"
    case payload = "payload-size"
    case eventsFile = "events-file"

    /// The part of a scenario file in which a setting stands.
    enum Section: String, CaseIterable {
        case target, load, shape
    }

    /// The ways to say how many events there are; one at a time.
    static let curves: [ScenarioSetting] = [.rate, .ramp, .steps]

    var section: Section {
        switch self {
        case .redis, .namespace, .incoming, .driver, .force: .target
        case .rate, .ramp, .steps, .arrival, .duration, .warmup, .repeats, .seed: .load
        case .apps, .subscriptionsPerApplication, .matchesPerEvent, .nomatch, .regex, .malformed, .payload, .eventsFile:
            .shape
        }
    }

    /// Reads `text` and changes `scenario` by it.
    func apply(_ text: String, to scenario: inout Scenario) throws(ScenarioError) {
        switch self {
        case .redis: try Self.setRedis(text, &scenario.target)
        case .namespace: scenario.target.namespace = text
        case .incoming: scenario.target.incoming = text
        case .driver: scenario.target.driver = try Scenario.Driver(text)
        case .force: scenario.target.force = try Self.truth(text)
        case .rate: scenario.load.curve = try RateCurve(rate: text)
        case .ramp: scenario.load.curve = try RateCurve(ramp: text)
        case .steps: scenario.load.curve = try RateCurve(steps: text)
        case .arrival: scenario.load.arrival = try Self.arrival(text)
        case .duration: scenario.load.duration = try NumberText.seconds(text)
        case .warmup: scenario.load.warmUp = text == "auto" ? nil : try NumberText.seconds(text, mayBeNone: true)
        case .repeats: scenario.load.repeats = try NumberText.count(text)
        case .seed: scenario.load.seed = try Self.seed(text)
        case .apps: scenario.shape.applications = try NumberText.count(text)
        case .subscriptionsPerApplication: scenario.shape.subscriptionsPerApplication = try NumberText.count(text)
        case .matchesPerEvent: scenario.shape.matchesPerEvent = try NumberText.count(text)
        case .nomatch: scenario.shape.unmatched = try NumberText.share(text)
        case .regex: scenario.shape.regex = try NumberText.share(text)
        case .malformed: scenario.shape.malformed = try NumberText.share(text)
        case .payload: scenario.shape.payload = try NumberText.payload(text)
        case .eventsFile: scenario.shape.eventsFile = text
        }
    }

    private static func setRedis(_ text: String, _ target: inout Scenario.Target) throws(ScenarioError) {
        do {
            // Resque's host:port:db/namespace names the namespace too.
            if let namespace = try RedisEndpoint(parsing: text).namespace { target.namespace = namespace }
        } catch {
            throw ScenarioError(error.message)
        }
        target.redis = text
    }

    private static func truth(_ text: String) throws(ScenarioError) -> Bool {
        guard let truth = Bool(text) else { throw ScenarioError("'\(text)' is neither true nor false.") }
        return truth
    }

    private static func arrival(_ text: String) throws(ScenarioError) -> Scenario.Arrival {
        guard let arrival = Scenario.Arrival(rawValue: text) else {
            throw ScenarioError("'\(text)' is not a kind of arrival; choose poisson or uniform.")
        }
        return arrival
    }

    private static func seed(_ text: String) throws(ScenarioError) -> UInt64 {
        guard let seed = UInt64(text) else {
            throw ScenarioError("'\(text)' is not a seed; write a whole number from 0 on.")
        }
        return seed
    }
}
