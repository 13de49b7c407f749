import RedisConnection
import RedisTestSupport

extension RawRedis {
    /// Sends commands and returns their last answer.
    @discardableResult
    func send(_ write: (inout RedisPipeline) -> Void) throws -> RawReply {
        var pipeline = RedisPipeline()
        write(&pipeline)
        try pipeline.withUnsafeBytes { try sendRaw(Array($0)) }
        return try (0..<pipeline.count).map { _ in try read() }[pipeline.count - 1]
    }

    /// How often each command was called since the last CONFIG RESETSTAT, by scripts too.
    func callCounts() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for line in try call("INFO", "commandstats").string?.split(separator: "\r\n") ?? [] {
            guard line.hasPrefix("cmdstat_"), let calls = line.firstRange(of: ":calls=") else { continue }
            let name = line[..<calls.lowerBound].dropFirst("cmdstat_".count)
            counts[String(name)] = Int(line[calls.upperBound...].prefix { $0.isNumber })
        }
        return counts
    }

    /// Cuts every connection but this one.
    func killOtherClients() throws {
        for type in ["pubsub", "normal"] { try call("CLIENT", "KILL", "TYPE", type, "SKIPME", "yes") }
    }

    /// Waits until nobody else has sent a command for a while, and counts from there: what roles do to begin with is
    /// over. On a busy machine some of it comes long after the log says that they work.
    func countCallsOnceQuiet(for pause: Duration = .milliseconds(300)) async throws {
        var (total, since) = (-1, ContinuousClock.now)
        try await pollUntil("nobody sends a command for \(pause)") {
            let now = try callCounts().filter { $0.key != "info" }.values.reduce(0, +)
            if now != total { (total, since) = (now, .now) }
            return ContinuousClock.now - since > pause
        }
        try call("CONFIG", "RESETSTAT")
    }
}

extension RedisServer {
    /// A connection of a user who may do everything but these commands.
    func user(without commands: String) throws -> RawRedis {
        let connection = try connect()
        let rights = commands.split(separator: " ").map { "-\($0)" }
        _ = try connection.call(
            (["ACL", "SETUSER", "limited", "reset", "on", ">secret", "~*", "&*", "+@all"] + rights).map {
                Array($0.utf8)
            })
        try connection.call("AUTH", "limited", "secret")
        return connection
    }
}
