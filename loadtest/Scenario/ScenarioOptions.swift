import ArgumentParser

/// The flags that describe a test. What they leave open comes from the scenario file, and else from the defaults.
struct ScenarioOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The Redis to load. Without it, a private one is started.",
            discussion: """
                A load test must never hit production by accident: REDIS_URL is NOT read. Forms: redis://host:port/db, \
                unix:///path, host:port:db/namespace.
                """, valueName: "url"))
    var redis: String?

    @Option(help: "What all keys begin with. Default: resque.")
    var namespace: String?

    @Option(help: ArgumentHelp("The list on which events arrive. Default: bus_incoming.", valueName: "queue"))
    var incoming: String?

    @Option(
        help: ArgumentHelp(
            "Who drives: busdriver of this build (default), external for one that runs already, or spawn:'COMMAND'.",
            discussion: "{redis}, {host}, {port}, {namespace} and {incoming} are replaced in COMMAND."))
    var driver: String?

    @Flag(help: "Go on where the Redis holds keys that no load test wrote.")
    var force = false

    @Option(help: ArgumentHelp("Events a second: 20000, 20k, 1.5M. Default: 1000.", valueName: "rate"))
    var rate: String?

    @Option(help: ArgumentHelp("From one rate to another over a time: 1k:50k:60s.", valueName: "from:to:time"))
    var ramp: String?

    @Option(help: ArgumentHelp("Rates one after another: 5k,10k,20k:15s.", valueName: "rates:time"))
    var steps: String?

    @Option(
        help: ArgumentHelp("poisson (default): as independent publishers; or uniform: equal gaps.", valueName: "kind"))
    var arrival: String?

    @Option(
        help: ArgumentHelp(
            "How long each repeat measures. Default: as long as ramp or steps take, else 20s.", valueName: "time"))
    var duration: String?

    @Option(
        help: ArgumentHelp("Time before that: 10s, or auto (default) until the median is steady.", valueName: "time"))
    var warmup: String?

    @Option(help: ArgumentHelp("How often to measure. Default: 5.", valueName: "n"))
    var repeats: String?

    @Option(help: ArgumentHelp("What all chance follows from. Default: 1.", valueName: "n"))
    var seed: String?

    @Option(help: ArgumentHelp("Applications. Default: 5.", valueName: "n"))
    var apps: String?

    @Option(
        name: .customLong("subs-per-app"), help: ArgumentHelp("Subscriptions of each. Default: 10.", valueName: "n"))
    var subscriptionsPerApplication: String?

    @Option(
        name: .customLong("match-fanout"),
        help: ArgumentHelp(
            "Subscriptions that match an event, each of another application. Default: 1.", valueName: "n"))
    var matchesPerEvent: String?

    @Option(help: ArgumentHelp("Share of events that nobody wants: 10%, 0.1. Default: 0.", valueName: "share"))
    var nomatch: String?

    @Option(
        name: .customLong("regex-subs"),
        help: ArgumentHelp("Share of subscriptions with a regular expression. Default: 10%.", valueName: "share"))
    var regex: String?

    @Option(help: ArgumentHelp("Share of elements that are no events. Default: 0.", valueName: "share"))
    var malformed: String?

    @Option(
        name: .customLong("payload-size"),
        help: ArgumentHelp(
            "Bytes of an element: 512, or lognormal:MEDIAN:SIGMA. Default: 385.", valueName: "size"))
    var payload: String?

    @Option(
        help: ArgumentHelp(
            "Events and subscriptions from loadtest capture, in place of generated ones.", valueName: "file"))
    var eventsFile: String?

    @Option(
        name: .customLong("threshold"),
        help: ArgumentHelp(
            "What must hold, else the exit code is 2: 'e2e.p99<20ms', 'lost==0', 'rate.achieved>=0.99'. Repeatable.",
            valueName: "condition"))
    var thresholds: [String] = []

    @Option(
        name: .customLong("scenario"), help: ArgumentHelp("A scenario in YAML; flags come first.", valueName: "file"))
    var scenarioFile: String?

    @Option(name: .customLong("out"), help: ArgumentHelp("A folder for result.json and the reports.", valueName: "dir"))
    var outputFolder: String?

    @Flag(help: "Show no progress.")
    var quiet = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    func validate() throws {
        _ = try scenario()
    }

    /// The scenario that flags, file and defaults make.
    ///
    /// - Throws: `ValidationError`: one sentence.
    func scenario() throws -> Scenario {
        do {
            let file = try scenarioFile.map(ScenarioFile.draft) ?? ScenarioDraft()
            return try file.overridden(by: draft).scenario()
        } catch {
            throw ValidationError(error.description)
        }
    }

    private var draft: ScenarioDraft {
        let texts: [ScenarioSetting: String?] = [
            .redis: redis, .namespace: namespace, .incoming: incoming, .driver: driver, .force: force ? "true" : nil,
            .rate: rate, .ramp: ramp, .steps: steps, .arrival: arrival, .duration: duration, .warmup: warmup,
            .repeats: repeats, .seed: seed, .apps: apps, .subscriptionsPerApplication: subscriptionsPerApplication,
            .matchesPerEvent: matchesPerEvent, .nomatch: nomatch, .regex: regex, .malformed: malformed,
            .payload: payload, .eventsFile: eventsFile,
        ]
        var draft = ScenarioDraft()
        for (setting, text) in texts {
            if let text { draft.settings[setting] = .init(text: text, place: "--\(setting.rawValue)") }
        }
        if !thresholds.isEmpty { draft.thresholds = thresholds.map { .init(text: $0, place: "--threshold") } }
        return draft
    }
}
