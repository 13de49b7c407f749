import BusProtocol
import BusSession
import LibevExecutor
import RedisConnection
import RedisTestSupport
import Testing

/// A role from one loss of its connections to the next. Nothing here waits for time: pauses are noted and end at once.
@Suite(.timeLimit(.minutes(1))) struct RoleTests {
    private let executor = LibevExecutor(name: "role")
    private let pauses = Recorded<Duration>()
    private let opened = Recorded<ScriptedConnections>()

    /// - Parameter refusals: what the first attempts to connect meet.
    private func environment(
        refusals: [RedisError] = [], random: Double = 1
    ) -> RoleEnvironment<ScriptedConnections> {
        let attempts = Recorded<Void>()
        return RoleEnvironment(
            sleep: { [pauses] in pauses.add($0) }, random: { random },
            open: { [executor, opened] in
                attempts.add(())
                if attempts.count <= refusals.count { throw refusals[attempts.count - 1] }
                let connections = ScriptedConnections(executor)
                opened.add(connections)
                return connections
            })
    }

    private func role(
        _ environment: RoleEnvironment<ScriptedConnections>,
        onServe: @escaping @Sendable (ScriptedConnections, isolated ScriptedRole) -> Void = { _, _ in }
    ) -> (ScriptedRole, Task<ScriptedRole.Ending?, any Error>) {
        let role = ScriptedRole(executor: executor, environment: environment, onServe: onServe)
        return (role, Task { try await role.runSessions() })
    }

    @Test func aLostSessionIsClosedAndFollowedByAnother() async throws {
        let (role, run) = role(environment()) { session, role in
            if role.served < 3 { session.lose() } else { role.stop() }
        }
        #expect(try await run.value == .left)
        #expect(await role.verdicts == ["lost", "lost"])
        #expect(await role.reconnects == 2)
        #expect(opened.all.map(\.isClosed) == [true, true, true])
    }

    @Test func whoCannotConnectWaitsLongerEachTimeAndLongestForRefusedCredentials() async throws {
        let away = RedisError(.unreachable, "away")
        let refusals = [away, away, RedisError(.authentication, "wrong"), away]
        let (_, run) = role(environment(refusals: refusals)) { _, role in role.stop() }
        #expect(try await run.value == .left)
        #expect(pauses.all == [.milliseconds(100), .milliseconds(200), .seconds(30), .milliseconds(800)])
    }

    @Test func aConfigurationThatCannotWorkEndsItAtTheStart() async throws {
        let (_, run) = role(environment(refusals: [RedisError(.configuration, "no such thing")]))
        await #expect(throws: RedisError.self) { try await run.value }
    }

    @Test func aConfigurationThatWorkedOnceIsTriedAgain() async throws {
        let (role, run) = role(environment()) { session, role in
            if role.served == 1 {
                role.meet(RedisError(.configuration, "changed"))
                session.lose()
            } else {
                role.stop()
            }
        }
        try await pollUntil("it has met the obstacle") { pauses.count > 2 }
        await role.meet(nil)
        #expect(try await run.value == .left)
    }

    @Test func oneThatIsNotRegisteredStopsWithoutRedis() async throws {
        let environment = RoleEnvironment<ScriptedConnections>(
            sleep: { [pauses] in pauses.add($0) },
            open: {
                try await Task.sleep(for: .seconds(3600))
                throw CancellationError()
            })
        let (role, run) = role(environment)
        await role.stop()
        #expect(try await run.value == nil)
    }

    @Test func oneThatIsRegisteredTriesUntilItGivesUp() async throws {
        let away = RedisError(.unreachable, "away")
        let (role, run) = role(environment(refusals: Array(repeating: away, count: 1_000_000)))
        await role.register()
        await role.stop()
        let before = pauses.count
        try await pollUntil("it goes on trying") { pauses.count > before + 3 }
        #expect(pauses.all.suffix(3).allSatisfy { $0 <= .milliseconds(100) })
        await role.giveUp()
        #expect(try await run.value == nil)
    }

    @Test func oneThatIsRegisteredLeavesOnceItIsBack() async throws {
        let away = RedisError(.unreachable, "away")
        let (role, run) = role(environment(refusals: Array(repeating: away, count: 20)))
        await role.register()
        await role.stop()
        #expect(try await run.value == .left)
    }

    @Test func cancellingTheTaskStopsIt() async throws {
        let (_, run) = role(environment())
        try await pollUntil("it serves") { opened.count == 1 }
        run.cancel()
        #expect(try await run.value == .left)
        #expect(opened.all[0].isClosed)
    }

    @Test func aDrainDoesNotWaitForItsBeginning() async throws {
        let away = RedisError(.unreachable, "away")
        let role = ScriptedRole(executor: executor, environment: environment(refusals: [away]))
        await role.becomeDrain(Drain(isUnbegun: true, patience: .seconds(60), progress: 0))
        await #expect(throws: RedisError.self) { try await role.runSessions() }
    }

    @Test func aDrainThatMakesNoProgressIsGivenUp() async throws {
        let away = RedisError(.unreachable, "away")
        let environment = environment(refusals: Array(repeating: away, count: 1_000_000))
        let role = ScriptedRole(executor: executor, environment: environment)
        await role.becomeDrain(Drain(isUnbegun: false, patience: .milliseconds(20), progress: 7))
        #expect(try await role.runSessions() == nil)
    }

    @Test func whatComesAfterTheEndChangesNothing() async throws {
        let late = Recorded<Int>()
        let (role, run) = role(environment()) { session, role in
            let served = role.served
            let body = role.inSession { _ in late.add(served) }
            body()
            session.lose()
            role.executor.schedule(after: .milliseconds(5)) { body() }
        }
        try await pollUntil("several sessions have been") { await role.served > 5 }
        await role.stop()
        _ = try await run.value
        #expect(late.all == Array(1...late.count))
    }
}
