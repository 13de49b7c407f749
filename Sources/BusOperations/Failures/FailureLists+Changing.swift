import BusProtocol
import BusWire
package import RedisConnection

/// What is to become of an entry.
private struct FailureChange {
    let entry: FailureRecord
    /// Instead of the entry; empty to remove it.
    var replacement: [UInt8] = []
    /// The key that goes with it: of a queue, or of the list of an oversized event.
    var key: String?
    /// Empty for an oversized event.
    var queue = ""
    var job: [UInt8] = []

    var byteCount: Int { entry.bytes.count + replacement.count + job.count }
}

extension FailureLists {
    /// What came of a retry.
    package enum RetryOutcome: Sendable, Equatable {
        /// The job is at the tail of this queue.
        case pushed(queue: String)
        /// Somebody changed or removed the entry first.
        case gone
        /// The entry does not say what to push, or where.
        case unusable
        /// The event or job is too large to be loaded: it is the only element of this list.
        case setAside(list: String)
        /// Redis refuses it, because of a right or the type of a key; the entry is as it was.
        case refused(RedisErrorReply)
    }

    /// What stands for a removed entry until the step ends.
    private static let gone = "busdriver:gone"
    /// More entries than this many bytes take several steps: each keeps Redis from everything else.
    private static let mostBytesPerStep = 1 << 20

    /// Pushes the jobs of entries to their queues: the exact bytes of the failed element where the entry has them.
    ///
    /// - Parameters:
    ///   - entries: of one list, in the order of their places.
    ///   - removing: take the entries out of the list; otherwise they stay and say when they were retried, as with
    ///     resque-web.
    ///   - queue: another queue than the entry's own.
    ///   - now: epoch seconds.
    /// - Returns: an outcome for each.
    package func retry(
        _ entries: [FailureRecord], removing: Bool, to queue: String? = nil, now: Int
    ) async throws(RedisError) -> [RetryOutcome] {
        var outcomes: [RetryOutcome] = []
        var changes: [FailureChange] = []
        var places: [Int] = []
        for (place, entry) in entries.enumerated() {
            let queue = queue ?? entry.queue
            if let list = entry.listAside(in: bus) {
                outcomes.append(.setAside(list: list))
            } else if !queue.isEmpty, let job = entry.job, let marked = entry.retried(at: now) {
                outcomes.append(.pushed(queue: queue))
                places.append(place)
                changes.append(
                    FailureChange(
                        entry: entry, replacement: removing ? [] : marked, key: bus.queue(queue), queue: queue, job: job
                    ))
            } else {
                outcomes.append(.unusable)
            }
        }
        for (place, result) in zip(places, try await make(changes)) {
            switch result {
            case .done: break
            case .gone: outcomes[place] = .gone
            case .refused(let refusal): outcomes[place] = .refused(refusal)
            }
        }
        return outcomes
    }

    /// Removes entries, and with them the lists of what was too large for an entry.
    ///
    /// - Parameter entries: of one list, in the order of their places.
    /// - Returns: for each, whether there was one with these bytes.
    /// - Throws: `RedisError`, also when Redis refuses to remove one of them.
    package func remove(_ entries: [FailureRecord]) async throws(RedisError) -> [Bool] {
        var removed: [Bool] = []
        for result in try await make(entries.map({ FailureChange(entry: $0, key: $0.listAside(in: bus)) })) {
            if case .refused(let refusal) = result { throw .refusal(refusal) }
            removed.append(result == .done)
        }
        return removed
    }

    private enum Result: Equatable {
        case done
        case gone
        case refused(RedisErrorReply)
    }

    /// Makes changes to one list, in steps of bounded size.
    private func make(_ changes: [FailureChange]) async throws(RedisError) -> [Result] {
        var results: [Result] = []
        var removed = 0
        while results.count < changes.count {
            var size = 0
            let step = changes[results.count...].prefix { change in
                defer { size += change.byteCount }
                return size < Self.mostBytesPerStep
            }
            let ofStep = try await makeStep(step, removed: removed)
            removed += zip(step, ofStep).count { $0.replacement.isEmpty && $1 == .done }
            results += ofStep
        }
        return results
    }

    /// - Parameter removed: how many entries have gone since the places were read.
    private func makeStep(
        _ changes: ArraySlice<FailureChange>, removed: Int
    ) async throws(RedisError) -> [Result] {
        do {
            return try await connection.sendChecked(pipeline(of: changes, removed: removed))[0].elements
                .map { $0.integer == 1 ? .done : .gone }
        } catch {
            guard error.isRefusedForGood, case .reply(let refusal) = error.code else { throw error }
            guard changes.count > 1 else { return [.refused(refusal)] }
            // Nothing was changed, since one of them would have been refused half way. The others can do without it.
            var results: [Result] = []
            for place in changes.indices { results += try await makeStep(changes[place...place], removed: removed) }
            return results
        }
    }

    private func pipeline(of changes: ArraySlice<FailureChange>, removed: Int) -> RedisPipeline {
        guard let list = changes.first?.entry.list else { return RedisPipeline() }
        var keys = [bus.key(list), bus.queues]
        var numbers: [String: Int] = [:]
        for case let key? in changes.map(\.key) where numbers[key] == nil {
            keys.append(key)
            numbers[key] = keys.count
        }
        var pipeline = RedisPipeline()
        ScriptDigests().begin(.changeFailures, keys: keys, argumentCount: 1 + 6 * changes.count, in: &pipeline)
        pipeline.argument(Self.gone)
        for change in changes {
            pipeline.argument(max(0, change.entry.index - removed))
            change.entry.bytes.withUnsafeBytes { pipeline.argument(bytes: $0) }
            change.replacement.withUnsafeBytes { pipeline.argument(bytes: $0) }
            pipeline.argument(change.key.flatMap { numbers[$0] } ?? 0)
            pipeline.argument(change.queue)
            change.job.withUnsafeBytes { pipeline.argument(bytes: $0) }
        }
        return pipeline
    }
}
