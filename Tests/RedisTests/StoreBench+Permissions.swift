import BusOperations
import BusProtocol
import LibevExecutor
import Logging
import RedisConnection
import RedisTestSupport

extension StoreBench {
    /// What doctor finds about the rights of a user for these roles.
    ///
    /// - Parameters:
    ///   - user: with the password `secret`; by default that of the bench.
    func permissions(
        of roles: [RoleRights.Role], lock: String = RawRedis.schedulerLock, user: String? = nil
    ) async throws -> [Finding] {
        let executor = LibevExecutor(name: "permissions")
        var configuration = connection.configuration
        if let user {
            configuration.credentials = { () throws(RedisError) in RedisCredentials(username: user, password: "secret")
            }
        }
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let clients = [0, 1].map { _ in
            RedisConnection(configuration: configuration, executor: executor, logger: logger)
        }
        let feed = RedisSubscriber(configuration: configuration, executor: executor, logger: logger)
        for client in clients { _ = try await client.connect() }
        _ = try await feed.connect()
        let findings = try await Diagnosis(connection: clients[0], bus: bus, incoming: ["bus_incoming"]).permissions(
            of: roles, lock: lock, trial: clients[1], feed: feed, login: user)
        for client in clients { await client.close() }
        executor.stop()
        return findings
    }
}
