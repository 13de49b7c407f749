import LibevExecutor
import RedisConnection

/// From one loss of the connections to the next.
extension Role {
    /// How long a role that stops waits before it tries again to reach Redis.
    private var shortestPause: Duration { .milliseconds(100) }

    /// Keeps the role in a session until one ends because it stops. Redis may come and go meanwhile, and refuse for as
    /// long as it likes: the role waits, and says for what. A drain does not wait at the start, and later for its
    /// patience.
    ///
    /// Cancelling the task has the same effect as ``stopAtOnce()``.
    ///
    /// - Returns: how the role left; nil when it was told to stop and could not tell Redis.
    /// - Throws: `RedisError` with code `configuration` when, at the start, the configuration can never work; from a
    ///   drain, whatever keeps it from beginning.
    package func runSessions() async throws -> Ending? {
        try await withTaskCancellationHandler {
            try await keepSessions()
        } onCancel: {
            executor.execute { self.assumeIsolated { $0.stopAtOnce() } }
        }
    }

    private func keepSessions() async throws -> Ending? {
        while !isOver {
            let began = life.environment.now()
            var isUserRefused = false
            do {
                let session = try await openSession()
                let verdict = try await serveUntilEnd(session)
                if case .stopped = verdict {
                    let ending = try await leave(session)
                    await closeSession()
                    return ending
                }
                await closeSession()
                if case .lost(let error) = verdict { life.standstill.met(error) }
                conclude(verdict)
                if case .lost(let error) = verdict, cannotBegin { throw error }
            } catch {
                await closeSession()
                let code = (error as? RedisError)?.code
                if code == .configuration && !life.hasServed || cannotBegin { throw error }
                isUserRefused = code == .authentication
                life.standstill.met(error)
            }
            limitPatience()
            await pause(
                for: life.backoff.delay(
                    afterConnectionOf: life.environment.now() - began, endedByAuthentication: isUserRefused,
                    random: life.environment.random()))
        }
        return nil
    }

    /// A role that is registered does not end before it has left or tried for long enough.
    private var isOver: Bool { isStopping && (!isRegistered || life.hasGivenUp) }

    private var cannotBegin: Bool { drain?.isUnbegun == true && !isStopping }

    private func openSession() async throws -> Connections {
        let opening = Task(executorPreference: executor) { [environment = life.environment] in
            try await environment.open()
        }
        life.begins(opening)
        defer { life.begins(nil) }
        let session = try await opening.value
        life.opened(session)
        let generation = life.generation
        session.onLoss { error in
            self.during(generation) { $0.end(.lost(error)) }
        }
        return session
    }

    private func serveUntilEnd(_ session: Connections) async throws -> SessionVerdict {
        do {
            return try await serve(session)
        } catch {
            await sessionFailed(session, error)
            throw error
        }
    }

    private func closeSession() async {
        await life.closes()?.close()
        life.closed()
    }

    private func pause(for delay: Duration) async {
        let delay = isStopping ? min(delay, shortestPause) : delay
        let pausing = Task(executorPreference: executor) { [environment = life.environment] in
            try await environment.sleep(delay)
        }
        life.pauses(pausing)
        _ = await pausing.result
    }

    // MARK: - Ending

    /// The role has joined: until something ends the session it works.
    package func beginWork() { life.joined() }

    /// Ends the session once; later reasons are consequences of the first.
    package func end(_ verdict: SessionVerdict) {
        if life.end(verdict) { sessionEnded() }
    }

    /// Waits until something ends the session.
    package func untilEnd() async -> SessionVerdict {
        await withCheckedContinuation { life.wait($0) }
    }

    /// The role is told to stop: no session begins any more but one in which it leaves.
    package func beginToStop() { life.stops(isRegistered: isRegistered) }

    /// A role that stops begins no session any more; one that is being opened may still serve.
    package func tryNoMore() { life.triesNoMore() }

    /// A role that stops has tried for long enough to reach Redis.
    package func giveUp() { life.givesUp() }

    /// Ends ``runSessions()`` although Redis cannot be told.
    package func abandon() {
        drainFails()
        beginToStop()
        giveUp()
        closeConnections()
        end(.lost(RedisError(.closed, "The drain is given up.")))
    }

    /// Has whatever is still asked fail.
    package func closeConnections() {
        if let session { startTask { _ in await session.close() } }
    }

    private func limitPatience() {
        guard let drain, !isStopping, !life.isLosingPatience else { return }
        life.isLosingPatience = true
        executor.schedule(after: drain.patience) {
            self.assumeIsolated { role in
                role.life.isLosingPatience = false
                if role.trouble != nil, role.drain?.progress == drain.progress { role.abandon() }
            }
        }
    }
}
