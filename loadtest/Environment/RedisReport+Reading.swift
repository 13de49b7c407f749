import BusProtocol
import BusSession
import RedisConnection

extension RedisReport {
    /// Asks Redis. What its user may not see is `unknown`.
    ///
    /// - Throws: `RedisError` when the connection is lost.
    static func read(over connection: RedisConnection, isPrivate: Bool) async throws(RedisError) -> RedisReport {
        var report = RedisReport(
            version: "unknown", transport: connection.configuration.endpoint.transport, appendOnly: "unknown",
            maxmemoryPolicy: "unknown", isPrivate: isPrivate)
        do {
            let server = try await ServerReport(connection: connection)
            report.version = server["redis_version"]
            report.maxmemoryPolicy = server.evictionPolicy
            if server["aof_enabled"] == "0" { report.appendOnly = "off" }
        } catch {
            guard case .reply = error.code else { throw error }
        }
        if report.appendOnly != "off" {
            let setting = try await connection.send(RedisPipeline("CONFIG", "GET", "appendfsync"))[0]
            if setting.count == 2, let value = setting[1].string { report.appendOnly = value }
        }
        return report
    }
}

extension RedisEndpoint {
    /// How one gets there, in words.
    fileprivate var transport: String {
        switch address {
        case .unix: "unix socket"
        case .tcp: isLocal ? "TCP on this host" : "TCP"
        }
    }
}

extension ProcessMeter {
    /// A meter of the Redis process; nil when it runs elsewhere, or does not tell its id.
    ///
    /// - Throws: `RedisError` when the connection is lost.
    static func ofRedis(over connection: RedisConnection) async throws(RedisError) -> ProcessMeter? {
        guard connection.configuration.endpoint.isLocal else { return nil }
        let information = try await connection.send(RedisPipeline("INFO", "server"))[0].string ?? ""
        let line = information.split(whereSeparator: \.isNewline).first { $0.hasPrefix("process_id:") }
        guard let process = line.flatMap({ Int32($0.dropFirst("process_id:".count)) }) else { return nil }
        // In a container the id means another process here.
        let name = SystemFile.text("/proc/\(process)/comm") ?? ""
        guard ["redis", "valkey", "keydb"].contains(where: { name.hasPrefix($0) }) else { return nil }
        return ProcessMeter(process: process)
    }
}
