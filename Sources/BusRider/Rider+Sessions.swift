import BusProtocol
import BusSession
import LibevExecutor
import RedisConnection

/// From one loss of a connection to the next.
extension Rider {
    func openSession() async throws {
        let opening = Task(executorPreference: executor) { [configuration, executor, logger] in
            try await WorkSession.open(
                configuration.redis, owner: "rider:\(configuration.processID)", need: "a rider",
                scripts: Script.ofRiders, executor: executor, logger: logger)
        }
        self.opening = opening
        defer { self.opening = nil }
        let session = try await opening.value
        if generation > 0 { statistics.reconnects += 1 }
        generation += 1
        self.session = session
        earlyEnd = nil
        session.onLoss { [generation] error in
            self.assumeIsolated { rider in
                if generation == rider.generation { rider.end(.lost(error)) }
            }
        }
    }

    /// Joins and works until something ends the session.
    func work() async throws -> SessionEnd {
        guard let session else { preconditionFailure("a session is open") }
        try await join(session)
        isClaiming = false
        wakefulness = Wakefulness()
        startTimers()
        isWorking = true
        showPause()
        resumeSettling()
        advance()
        return await withCheckedContinuation { continuation in
            if let earlyEnd { continuation.resume(returning: earlyEnd) } else { sessionEnd = continuation }
        }
    }

    func closeSession() async {
        for timer in timers { timer.cancel() }
        timers = []
        isWorking = false
        generation += 1
        await session?.close()
        session = nil
    }

    /// Asks Redis something within this session. An answer that comes after the session's end changes nothing, and a loss ends
    /// it.
    func ask(
        _ client: any RedisClient, _ pipeline: RedisPipeline,
        then answered: @escaping @Sendable (isolated Rider, RedisReplies) -> Void
    ) {
        client.submit(pipeline) { [generation] result in
            self.assumeIsolated { rider in
                guard generation == rider.generation, rider.isOpen else { return }
                switch result {
                case .failure(let error): rider.end(.lost(error))
                case .success(let replies): answered(rider, replies)
                }
            }
        }
    }

    /// Calls `body` for each message, for as long as this session lasts.
    func inSession(_ body: @escaping @Sendable (isolated Rider) -> Void) -> @Sendable () -> Void {
        { [generation] in
            self.assumeIsolated { rider in
                if generation == rider.generation, rider.isOpen { body(rider) }
            }
        }
    }

    /// Ends the session once; later reasons are consequences of the first.
    func end(_ end: SessionEnd) {
        guard session != nil, earlyEnd == nil else { return }
        earlyEnd = end
        sessionEnd?.resume(returning: end)
        sessionEnd = nil
    }

    /// Nothing has ended the session yet.
    var isOpen: Bool { session != nil && earlyEnd == nil }

    /// Draws the consequences of a session's end for the next one.
    func settle(_ end: SessionEnd) {
        switch end {
        case .stopped: break
        case .lost(let error): standstill.met(error)
        case .fenced: beFenced()
        case .rolledBack:
            complaints.report("Redis has lost a part of its history; what is left goes back to the queues")
            wasRolledBack = true
        }
    }

    /// Runs something beside the work, on the loop throughout.
    func startTask(_ body: @escaping @Sendable (isolated Rider) async -> Void) {
        Task(executorPreference: executor) { await body(self) }
    }
}
