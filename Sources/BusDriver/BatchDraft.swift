import BusMatching
import BusProtocol
import BusSession
import BusWire
import RedisConnection

/// What a batch of events leads to, before it is committed: jobs by destination, entries for `failed`, events to
/// publish.
///
/// Reused from batch to batch, so that driving allocates nothing. Confined to its driver's loop, and no method is
/// entered twice: what each event touches needs no check of exclusive access.
final class BatchDraft {
    /// Events in the batch.
    @exclusivity(unchecked) private(set) var events = 0
    /// Regular expressions need more time than there is here: what is written is not to be used.
    @exclusivity(unchecked) private(set) var isUnfinished = false
    /// Bytes to push.
    private(set) var bytes = 0
    /// The batch holds bus heartbeats, whose minutes are not known before the commit.
    private(set) var busHeartbeats = 0

    @exclusivity(unchecked) private var copies = 0
    @exclusivity(unchecked) private var unmatched = 0
    private var failed = 0
    private var compiled = CompiledSubscriptions.none
    /// Its parts, to be used without counting references.
    @exclusivity(unchecked) private var parts: [Unmanaged<SegmentPart>] = []
    @exclusivity(unchecked) private var drivenAt = 0

    private let scan: EventScan
    private let scratch: MatchScratch
    /// A buffer for each list that this batch pushes to, and its destination.
    @exclusivity(unchecked) private var buffers: [JobBuffer] = []
    /// The same buffers, to be written to without counting references.
    @exclusivity(unchecked) private var writable: [Unmanaged<JobBuffer>] = []
    @exclusivity(unchecked) private var touched: [Int32] = []
    /// For each destination its buffer in this batch, or -1.
    @exclusivity(unchecked) private var bufferOf: [Int32] = []
    private let failures = JobBuffer()
    private let unjudged: UnjudgedCopies
    private var unjudgedCharge = UnjudgedCopies.Charge()
    private let published = JobBuffer()
    /// For a job that becomes part of an entry.
    private let spare = JobBuffer()
    private var busHeartbeatPlan: BusHeartbeatPlan?

    /// Limits of what a compare-and-set carries: its jobs pass through a script.
    private static let mostSwappedCopies = 64
    private static let mostSwappedBytes = 128 << 10

    /// - Parameters:
    ///   - scan: may be shared by drafts of one loop.
    ///   - scratch: shared likewise; it knows which regular expressions are in quarantine.
    ///   - unjudged: shared by all drafts of a driver.
    init(scan: EventScan, scratch: MatchScratch, unjudged: UnjudgedCopies) {
        self.scan = scan
        self.scratch = scratch
        self.unjudged = unjudged
    }

    // MARK: - Writing

    /// Matches and copies every event, or is ``isUnfinished``.
    ///
    /// - Parameters:
    ///   - events: an array of incoming elements, or one of them.
    ///   - compiled: the subscriptions in force.
    ///   - recoveries: of the only event, when it is suspected of killing drivers; at three it is set aside.
    ///   - context: what entries and republished events need to know.
    func write(_ events: RedisReply, with compiled: CompiledSubscriptions, recoveries: Int?, context: DraftContext) {
        begin(compiled, at: context.now)
        if events.kind == .array {
            events.forEachElement { drive($0, recoveries: recoveries, context: context) }
        } else {
            events.withUnsafeBytes {
                if let element = $0 { drive(element, recoveries: recoveries, context: context) }
            }
        }
        bytes = failures.byteCount + published.byteCount
        for index in touched.indices { bytes += buffers[index].byteCount }
    }

    private func begin(_ compiled: CompiledSubscriptions, at now: Int) {
        for destination in touched { bufferOf[Int(destination)] = -1 }
        for index in touched.indices { buffers[index].removeAll() }
        touched.removeAll(keepingCapacity: true)
        if self.compiled !== compiled {
            self.compiled = compiled
            parts = compiled.parts.map { .passUnretained($0) }
            if bufferOf.count < compiled.destinations.count {
                bufferOf += repeatElement(-1, count: compiled.destinations.count - bufferOf.count)
            }
        }
        failures.removeAll()
        published.removeAll()
        busHeartbeatPlan = nil
        unjudged.giveBack(&unjudgedCharge)
        (events, copies, unmatched, failed, busHeartbeats) = (0, 0, 0, 0, 0)
        isUnfinished = false
        drivenAt = now
        scratch.beginBatch()
    }

    private func drive(_ element: UnsafeRawBufferPointer, recoveries: Int?, context: DraftContext) {
        if isUnfinished { return }
        events += 1
        if let recoveries, recoveries >= DraftContext.mostRecoveries {
            return fail(element, .crashLoop(recoveries), context)
        }
        DriverCrashPoint.look(at: element)
        switch scan.scan(element) {
        case .event: copyToSubscribers(context)
        case .publisher: publish(context)
        case .heartbeat: busHeartbeats += 1
        case .poison(let poison): fail(element, poison, context)
        }
    }

    private func copyToSubscribers(_ context: DraftContext) {
        let before = copies
        for place in parts.indices {
            parts[place]._withUnsafeGuaranteedRef { part in
                part.segment.index.match(scan, using: scratch, continuing: place > 0)
                if scratch.needsMoreTime { isUnfinished = true } else { copyMatches(of: part, context) }
            }
            if isUnfinished { return }
        }
        if copies == before { unmatched += 1 }
    }

    @inline(__always)
    private func copyMatches(of part: SegmentPart, _ context: DraftContext) {
        let segment = part.segment
        let templates = segment.templates
        for match in scratch.matches {
            let match = Int(match)
            if part.isWithdrawn(match) { continue }
            writable[place(of: segment.destinationOf[match])]._withUnsafeGuaranteedRef {
                templates.appendJob(match, of: scan, drivenAt: drivenAt, to: $0)
            }
            copies += 1
        }
        if !scratch.undecided.isEmpty { failUndecided(in: part, context) }
    }

    /// Which of the buffers is this destination's in this batch.
    private func place(of destination: Int32) -> Int {
        let known = bufferOf[Int(destination)]
        if known >= 0 { return Int(known) }
        let place = touched.count
        touched.append(destination)
        bufferOf[Int(destination)] = Int32(place)
        if place == buffers.count {
            buffers.append(JobBuffer())
            writable.append(.passUnretained(buffers[place]))
        }
        return place
    }

    // MARK: - What is no plain copy

    private func fail(_ element: UnsafeRawBufferPointer, _ poison: Poison, _ context: DraftContext) {
        failed += 1
        failures.append(element: context.entry(poison, queue: context.queue).encoded(for: element))
    }

    /// A delayed event that has fallen due goes onto the incoming list as a new event (contract §5, publisher job).
    private func publish(_ context: DraftContext) {
        scan.appendPublishedEvent(now: drivenAt, uuid: context.uuid(), hostname: context.host, to: published)
    }

    /// Copies that could not be judged, each with the subscription's name.
    private func failUndecided(in part: SegmentPart, _ context: DraftContext) {
        for undecided in scratch.undecided where !part.isWithdrawn(undecided.subscription) {
            let subscription = part.segment.index.subscriptions[undecided.subscription]
            let name = "\(subscription.appKey)/\(subscription.key)"
            var message = """
                whether this event matches \(name) is unknown: the regular expression \(undecided.filter.abbreviated) \
                \(undecided.reason)
                """
            if undecided.reason.isPermanent {
                switch unjudged.take(name, at: context.now, charge: &unjudgedCharge) {
                case .count: continue
                case .enter(let countedBefore):
                    if countedBefore > 0 { message += "; \(countedBefore) copies before this one were only counted" }
                }
            }
            failCopy(
                undecided.subscription, of: part.segment,
                Poison(exception: "BusDriver::UndecidedMatch", message: message), context)
        }
    }

    /// One subscriber's copy becomes an entry of `failed`, from where it can be retried onto the subscriber's queue.
    private func failCopy(
        _ subscription: Int, of segment: SubscriptionSegment, _ poison: Poison, _ context: DraftContext
    ) {
        failed += 1
        spare.removeAll()
        segment.templates.appendJob(subscription, of: scan, drivenAt: drivenAt, to: spare)
        let entry = context.entry(poison, queue: segment.index.subscriptions[subscription].queue)
        spare.withOnlyJob { failures.append(element: entry.encoded(for: $0)) }
    }

    /// Adds the minutes that the bus heartbeats of this batch publish (contract §5, heartbeat job).
    func addBusHeartbeats(_ plan: BusHeartbeatPlan, _ context: DraftContext) {
        busHeartbeatPlan = plan
        for minute in plan.minutes {
            let element = PublishedEvent.heartbeatElement(
                epochMinute: minute, now: drivenAt, uuid: context.uuid(), hostname: context.host,
                secondsFromUTC: context.localOffset)
            published.append(element: element)
        }
    }

    /// Writes what the janitor does for a kept batch: every copy that is owed goes to its list now, or becomes an entry
    /// of `failed`, and what could not be written to `failed` itself is written now.
    ///
    /// - Parameters:
    ///   - owed: keys of the destinations that got nothing.
    ///   - unusable: those of them that are no lists.
    func writeMending(
        _ events: RedisReply, owed: Set<String>, unusable: Set<String>, with compiled: CompiledSubscriptions,
        context: DraftContext
    ) {
        begin(compiled, at: context.now)
        let lostFailures = !owed.isDisjoint(with: context.failureKeys)
        events.forEachElement { element in
            switch scan.scan(element) {
            case .event:
                for (place, part) in compiled.parts.enumerated() {
                    part.segment.index.match(scan, using: scratch, continuing: place > 0)
                    mend(part, owed: owed, unusable: unusable, context)
                    if lostFailures { failUndecided(in: part, context) }
                }
                // Only an event that travelled alone can have failed for what it had done to drivers.
                if lostFailures, events.count == 1, failures.isEmpty {
                    fail(element, .crashLoop(DraftContext.mostRecoveries), context)
                }
            case .publisher where unusable.contains(context.publishKey):
                fail(element, .wrongType(context.publishKey), context)
            case .publisher where owed.contains(context.publishKey): publish(context)
            case .poison(let poison) where lostFailures: fail(element, poison, context)
            default: break
            }
        }
    }

    private func mend(_ part: SegmentPart, owed: Set<String>, unusable: Set<String>, _ context: DraftContext) {
        let segment = part.segment
        for match in scratch.matches.map(Int.init) where !part.isWithdrawn(match) {
            let key = compiled.destinations[segment.destinationOf[match]].key
            guard owed.contains(key) else { continue }
            if unusable.contains(key) {
                failCopy(match, of: segment, .wrongType(key), context)
            } else {
                let jobs = buffers[place(of: segment.destinationOf[match])]
                segment.templates.appendJob(match, of: scan, drivenAt: drivenAt, to: jobs)
            }
        }
    }

    // MARK: - Committing

    /// The commit pushes entries that are then to move on to `failed`.
    var movesFailures: Bool { !failures.isEmpty }

    /// Appends the whole commit of a batch.
    func appendCommit(
        _ sequence: Int, absolves: Bool, commands: DriverCommands, context: DraftContext,
        to pipeline: inout RedisPipeline
    ) {
        commands.beginCommit(in: &pipeline)
        var queues: [String] = []
        var keys: [String] = []
        for (index, number) in touched.enumerated() {
            let destination = compiled.destinations[number]
            pipeline.appendPush(of: buffers[index], onto: destination.key)
            queues.append(destination.queue)
            keys.append(destination.key)
        }
        if !published.isEmpty {
            pipeline.appendPush(of: published, onto: context.publishKey)
            queues.append(context.publishQueue)
            keys.append(context.publishKey)
        }
        if !failures.isEmpty {
            pipeline.appendPush(of: failures, onto: context.failuresKey)
            keys.append(context.failuresKey)
        }
        if let minute = busHeartbeatPlan?.timestampAfter {
            commands.appendBusHeartbeatsDone(upTo: minute, in: &pipeline)
        }
        commands.endCommit(
            .init(
                sequence: sequence, processed: events, failed: failed, queues: queues, destinations: keys,
                absolves: absolves, movesFailures: movesFailures),
            in: &pipeline)
    }

    /// Appends the compare-and-set of a single event; false where a claim is needed instead, because the event is no
    /// plain one, needs more time or has too many copies for a script.
    func appendSwap(
        _ sequence: Int, event: RedisReply, commands: DriverCommands, to pipeline: inout RedisPipeline
    ) -> Bool {
        guard !isUnfinished, failures.isEmpty, published.isEmpty, busHeartbeats == 0, copies <= Self.mostSwappedCopies,
            bytes <= Self.mostSwappedBytes
        else { return false }
        event.withUnsafeBytes { element in
            commands.beginSwap(
                sequence: sequence, event: element ?? UnsafeRawBufferPointer(start: nil, count: 0),
                destinations: touched.map { compiled.destinations[$0].key },
                argumentCount: 2 * touched.count + copies, in: &pipeline)
        }
        for (index, number) in touched.enumerated() {
            pipeline.appendArguments(compiled.destinations[number].queue, buffers[index])
        }
        return true
    }

    /// Appends what ends a kept batch.
    func appendMending(
        _ list: String, commands: DriverCommands, context: DraftContext, to pipeline: inout RedisPipeline
    ) {
        var pushes = touched.indices.map { index in
            let destination = compiled.destinations[touched[index]]
            return (key: destination.key, queue: destination.queue, jobs: buffers[index])
        }
        pushes.append((context.publishKey, context.publishQueue, published))
        pushes.append((context.failuresKey, "", failures))
        pushes.removeAll { $0.jobs.isEmpty }
        commands.beginMending(
            list, failed: failed, destinations: pushes.map(\.key),
            argumentCount: pushes.reduce(0) { $0 + 2 + $1.jobs.count }, in: &pipeline)
        for push in pushes { pipeline.appendArguments(push.queue, push.jobs) }
    }

    /// Counts a committed batch.
    func tally(into statistics: inout DriverStatistics) {
        unjudgedCharge = UnjudgedCopies.Charge()
        statistics.events += events
        statistics.copies += copies
        statistics.unmatched += unmatched
        statistics.failed += failed
        statistics.batches += 1
    }

    /// Counts a mended batch: its events were counted when they were committed.
    func tallyMending(into statistics: inout DriverStatistics) {
        unjudgedCharge = UnjudgedCopies.Charge()
        statistics.failed += failed
    }
}

extension RedisPipeline {
    /// Appends what scripts want to know of a destination: its queue, the number of its jobs, the jobs.
    fileprivate mutating func appendArguments(_ queue: String, _ jobs: JobBuffer) {
        argument(queue)
        argument(jobs.count)
        jobs.withUnsafeBytes { encodedArguments($0, count: jobs.count) }
    }
}
