import ArgumentParser
import BusWire
import CommandInterface
import Foundation
import RedisConnection

/// Which Redis, and which namespace in it.
struct RedisOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Redis: redis://[user:password@]host[:port][/db], unix:///path[?db=n] or host:port:db/namespace.",
            discussion: "Default: REDIS_URL, else redis://localhost:6379.", valueName: "url"))
    var redis: String?

    @Option(help: ArgumentHelp("What all keys begin with. Default: RESQUE_NAMESPACE, else resque. '' for nothing."))
    var namespace: String?

    @Option(
        help: ArgumentHelp(
            "A file with the password, read anew for each connection; a FIFO, such as <(...), once.",
            discussion: "REDIS_PASSWORD does for a password that stays.", valueName: "file"))
    var redisPasswordFile: String?

    private static let environment = ProcessInfo.processInfo.environment

    /// How to connect.
    ///
    /// - Parameter warn: told what is wrong, though not so wrong that it cannot work.
    /// - Throws: `RedisError` with code `configuration`.
    func configuration(
        environment: [String: String] = environment, warn: (String) -> Void = StandardError.warn
    ) throws(RedisError) -> RedisConfiguration {
        try RedisConfiguration(
            url: redis ?? environment["REDIS_URL"] ?? "redis://localhost:6379", passwordFile: redisPasswordFile,
            environment: environment, warn: warn)
    }

    /// The names of the keys.
    func keys(
        for configuration: RedisConfiguration, failureBackend: FailureBackend = .found,
        environment: [String: String] = environment
    ) -> BusKeys {
        BusKeys(
            namespace: namespace ?? environment["RESQUE_NAMESPACE"] ?? configuration.endpoint.namespace ?? "resque",
            failureBackend: failureBackend)
    }
}
