import Foundation
import RedisConnection

extension RedisConfiguration {
    /// How to connect to the Redis that a user named. The password is the file's, else the URL's, else `REDIS_PASSWORD`.
    ///
    /// - Parameters:
    ///   - url: in any form that `RedisEndpoint` reads.
    ///   - passwordFile: read anew for each connection.
    /// - Throws: `RedisError` with code `configuration`.
    package init(
        url: String, passwordFile: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(RedisError) {
        self.init(endpoint: try RedisEndpoint(parsing: url))
        let username = endpoint.username
        if let passwordFile {
            credentials = { () throws(RedisError) in
                RedisCredentials(username: username, password: try Self.password(inFile: passwordFile))
            }
        } else if endpoint.password == nil, let password = environment["REDIS_PASSWORD"], !password.isEmpty {
            credentials = { () throws(RedisError) in RedisCredentials(username: username, password: password) }
        }
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
