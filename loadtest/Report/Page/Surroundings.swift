/// Where and how the test ran, and how to repeat it.
struct Surroundings {
    private let result: TestResult

    init(_ result: TestResult) {
        self.result = result
    }

    var markup: Markup {
        .joined([environment, calibration, commands, repetition])
    }

    private var environment: Markup {
        let host = result.host
        let redis = result.redis
        return element("section") {
            element("h2", "Environment")
            element("dl", ["class": "facts"]) {
                fact("Driver", result.driver)
                fact("busdriver", result.version)
                fact("Processor", "\(host.cores) × \(host.cpu)")
                fact("Memory", Quantity.bytes(Double(host.memoryBytes)))
                fact("Kernel", host.kernel)
                fact("Governor", host.governor ?? "unknown")
                fact("Load at the start", Quantity.decimal(host.loadAverage, places: 2))
                fact("Redis", "\(redis.version), \(redis.isPrivate ? "started for the test" : "given")")
                fact("Transport", redis.transport)
                fact("Append-only file", redis.appendOnly)
                fact("maxmemory policy", redis.maxmemoryPolicy)
                if let quantum = Median.of(result.runs.map(\.riderQuantumMicroseconds)) {
                    fact("Riders look every", Quantity.time(microseconds: quantum))
                }
            }
        }
    }

    private func fact(_ name: String, _ value: String) -> Markup {
        element("div") {
            element("dt", name)
            element("dd", value)
        }
    }

    @MarkupBuilder private var calibration: Markup {
        if let calibration = result.calibration {
            element("section") {
                element("h2", "This machine without a driver")
                element("dl", ["class": "facts"]) {
                    fact("Round trips", "\(Quantity.rate(calibration.roundTripsPerSecond))/s")
                    fact("Median round trip", Quantity.time(microseconds: calibration.roundTripMedianMicroseconds))
                    fact("Events pushed", "\(Quantity.rate(calibration.pushesPerSecond))/s")
                    fact("Jobs popped", "\(Quantity.rate(calibration.popsPerSecond))/s")
                    fact("Computation", "\(Quantity.rate(calibration.computeScore))/s")
                }
            }
        }
    }

    /// What Redis counted, for one event: it does not depend on the machine.
    @MarkupBuilder private var commands: Markup {
        let events = result.runs.reduce(0) { $0 + $1.measuredEvents }
        let calls = result.runs.reduce(into: [:]) { $0.merge($1.redisCommands, uniquingKeysWith: +) }
        if events > 0, !calls.isEmpty {
            let input = Double(result.runs.reduce(0) { $0 + $1.redisInputBytes }) / events
            let output = Double(result.runs.reduce(0) { $0 + $1.redisOutputBytes }) / events
            element("section") {
                element("h2", "Redis, for one event")
                PageTable(
                    columns: [("command", .text), ("calls", .figure)],
                    rows: calls.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                        [$0.key, Quantity.decimal(Double($0.value) / events, places: 3)]
                    }
                ).markup
                element(
                    "p", ["class": "note"],
                    "All clients together, load generator and riders too. "
                        + "\(Quantity.bytes(input)) came in and \(Quantity.bytes(output)) went out for one event.")
            }
        }
    }

    private var repetition: Markup {
        element("section") {
            element("h2", "To repeat it")
            element("pre", (["loadtest"] + result.arguments.map(Self.quoted)).joined(separator: " "))
            element("details") {
                element("summary", "All settings")
                element("pre", settings)
            }
        }
    }

    private var settings: String {
        (try? ResultFolder.json(of: result.scenario)) ?? "The settings cannot be written as JSON."
    }

    /// An argument as a shell reads it.
    private static func quoted(_ argument: String) -> String {
        let isPlain =
            !argument.isEmpty
            && argument.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:,=%+@".contains($0)) }
        return isPlain ? argument : "'\(argument.replacing("'", with: #"'\''"#))'"
    }
}
