import BusProtocol
import RedisTestSupport
import Testing

/// A script that is refused has done nothing: whatever type a key has, whatever the user may not do, and when memory is
/// full.
///
/// For each script all of Redis is compared before and after, with one thing in its way after the other. Which commands
/// a script calls, Redis itself says.
@Suite(.timeLimit(.minutes(1))) struct ScriptRefusalTests {
    @Test func everyScriptHasARow() {
        #expect(Set(ScriptCall.all.map(\.script)) == Set(Script.all))
    }

    @Test(arguments: ScriptCall.all) func whatIsRefusedIsNotBegun(_ call: ScriptCall) throws {
        let bench = try Bench(call)
        defer { bench.server.stop() }
        for command in try bench.commandsOfAnUndisturbedCall() { try bench.forbid(command) }
        for key in call.keys.indices { try bench.makeUnusable(key) }
        try bench.fillMemory()
        #expect(bench.unusedExcuses == [], "nothing is left half done there any more: take them out of the table")
    }
}

/// A server on which one call is made again and again.
private final class Bench {
    let server: RedisServer
    private let redis: RawRedis
    private let call: ScriptCall
    private var excuses: Set<ScriptCall.Obstacle>

    /// One of each type of value.
    private static let values = [
        ["SET", "", "text"], ["RPUSH", "", "element"], ["SADD", "", "member"], ["HSET", "", "field", "value"],
        ["ZADD", "", "1", "member"],
    ]

    init(_ call: ScriptCall) throws {
        self.call = call
        server = try RedisServer()
        redis = try server.connect()
        excuses = Set(call.harmless.keys)
    }

    /// What the table excuses and was not met.
    var unusedExcuses: [String] { excuses.map(\.description).sorted() }

    /// Names as ACL rules have them, `memory|usage` among them.
    func commandsOfAnUndisturbedCall() throws -> [String] {
        try prepare()
        let before = try digest()
        try redis.call("CONFIG", "RESETSTAT")
        let answer = try redis.reply(to: call.words)
        let commands = try redis.callCounts().keys
        #expect(answer.errorMessage == nil, "\(call) in peace")
        // A lock that is renewed changes only the time at which it ends.
        #expect(try digest() != before || call.script == .renewLock || call.way == "it leads", "\(call) in peace")
        return commands.filter { !["eval", "config|resetstat", "config", "info"].contains($0) }.sorted()
    }

    func forbid(_ command: String) throws {
        try prepare()
        try judge(.forbidden(command), on: server.user(without: command))
    }

    func makeUnusable(_ key: Int) throws {
        for value in Self.values {
            try prepare()
            var command = value
            command[1] = call.keys[key]
            let before = try redis.call("TYPE", call.keys[key]).string
            try redis.call("DEL", call.keys[key])
            _ = try redis.reply(to: command)
            guard try redis.call("TYPE", call.keys[key]).string != before else { continue }
            try judge(.key(key + 1))
        }
    }

    func fillMemory() throws {
        try prepare()
        try redis.call("CONFIG", "SET", "maxmemory", "1")
        try judge(.fullMemory)
    }

    /// Calls the script, and compares all of Redis before and after if it was refused.
    private func judge(_ obstacle: ScriptCall.Obstacle, on connection: RawRedis? = nil) throws {
        let before = try digest()
        let answer = try (connection ?? redis).reply(to: call.words)
        let isRefused = answer.errorMessage != nil || answer.words.first.map(call.refusals.contains) ?? false
        guard isRefused, try digest() != before else { return }
        excuses.remove(obstacle)
        #expect(
            call.harmless[obstacle] != nil, "\(call), \(obstacle): it answered \(answer.words) and did half of its work"
        )
    }

    private func prepare() throws {
        try redis.call("CONFIG", "SET", "maxmemory", "0")
        try redis.call("FLUSHALL")
        for command in call.contents { _ = try redis.call(command.map { Array($0.utf8) }) }
    }

    private func digest() throws -> String? { try redis.call("DEBUG", "DIGEST").string }
}
