import BusOperations
import BusProtocol
import BusSession
import LibevExecutor
import RedisConnection

/// The open loop: events leave when they are due, whether or not earlier ones were acknowledged, and each is a RPUSH of
/// its own, as applications publish.
extension LoadGenerator {
    /// A schedule that is being published.
    struct OpenLoop {
        var schedule: ArrivalSchedule
        /// What the schedule counts from, in nanoseconds.
        let epoch: Int64
        let isEnough: @Sendable (Measurement) -> Bool
        /// How many whole seconds `isEnough` was asked about.
        var judgedSeconds = 0
        let end: CheckedContinuation<Void, Never>

        /// When the next event is due, in nanoseconds; nil after the last.
        var next: Int64? { schedule.next.map { epoch + $0 } }
    }

    /// Two writes are at least this far apart, in nanoseconds, so that a high rate does not become a storm of system
    /// calls.
    private static let shortestPause: Int64 = 80_000
    /// How many events are written at most before the riders get a turn.
    private static let mostEventsPerWrite = 256
    /// A generator that is late by more than this, in nanoseconds, will not catch up.
    private static let mostLateness: Int64 = 5_000_000_000

    /// Publishes by a schedule that begins now, with a new ``Measurement``, and returns when its last event was
    /// written, or after a failure.
    ///
    /// - Parameter isEnough: asked after each whole second; true ends the publishing early.
    func publish(
        _ schedule: ArrivalSchedule, until isEnough: @escaping @Sendable (Measurement) -> Bool = { _ in false }
    ) async {
        guard failure == nil else { return }
        beginMeasuring()
        let epoch = measurement.start
        await withCheckedContinuation { end in
            openLoop = OpenLoop(schedule: schedule, epoch: epoch, isEnough: isEnough, end: end)
            publishDue()
        }
    }

    /// Measures from now on; what was measured before is forgotten.
    func beginMeasuring() { measurement = Measurement(start: Int64(MonotonicTime.now)) }

    /// Publishes so many events as fast as Redis takes them, and returns when all are acknowledged, or after a failure.
    func fill(_ events: Int) async {
        while failure == nil, ledger.published < events {
            var pipeline = RedisPipeline()
            let now = Int64(MonotonicTime.now)
            for _ in 0..<min(Self.mostEventsPerWrite, events - ledger.published) {
                append(to: &pipeline, intended: now, written: now)
            }
            do throws(RedisError) {
                if let refusal = try await connections.publisher.send(pipeline).firstError {
                    fail(.redis(Impediment(.refusal(refusal))))
                }
            } catch {
                fail(.redis(Impediment(error)))
            }
        }
    }

    /// Publishes no more of the schedule.
    func stopPublishing() {
        publishTimer?.cancel()
        openLoop?.end.resume()
        openLoop = nil
    }

    func publishDue() {
        let now = Int64(MonotonicTime.now)
        writeDue(at: now)
        guard let next = openLoop?.next, !hasEnough else { return stopPublishing() }
        publishTimer?.arm(at: UInt64(max(next, now + Self.shortestPause)))
    }

    private var hasEnough: Bool {
        guard let openLoop, measurement.seconds.count - 1 > openLoop.judgedSeconds else { return false }
        self.openLoop?.judgedSeconds = measurement.seconds.count - 1
        return openLoop.isEnough(measurement)
    }

    private func writeDue(at now: Int64) {
        guard unacknowledgedBytes <= mostUnacknowledgedBytes else { return fail(.backpressure) }
        if let due = openLoop?.next, now - due > Self.mostLateness { return fail(.behind) }
        batch.removeAll()
        var intended: [Int64] = []
        while let due = openLoop?.next, due <= now, intended.count < Self.mostEventsPerWrite {
            append(to: &batch, intended: due, written: now)
            measurement.wrote(intended: due, written: now)
            intended.append(due)
            openLoop?.schedule.advance()
        }
        guard !intended.isEmpty else { return }
        let bytes = batch.byteCount
        unacknowledgedBytes += bytes
        ask(connections.publisher, batch) { [intended] generator, replies in
            generator.unacknowledgedBytes -= bytes
            guard replies != nil else { return }
            generator.measurement.acknowledged(intended, at: Int64(MonotonicTime.now))
        }
    }

    /// Appends the command that publishes the next event.
    private func append(to pipeline: inout RedisPipeline, intended: Int64, written: Int64) {
        element.removeAll(keepingCapacity: true)
        workload.append(ledger.published, stamp: stamp, to: &element)
        pipeline.begin(argumentCount: 3)
        pipeline.argument("RPUSH")
        pipeline.argument(incoming)
        element.withUnsafeBytes { pipeline.argument(bytes: $0) }
        ledger.publish(intended: intended, written: written)
    }
}
