import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// A user of a private Redis who has exactly the rights of a role, and an account of what he uses of them.
///
/// He comes by TCP; the test's own connections, by the unix socket, do not count.
final class RoleUser {
    let server: RedisServer
    /// The test's own connection: it calls no scripts, since nobody can tell whose commands those are.
    let redis: RawRedis
    private let rights: RoleRights
    private let monitor: RedisMonitor

    init(_ role: RoleRights.Role) throws {
        server = try RedisServer(tcp: true)
        redis = try server.connect()
        rights = RoleRights(role, bus: BusKeys())
        let reply = try redis.reply(to: ["ACL", "SETUSER", "bus", "on", ">secret"] + rights.rules)
        #expect(reply == .status("OK"))
        monitor = try RedisMonitor(server, keeping: ["127.0.0.1:", " lua]"])
    }

    /// How he connects.
    var url: String { "redis://bus:secret@127.0.0.1:\(server.port ?? 0)" }

    /// Expects that he was refused nothing, and that he used each right, or has it for a branch of a script.
    ///
    /// - Parameters:
    ///   - scripts: of his role.
    ///   - hidden: what `MONITOR` does not show.
    func expectExactRights(scripts: [String], hidden: Set<String> = []) throws {
        #expect(try refusals() == [])
        let used = Set(try monitor.finish().map(Self.name)).subtracting(["auth", "discard"])
        #expect(used.subtracting(rights.commands) == [], "used, and not among the rights")
        let called = scripts.reduce(into: hidden) { $0.formUnion(Self.commands(ofScript: $1)) }
        #expect(Set(rights.commands).subtracting(used).subtracting(called) == [], "among the rights, and not used")
    }

    /// What users were refused, each as context and command.
    func refusals() throws -> [String] {
        try (redis.call("ACL", "LOG", "128").array ?? []).map { entry in
            let words = entry.strings
            func value(_ name: String) -> String {
                words.firstIndex(of: name).map { $0 + 1 < words.count ? words[$0 + 1] : "" } ?? ""
            }
            return "\(value("context")) \(value("object"))"
        }
    }

    private static let containers: Set = ["acl", "client", "config", "memory", "script"]

    private static func name(of line: MonitorLine) -> String {
        let command = line.command.lowercased()
        return containers.contains(command) ? "\(command)|\(line.word(1).lowercased())" : command
    }

    private static func commands(ofScript name: String) -> Set<String> {
        guard let script = Script.all.first(where: { $0.name == name }) else {
            Issue.record("there is no script \(name)")
            return []
        }
        let calls = script.text.matches(of: /redis\.p?call\('([A-Z]+)'(?:, '([A-Z]+)')?/)
        return Set(
            calls.map { call in
                let command = call.1.lowercased()
                return containers.contains(command) ? "\(command)|\(call.2?.lowercased() ?? "")" : command
            })
    }
}
