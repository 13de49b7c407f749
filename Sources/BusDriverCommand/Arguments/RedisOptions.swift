import ArgumentParser
import BusWire
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
            "A file with the password, read anew for each connection. REDIS_PASSWORD does for a password that stays.",
            valueName: "file"))
    var redisPasswordFile: String?

    private static let environment = ProcessInfo.processInfo.environment

    /// How to connect.
    ///
    /// - Throws: `RedisError` with code `configuration`.
    func configuration(environment: [String: String] = environment) throws(RedisError) -> RedisConfiguration {
        let endpoint = try RedisEndpoint(parsing: redis ?? environment["REDIS_URL"] ?? "redis://localhost:6379")
        return with(password: environment["REDIS_PASSWORD"], RedisConfiguration(endpoint: endpoint))
    }

    /// The names of the keys.
    func keys(for configuration: RedisConfiguration, environment: [String: String] = environment) -> BusKeys {
        BusKeys(
            namespace: namespace ?? environment["RESQUE_NAMESPACE"] ?? configuration.endpoint.namespace ?? "resque")
    }

    /// Adds the password: the file's, else the URL's, else the environment's.
    func with(password: String?, _ configuration: RedisConfiguration) -> RedisConfiguration {
        var configuration = configuration
        let username = configuration.endpoint.username
        if let path = redisPasswordFile {
            configuration.credentials = { () throws(RedisError) in
                RedisCredentials(username: username, password: try Self.password(inFile: path))
            }
        } else if configuration.endpoint.password == nil, let password, !password.isEmpty {
            configuration.credentials = { () throws(RedisError) in
                RedisCredentials(username: username, password: password)
            }
        }
        return configuration
    }

    private static func password(inFile path: String) throws(RedisError) -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw RedisError(.configuration, "The password file \(path) cannot be read.")
        }
        let password = text.trimmingCharacters(in: .newlines)
        guard !password.isEmpty else { throw RedisError(.configuration, "The password file \(path) is empty.") }
        return password
    }
}
