import Foundation
package import RedisConnection

extension RedisConfiguration {
    /// How to connect to the Redis that a user named. The password is the file's, else the URL's, else
    /// `REDIS_PASSWORD`.
    ///
    /// - Parameters:
    ///   - url: in any form that `RedisEndpoint` reads.
    ///   - passwordFile: read anew for each connection; what can be read only once is read here.
    ///   - warn: told in a sentence when everybody may read the password file.
    /// - Throws: `RedisError` with code `configuration`.
    package init(
        url: String, passwordFile: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        warn: (String) -> Void = StandardError.warn
    ) throws(RedisError) {
        self.init(endpoint: try RedisEndpoint(parsing: url))
        let username = endpoint.username
        if let passwordFile {
            let file = try PasswordFile(passwordFile)
            if file.isOpenToAll {
                warn("every user of this machine may read the password file \(passwordFile); chmod 600 it.")
            }
            credentials = { () throws(RedisError) in
                RedisCredentials(username: username, password: try file.password())
            }
        } else if endpoint.password == nil, let password = environment["REDIS_PASSWORD"], !password.isEmpty {
            credentials = { () throws(RedisError) in RedisCredentials(username: username, password: password) }
        }
    }
}
