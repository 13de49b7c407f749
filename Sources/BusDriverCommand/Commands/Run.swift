import ArgumentParser
import BusDriver
import BusWire
import CommandInterface
import Foundation
import LibevExecutor
import Logging
import RedisConnection
import ResqueBus

/// `busdriver run`
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the driver until SIGTERM or SIGINT; a second signal ends it at once.",
        discussion: """
            Ends with 0 when nothing is left in flight, with 1 when Redis was away; then it names what waits for
            recovery, which the next start or busdriver recover brings back.

            Example:
              busdriver run --redis redis://redis.internal:6379/0 --log-format json
              busdriver run --embedded-redis ./data
              busdriver run --incoming bus_incoming --incoming resquebus_incoming
            """)

    /// What a process can do on the bus; more will follow.
    enum Role: String, ExpressibleByArgument, CaseIterable {
        case driver
    }

    @OptionGroup var redis: RedisOptions

    @Option(help: ArgumentHelp("A queue that events arrive on; may be given more than once.", valueName: "queue"))
    var incoming = ["bus_incoming"]

    @Option(help: "What to do, separated by commas: driver.", transform: Run.parseRoles)
    var roles: [Role] = [.driver]

    @Option(
        help: ArgumentHelp(
            "How long a dead driver's events wait before another may take them; from 500ms. Default: 15s.",
            valueName: "duration"),
        transform: DurationText.parse)
    var lease = Duration.seconds(15)

    @Flag(help: "Drive what is there, then end.")
    var drain = false

    @Option(
        defaultAsFlag: "busdriver-redis",
        help: ArgumentHelp(
            "Use a private redis-server with its data in this directory (default ./busdriver-redis).", valueName: "dir")
    )
    var embeddedRedis: String?

    @Option(
        help: ArgumentHelp("trace, debug, info, notice, warning, error or critical.", valueName: "level"),
        transform: Run.parseLevel)
    var logLevel = Logger.Level.info

    @Option(help: "text or json, one line each on standard error.")
    var logFormat = LogFormat.text

    func validate() throws {
        guard lease >= .milliseconds(500) else { throw ValidationError("--lease must be at least 500ms.") }
        guard embeddedRedis == nil || redis.redis == nil else {
            throw ValidationError("Give --redis or --embedded-redis, not both.")
        }
        guard Set(incoming).count == incoming.count, !incoming.contains("") else {
            throw ValidationError("Each --incoming must name another queue.")
        }
    }

    private static func parseRoles(_ text: String) throws -> [Role] {
        try text.split(separator: ",").map { name in
            if name == "scheduler" {
                throw ValidationError(
                    "This version has no scheduler; leave resque-scheduler running for delayed and recurring jobs.")
            }
            guard let role = Role(rawValue: String(name)) else {
                throw ValidationError("'\(name)' is not a role; the only one is driver.")
            }
            return role
        }
    }

    private static func parseLevel(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text.lowercased()) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("'\(text)' is not a level; write one of \(levels).")
        }
        return level
    }

    func run() async throws {
        try await Complaint.onFailure {
            let logger = logFormat.logger(level: logLevel)
            let executor = LibevExecutor(name: "busdriver")
            let server = try await embeddedRedis.asyncMap {
                try await EmbeddedRedis.start(in: $0, executor: executor, logger: logger)
            }
            let service = DriverService(
                drivers: try configurations(embedded: server), executor: executor, logger: logger)
            let watch = Task { await server?.endWithServer() }
            let result = await Result { try await service.run() }
            watch.cancel()
            await server?.stop()
            try result.get()
        }
    }

    /// A driver for each incoming list.
    private func configurations(embedded: EmbeddedRedis?) throws(RedisError) -> [DriverConfiguration] {
        let connection =
            if let embedded { RedisConfiguration(endpoint: embedded.endpoint) } else { try redis.configuration() }
        let keys = redis.keys(for: connection)
        return incoming.map { queue in
            var configuration = DriverConfiguration(
                redis: connection, host: BusConfiguration.localHostname, processID: getpid(),
                now: { Int(Date.now.timeIntervalSince1970.rounded(.down)) },
                uuid: { UUID().uuidString.lowercased() },
                localOffset: { TimeZone.current.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0))) })
            configuration.keys = keys
            configuration.queue = queue
            configuration.lease = lease
            configuration.drains = drain
            return configuration
        }
    }
}

extension Optional {
    fileprivate func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await transform(self)
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
