import BusCalendar
import BusOperations
import BusProtocol
import LibevExecutor
import Logging
import RedisConnection
import RedisTestSupport

extension StoreBench {
    /// What doctor looks at on this server.
    ///
    /// - Parameters:
    ///   - lock: the key of the schedulers' lock.
    ///   - change: of what is looked at beside the server.
    func diagnosis(
        lock: String = RawRedis.schedulerLock, _ change: (inout Diagnosis.Scope) -> Void = { _ in }
    ) -> Diagnosis {
        var scope = Diagnosis.Scope(lock: lock, localTime: LocalZone(rules: .utc, source: nil))
        change(&scope)
        return diagnosis(on: connection, info, scope)
    }

    private func diagnosis(
        on connection: RedisConnection, _ info: RedisServerInfo, _ scope: Diagnosis.Scope
    ) -> Diagnosis {
        Diagnosis(
            connection: connection, server: info, bus: bus, scope: scope,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

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
        let client = RedisConnection(
            configuration: configuration, executor: executor,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let scope = Diagnosis.Scope(lock: lock, localTime: LocalZone(rules: .utc, source: nil))
        let findings = try await diagnosis(on: client, try await client.connect(), scope).permissions(of: roles)
        await client.close()
        executor.stop()
        return findings
    }
}
