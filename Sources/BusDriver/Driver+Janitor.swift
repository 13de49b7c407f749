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

    /// - Returns: false when nothing can be mended for now.
    private func mendAll(_ session: DriverSession, _ commands: DriverCommands) async throws(RedisError) -> Bool {
        var pipeline = RedisPipeline()
        pipeline.append("HGETALL", configuration.keys.fixes)
        pipeline.append("TYPE", configuration.keys.failed)
        let replies = try await session.control.send(pipeline)
        guard replies[0].count > 0 else { return true }
        guard replies[1].string == "list" || replies[1].string == "none" else {
            complaints.report(
                "copies of events wait until a key that is not a list is removed",
                ["key": "\(configuration.keys.failed)", "waiting": "\(configuration.keys.fixes)"])
            return false
        }
        // Whoever kept the batch matched it with subscriptions that this driver may not know yet.
        let registry = SubscriptionRegistry(connection: session.control, bus: configuration.keys)
        let compiled = CompiledSubscriptions(
            applications: try await registry.load(), keys: configuration.keys, reusing: compiled)
        for index in stride(from: 0, to: replies[0].count, by: 2) {
            guard let list = replies[0][index].string, let text = replies[0][index + 1].string else { continue }
            let names = (try? JSONValue.parse(text))?.elements ?? []
            try await mend(list, bad: Set(names.compactMap(\.string)), with: compiled, session, commands)
        }
        return true
    }

    private func mend(
        _ list: String, bad: Set<String>, with compiled: CompiledSubscriptions, _ session: DriverSession,
        _ commands: DriverCommands
    ) async throws(RedisError) {
        var reading = RedisPipeline()
        reading.append("WATCH", list)
        reading.append("LRANGE", list, "0", "-1")
        let events = try await session.control.send(reading)[1]
        let draft = BatchDraft(scan: EventScan(), scratch: MatchScratch())
        draft.writeMending(events, bad: bad, with: compiled, context: draftContext)
        var commit = RedisPipeline()
        draft.appendMending(list, commands: commands, to: &commit)
        CrashPoint.pass(.beforeMending)
        let answer = CommitAnswer(try await session.control.send(commit))
        CrashPoint.pass(.afterMending)
        guard case .committed = answer else { return }
        draft.tallyMending(into: &statistics)
        complaints.report(
            "copies of events went to failed, because their queues are not lists",
            ["queues": "\(bad.sorted().joined(separator: ", "))"])
    }
}
