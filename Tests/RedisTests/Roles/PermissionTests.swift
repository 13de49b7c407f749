import BusOperations
import BusProtocol
import BusWire
import Foundation
import RedisTestSupport
import Testing

/// What `busdriver doctor` says about a user who may not do everything.
@Suite(.timeLimit(.minutes(1))) struct PermissionTests {
    /// Makes the user `bus` with exactly the rights of a role and of doctor, and then some changes.
    private func user(_ role: RoleRights.Role, _ changes: [String], on bench: StoreBench) throws {
        let rules = RoleRights(role, bus: bench.bus).rules + RoleRights(.doctor, bus: bench.bus).rules.dropFirst(2)
        let reply = try bench.raw.reply(to: ["ACL", "SETUSER", "bus", "reset", "on", ">secret"] + rules + changes)
        #expect(reply == .status("OK"), "\(reply)")
    }

    /// Every command of every role is one that doctor misses, and names in the line that gives it back.
    @Test(arguments: RoleRights.Role.allCases) func whoLacksOneCommandIsNoticed(_ role: RoleRights.Role) async throws {
        let bench = try await StoreBench()
        try user(role, [], on: bench)
        #expect(try await bench.permissions(of: [role], user: "bus").allSatisfy { $0.verdict == .ok })
        for command in RoleRights(role, bus: bench.bus).commands where command != "acl|whoami" {
            try user(role, ["-\(command)"], on: bench)
            let finding = try #require(
                try await bench.permissions(of: [role], user: "bus").first { $0.name == "Permissions" })
            #expect(finding.verdict != .ok, "\(command)")
            let isFatal = RoleRights.substitute(for: command) == nil && role != .doctor
            #expect(finding.verdict == (isFatal ? .problem : .warning), "\(command)")
            #expect(finding.command == ["redis-cli", "ACL", "SETUSER", "bus", "+\(command)"], "\(command)")
        }
        #expect(try bench.raw.call("DBSIZE").integer == 0, "doctor leaves nothing behind")
    }

    /// All at once, and what the line says helps.
    @Test func everythingMissingIsInOneLine() async throws {
        let bench = try await StoreBench()
        let changes = ["-sort", "-blmove", "-subscribe", "-multi", "-acl|whoami", "resetkeys", "resetchannels"]
        try user(.driver, changes, on: bench)
        let finding = try #require(
            try await bench.permissions(of: [.driver], user: "bus").first { $0.name == "Permissions" })
        #expect(finding.verdict == .problem)
        let line = try #require(finding.command)
        let expected: Set = [
            "+sort", "+blmove", "+subscribe", "+multi", "+acl|whoami", "~resque:*", "&resque:busdriver:barrier:*",
            "&__redis__:invalidate",
        ]
        #expect(Set(line.dropFirst(4)) == expected)
        #expect(try bench.raw.reply(to: Array(line.dropFirst())) == .status("OK"))
        #expect(try await bench.permissions(of: [.driver], user: "bus").allSatisfy { $0.verdict == .ok })
    }

    @Test func aNamespaceThatIsTooNarrowIsNoticed() async throws {
        let bench = try await StoreBench()
        try user(.driver, ["resetkeys", "~resque:busdriver:*", "~resque:queue:*"], on: bench)
        let findings = try await bench.permissions(of: [.driver], user: "bus")
        #expect(findings.first?.command?.last == "~resque:*")
    }

    /// Commands that the server does not have cannot be allowed.
    @Test func whatTheServerDoesNotHaveIsNoMissingRight() async throws {
        let bench = try await StoreBench(config: ["rename-command ROLE \"\"", "rename-command BLMOVE \"\""])
        let findings = try await bench.permissions(of: [.driver])
        let commands = try #require(findings.first { $0.name == "Commands" })
        #expect(commands.verdict == .problem && commands.detail.contains("blmove"))
        #expect(findings.first { $0.name == "Permissions" }?.verdict == .ok)
    }

    @Test func aServerWithoutRoleIsNoProblem() async throws {
        let bench = try await StoreBench(config: ["rename-command ROLE \"\""])
        let findings = try await bench.permissions(of: [.driver])
        let commands = try #require(findings.first { $0.name == "Commands" })
        #expect(commands.verdict == .warning && commands.detail.contains("INFO replication"))
        #expect(commands.remedy == "Nothing needs to be done.")
    }

    /// The README has the line of each role, as it stands in the code.
    @Test func theReadmeHasEveryLine() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        for role in RoleRights.Role.allCases {
            let line = RoleRights(role, bus: BusKeys()).rules.joined(separator: " ")
            #expect(readme.contains(line), "README.md lacks the line of \(role): \(line)")
        }
        #expect(readme.contains("Redis 6.2"))
    }
}
