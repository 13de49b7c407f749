import BusMatching
import BusStore
import BusWire
import RedisConnection

/// Looks after batches that `fin` kept because a destination was no list: their copies for it go to `failed`.
extension Driver {
    /// Runs the janitor soon, beside the driving.
    func mendLater() {
        mayNeedMending = true
        startTask { driver in
            guard let session = driver.session, driver.isOpen else { return }
            do throws(RedisError) { try await driver.mend(session) } catch { driver.end(.lost(error)) }
        }
    }

    /// Mends every kept batch, also those of other drivers, and those that are kept meanwhile.
    func mend(_ session: DriverSession) async throws(RedisError) {
        guard !isMending else { return }
        isMending = true
        defer { isMending = false }
        while mayNeedMending, let commands {
            mayNeedMending = false
            guard try await mendAll(session, commands) else {
                mayNeedMending = true
                return
            }
        }
    }

    /// Says that entries wait for `failed` to be a list. The janitor moves them when it is.
    func tellOfWaitingFailures(_ count: Int) {
        guard count > 0 else { return }
        mayNeedMending = true
        complaints.reportWaitingFailures(configuration.keys)
    }

    /// - Returns: false when something cannot be mended for now.
    private func mendAll(_ session: DriverSession, _ commands: DriverCommands) async throws(RedisError) -> Bool {
        var pipeline = RedisPipeline()
        pipeline.append("HGETALL", configuration.keys.fixes)
        let kept = try await session.control.send(pipeline)[0]
        var isMended = true
        if kept.count > 0 {
            // Whoever kept the batch matched it with subscriptions that this driver may not know yet.
            let registry = SubscriptionRegistry(connection: session.control, bus: configuration.keys)
            let compiled = CompiledSubscriptions(
                applications: try await registry.load(), keys: configuration.keys, reusing: compiled)
            for index in stride(from: 0, to: kept.count, by: 2) {
                guard let list = kept[index].string, let text = kept[index + 1].string else { continue }
                let names = (try? JSONValue.parse(text))?.elements ?? []
                let bad = Set(names.compactMap(\.string))
                isMended = try await mend(list, bad: bad, with: compiled, session, commands) && isMended
            }
        }
        return try await moveFailures(session, commands) && isMended
    }

    /// Moves entries that wait on to `failed`.
    ///
    /// - Returns: false when some still wait.
    private func moveFailures(_ session: DriverSession, _ commands: DriverCommands) async throws(RedisError) -> Bool {
        var pipeline = RedisPipeline()
        commands.appendMoveOfFailures(to: &pipeline)
        let reply = try await session.control.send(pipeline)[0]
        if let refusal = reply.errorReply {
            complaints.report("entries cannot be moved to the list of failures", refusal)
            return false
        }
        tellOfWaitingFailures(reply.integer ?? 0)
        return reply.integer == 0
    }

    /// - Returns: false when the list must wait, or somebody touched it or the entries that wait.
    private func mend(
        _ list: String, bad: Set<String>, with compiled: CompiledSubscriptions, _ session: DriverSession,
        _ commands: DriverCommands
    ) async throws(RedisError) -> Bool {
        var reading = RedisPipeline()
        let failures = configuration.keys.waitingFailures
        reading.append("WATCH", list, failures)
        reading.append("TYPE", failures)
        reading.append("LRANGE", list, "0", "-1")
        let replies = try await session.control.send(reading)
        guard ["list", "none"].contains(replies[1].string), replies[2].kind == .array else {
            complaints.report(
                "copies of events wait until keys that are not lists are renamed or deleted",
                ["keys": "\(list) or \(failures)"])
            return false
        }
        let events = replies[2]
        let (large, context) = (LargeDraft(largeScratch), draftContext)
        await withCheckedContinuation { continuation in
            aside {
                large.writeMending(events, bad: bad, with: compiled, context: context)
            } then: { _ in
                continuation.resume()
            }
        }
        let draft = large.draft
        var commit = RedisPipeline()
        draft.appendMending(list, commands: commands, to: &commit)
        CrashPoint.pass(.beforeMending)
        let answer = CommitAnswer(try await session.control.send(commit), movesFailures: draft.movesFailures)
        CrashPoint.pass(.afterMending)
        guard case .committed = answer else { return false }
        draft.tallyMending(into: &statistics)
        complaints.report(
            "copies of events went to failed, because their queues are not lists",
            ["queues": "\(bad.sorted().joined(separator: ", "))"])
        return true
    }
}
