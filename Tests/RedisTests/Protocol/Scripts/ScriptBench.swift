import RedisTestSupport
import Testing

/// A Redis on which scripts are called one by one, and what tests say of each call.
protocol ScriptBench {
    var server: RedisServer { get }
    /// What is sent without naming a connection is sent here.
    var redis: RawRedis { get }

    init(server: RedisServer, redis: RawRedis) throws
}

extension ScriptBench {
    /// - Parameter config: further lines of redis.conf.
    static func run(config: [String] = [], _ body: (Self) throws -> Void) throws {
        let server = try RedisServer(config: config)
        defer { server.stop() }
        try body(Self(server: server, redis: try server.connect()))
    }

    /// A digest of all that is in Redis.
    func digest() throws -> String? { try redis.call("DEBUG", "DIGEST").string }

    func list(_ key: String) throws -> [String] { try redis.call("LRANGE", key, "0", "-1").strings }

    /// Expects that `calls` leave everything in Redis as it is.
    func expectNoChange(
        _ comment: @autoclosure () -> Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation,
        by calls: () throws -> Void
    ) throws {
        let before = try digest()
        try calls()
        #expect(try digest() == before, comment(), sourceLocation: sourceLocation)
    }

    /// Expects that Redis refuses a call to a user who may do everything but these commands, and that nothing of it is
    /// done.
    func expectRefusal(
        without commands: String, sourceLocation: SourceLocation = #_sourceLocation,
        of call: (RawRedis) throws -> [String]
    ) throws {
        let user = try server.user(without: commands)
        try expectNoChange("\(commands)", sourceLocation: sourceLocation) {
            let answer = try call(user)
            #expect(
                answer[0].contains("NOPERM") || answer[0].contains("can't run this command"), "\(commands): \(answer)",
                sourceLocation: sourceLocation)
        }
    }
}
