import BusRider
import BusWire
import ResqueBus

extension TestBus {
    /// A heartbeat as schedules write it (contract §5).
    private static let heartbeat = Array(
        #"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"::QueueBus::Heartbeat\"}"]}"#.utf8)

    /// The worker in the entries of failed jobs.
    private static let worker = "test-host:1:*"

    /// Drives and runs everything that is due, also what handlers publish and enqueue meanwhile, until nothing is left.
    ///
    /// - Parameter limit: how many steps it may take; handlers that publish for each other forever are found so.
    /// - Returns: how many jobs ran, retries included.
    /// - Throws: ``TestBusError`` when the limit is reached.
    @discardableResult
    public func drain(atMost limit: Int = 100_000) async throws(TestBusError) -> Int {
        var runs = 0
        for _ in 0..<limit {
            await memory.promote()
            if let element = await memory.pop(from: [incoming]) {
                await drive(element.bytes)
            } else if let job = await memory.pop(from: queues) {
                await run(ReservedJob(element: job.bytes, queue: job.queue))
                runs += 1
            } else {
                return runs
            }
        }
        throw TestBusError(
            description: "Something was left after \(limit) steps; do handlers publish for each other forever?")
    }

    /// Moves the clock, and drains at every moment at which something falls due on the way: retries run at their time.
    ///
    /// - Parameters:
    ///   - duration: in whole seconds; a fraction is left out.
    ///   - heartbeats: whether the bus publishes `heartbeat_minutes` at every full minute on the way, as a scheduler
    ///     makes it do. Default false.
    /// - Returns: how many jobs ran.
    /// - Throws: ``TestBusError`` when one of the drains takes too many steps.
    @discardableResult
    public func advance(by duration: Duration, heartbeats: Bool = false) async throws(TestBusError) -> Int {
        let end = clock.now + Int(duration.components.seconds)
        var runs = try await drain()
        while clock.now < end {
            var next = end
            if let due = await memory.waiting.first?.second { next = min(next, due) }
            let minute = (clock.now / 60 + 1) * 60
            if heartbeats { next = min(next, minute) }
            clock.set(max(next, clock.now))
            if heartbeats, clock.now == minute { await memory.push(Self.heartbeat, to: incoming) }
            runs += try await drain()
        }
        return runs
    }

    /// Lets the bus publish `heartbeat_minutes`, and drains. As in production it publishes each minute once, and the
    /// minutes since the heartbeat before. Minute, hour and so on are those of UTC.
    ///
    /// - Returns: how many jobs ran.
    /// - Throws: ``TestBusError`` when the drain takes too many steps.
    @discardableResult
    public func tickHeartbeat() async throws(TestBusError) -> Int {
        await memory.push(Self.heartbeat, to: incoming)
        return try await drain()
    }

    private func drive(_ element: [UInt8]) async {
        let outcome = driver.drive(element, at: clock.now)
        for job in outcome.jobs { await memory.push(job.bytes, to: job.queue) }
        for event in outcome.events { await memory.push(event, to: incoming) }
        for (poison, queue, bytes) in outcome.failures {
            let entry = FailureEntry(
                failedAt: clock.now, exception: poison.exception, message: poison.message, worker: Self.worker,
                queue: queue)
            fail(bytes.withUnsafeBytes { entry.encoded(for: $0) })
        }
    }

    private func run(_ job: ReservedJob) async {
        let report = await Self.perform(job, on: router, mode: bus.configuration.localMode)
        let disposition = Disposition(
            report, of: job, counter: await counter(of: report), now: clock.now, worker: Self.worker)
        switch disposition {
        case .done(let key):
            if let key { await memory.setAttempts(key.name, to: nil) }
        case .retryNow(let queue, let element, let key, let counter):
            await memory.setAttempts(key.name, to: counter)
            await memory.push(element, to: queue)
        case .retryLater(let retry):
            await memory.setAttempts(retry.key.name, to: retry.counter)
            await memory.wait(.init(second: retry.epoch, queue: retry.queue, bytes: retry.item))
        case .failed(let entry, let key):
            if let key { await memory.setAttempts(key.name, to: nil) }
            fail(entry)
        }
    }

    private func counter(of report: JobReport) async -> String? {
        guard let key = report.retryKey else { return nil }
        return await memory.attempts[key.name].map(String.init)
    }

    private func fail(_ entry: [UInt8]) {
        failures.append(FailedJob(place: failures.count, bytes: entry))
    }

    /// Runs a job where a rider would: not on this actor.
    @concurrent private static func perform(_ job: ReservedJob, on router: JobRouter, mode: LocalMode) async
        -> JobReport
    {
        await Bus.withLocalMode(mode) { await router.perform(job) }
    }
}
