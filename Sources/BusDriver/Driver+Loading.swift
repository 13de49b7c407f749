import BusProtocol
import BusSession
import BusWire
import Logging
import RedisConnection

/// Reads subscriptions and puts them in force, at the cost of what has changed.
extension Driver {
    /// Answers up to this size are taken apart on the loop.
    private static let mostReadOnLoop = 32 << 10

    /// Reads what has changed; it is in force from then on.
    func loadSubscriptions() async {
        guard let session else { return }
        let generation = life.generation
        let changes = announced
        announced = AnnouncedChanges()
        DriverCrashPoint.pass(.beforeLoad)
        do throws(RedisError) {
            let registry = SubscriptionRegistry(connection: session.control, bus: configuration.keys)
            if changes.everything {
                try await loadAll(registry, generation)
            } else {
                try await load(changes, registry, generation)
            }
            if changes.everything || changes.pause { try await readPause(session) }
            DriverCrashPoint.pass(.afterLoad)
            guard life.isCurrent(generation) else { return }
            statistics.loads += 1
            statistics.subscriptions = compiled.count
            statistics.broken = compiled.problemCount
            freshness.finished(successfully: true)
            mergeSegments()
            advanceFreshness()
        } catch {
            guard life.isCurrent(generation) else { return }
            end(.lost(error))
        }
    }

    private func loadAll(_ registry: SubscriptionRegistry, _ generation: Int) async throws(RedisError) {
        let members = try await registry.names()
        let names = await computed(from: members.answerByteCount) { ApplicationNames(members) }
        let reading = try await registry.read(names)
        let all = await computed(from: reading.byteCount) { [configuration, compiled] in
            CompiledSubscriptions(reading, keys: configuration.keys, reusing: compiled)
        }
        guard life.isCurrent(generation) else { return }
        compiled = all
        let known = reportedProblems
        reportedProblems = [:]
        for part in all.parts { warn(about: part.segment, besides: known) }
    }

    private func load(
        _ changes: AnnouncedChanges, _ registry: SubscriptionRegistry, _ generation: Int
    ) async throws(RedisError) {
        let members = changes.names ? try await registry.names() : nil
        let plan = await computed(from: members?.answerByteCount ?? 0) { [compiled] in
            compiled.plan(for: changes.applications, names: members.map(ApplicationNames.init))
        }
        guard !plan.read.byKey.isEmpty || !plan.gone.isEmpty else { return }
        let reading = try await registry.read(plan.read)
        let segment = await computed(from: reading.byteCount) { [compiled] in compiled.segment(of: reading) }
        guard life.isCurrent(generation) else { return }
        compiled = compiled.changing(segment, removing: plan.gone)
        let known = reportedProblems
        for key in plan.gone + plan.read.byKey.map(\.key) { reportedProblems[key] = nil }
        warn(about: segment, besides: known)
        if compiled.destinations.isOvergrown {
            announced = .everything
            freshness.changed()
        }
    }

    /// What `body` computes, beside the loop when it has much to do.
    private func computed<Value: Sendable>(
        from byteCount: Int, _ body: @escaping @Sendable () -> Value
    ) async -> Value {
        byteCount > Self.mostReadOnLoop ? await DetachedThread.value(of: body) : body()
    }

    /// - Parameter known: problems by application that were told before.
    private func warn(about segment: SubscriptionSegment, besides known: [String: Set<String>]) {
        for application in segment.faulty {
            for problem in application.problems where known[application.key]?.contains(problem) != true {
                complaints.report("a subscription is left out", ["problem": "\(problem)"], most: 20)
            }
            reportedProblems[application.key] = Set(application.problems)
        }
    }

    /// Keeps segments few: light ones are merged at once, others beside the loop.
    private func mergeSegments() {
        while let inputs = compiled.partsToMerge(besides: merging) {
            if inputs.weight <= CompiledSubscriptions.lightWeight {
                compiled = compiled.replacing(inputs, by: CompiledSubscriptions.merged(inputs))
                continue
            }
            merging.append(inputs)
            startTask { driver in
                let merged = await DetachedThread.value { CompiledSubscriptions.merged(inputs) }
                driver.merging.removeAll { $0[0].segment === inputs[0].segment }
                driver.compiled = driver.compiled.replacing(inputs, by: merged)
                driver.mergeSegments()
            }
        }
    }
}
