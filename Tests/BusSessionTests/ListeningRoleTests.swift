import BusProtocol
import BusSession
import LibevExecutor
import RedisConnection
import RedisTestSupport
import Testing

/// What a role hears of changes, from one session to the next.
@Suite(.timeLimit(.minutes(1))) struct ListeningRoleTests {
    private let executor = LibevExecutor(name: "listening role")
    private let opened = Recorded<ScriptedConnections>()

    /// A role whose sessions are answered so when they ask for announcements, one after the other.
    private func role(
        answers: [String] = ["+OK\r\n"],
        onServe: @escaping @Sendable (ScriptedConnections, isolated ScriptedRole) -> Void
    ) -> ScriptedRole {
        let environment = RoleEnvironment<ScriptedConnections>(
            sleep: { _ in },
            open: { [executor, opened] in
                let connections = ScriptedConnections(executor, tracking: answers[opened.count % answers.count])
                opened.add(connections)
                return connections
            })
        return ScriptedRole(executor: executor, environment: environment, onServe: onServe)
    }

    @Test func whatIsAnnouncedToASessionThatIsOverIsNotHeard() async throws {
        let role = role { session, _ in session.announce("heard") }
        let run = Task { try await role.runSessions() }
        try await pollUntil("the first session hears") { await role.changedKeys == ["heard"] }
        opened.all[0].lose()
        try await pollUntil("another hears") { await role.changedKeys == ["heard", "heard"] }
        opened.all[0].announce("too late")
        opened.all[1].announce("in time")
        try await pollUntil("it hears what comes later") { await role.changedKeys.contains("in time") }
        #expect(await role.changedKeys == ["heard", "heard", "in time"])
        await role.stop()
        _ = try await run.value
    }

    @Test func eachSessionLearnsAnewWhetherChangesAreAnnounced() async throws {
        let found = Recorded<Bool>()
        let answers = ["+OK\r\n", "-NOPERM this user has no permissions\r\n"]
        let role = role(answers: answers) { session, role in
            found.add(role.tracking.isAnnounced)
            if role.served == 3 { role.stop() } else { session.lose() }
        }
        _ = try await role.runSessions()
        #expect(found.all == [true, false, true])
    }
}
