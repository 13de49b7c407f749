import BusMatching
import BusProtocol
import BusSession
import BusWire
import Logging
import RedisConnection

/// Looks after batches that `fin` kept because a destination got nothing: their copies for it go there now, or, where
/// it is no list, to `failed`.
extension Driver {
    /// Runs the janitor soon, beside the driving.
    func mendLater() {
        janitor.expectWork()
        startTask { driver in
            guard let session = driver.session, driver.isOpen else { return }
            do throws(RedisError) { try await driver.mend(session) } catch { driver.end(.lost(error)) }
        }
    }

    /// Mends every kept batch, also those of other drivers, and those that are kept meanwhile.
    func mend(_ session: DriverSession) async throws(RedisError) {
        guard janitor.begin() else { return }
        defer { janitor.end() }
        while janitor.hasWork, let commands {
            janitor.beginRound()
            guard try await mendAll(session, commands) else { return janitor.expectWork() }
        }
    }

    /// Says that entries wait for `failed` to be a list. The janitor moves them when it is.
    func tellOfWaitingFailures(_ count: Int) {
        guard count > 0 else { return }
        janitor.expectWork()
        complaints.reportWaitingFailures(configuration.keys)
    }

    /// - Returns: false when something cannot be mended for now.
    private func mendAll(_ session: DriverSession, _ commands: DriverCommands) async throws(RedisError) -> Bool {
        let kept = try await session.control.keptBatches(bus: configuration.keys)
        var isMended = true
        if kept.count > 0 {
            // Whoever kept the batch matched it with subscriptions that this driver may not know yet.
            let registry = SubscriptionRegistry(connection: session.control, bus: configuration.keys)
            let reading = try await registry.read(ApplicationNames(try await registry.names()))
            let compiled = await DetachedThread.value { [configuration, compiled = feed.compiled] in
                CompiledSubscriptions(reading, keys: configuration.keys, reusing: compiled)
            }
            for index in stride(from: 0, to: kept.count, by: 2) {
                guard let list = kept[index].string, let text = kept[index + 1].string else { continue }
                // What ends a batch deletes its list.
                guard list.hasPrefix(configuration.keys.keptBatches + ":") else {
                    complaints.report(
                        Doubt(
                            configuration.keys.keptBatches, field: list, value: kept[index + 1].bytes,
                            consequence: "that list is left alone"))
                    continue
                }
                let names = Set(((try? JSONValue.parse(text))?.elements ?? []).compactMap(\.string))
                isMended = try await mend(list, owed: names, with: compiled, session, commands) && isMended
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

    /// - Returns: false when the batch must wait.
    private func mend(
        _ list: String, owed names: Set<String>, with compiled: CompiledSubscriptions, _ session: DriverSession,
        _ commands: DriverCommands
    ) async throws(RedisError) -> Bool {
        let context = draftContext
        let known = context.failureKeys.union(compiled.destinations.all.map(\.key)).union([context.publishKey])
        let owed = names.intersection(known)
        let (events, unusable) = try await readKept(list, owed: owed, session, commands)
        guard let events else { return false }
        let large = drafting.largeDraft()
        await withCheckedContinuation { continuation in
            besideLoop {
                large.writeMending(events, owed: owed, unusable: unusable, with: compiled, context: context)
            } then: { _ in
                continuation.resume()
            }
        }
        var pipeline = RedisPipeline()
        large.draft.appendMending(list, commands: commands, context: context, to: &pipeline)
        DriverCrashPoint.pass(.beforeMending)
        let answer = try await session.control.send(pipeline)[0]
        DriverCrashPoint.pass(.afterMending)
        if let refusal = answer.errorReply {
            complaints.report("copies of events wait, because Redis refuses to move them", refusal)
            return false
        }
        guard answer.string == "OK" else { return true }
        tally.mended(large.draft)
        if !unusable.isEmpty {
            complaints.report(
                "copies of events went to failed, because their queues are not lists",
                ["queues": "\(unusable.sorted().joined(separator: ", "))"])
        }
        return true
    }

    /// - Returns: a kept batch, nil when it is none; and which of its destinations are no lists.
    private func readKept(
        _ list: String, owed: Set<String>, _ session: DriverSession, _ commands: DriverCommands
    ) async throws(RedisError) -> (events: RedisReply?, unusable: Set<String>) {
        let destinations = Array(owed)
        var pipeline = RedisPipeline()
        commands.appendKept(list, destinations: destinations, to: &pipeline)
        let replies = try await session.control.send(pipeline)
        if let refusal = replies[0].errorReply {
            complaints.report("copies of events wait, because Redis refuses to move them", refusal)
            return (nil, [])
        }
        let unusable = destinations.indices.filter { index in
            replies[index + 1].string.map { !["list", "none"].contains($0) } ?? false
        }
        return (replies[0], Set(unusable.map { destinations[$0] }))
    }
}
