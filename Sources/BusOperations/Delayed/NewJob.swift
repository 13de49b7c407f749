import BusProtocol
package import BusWire
package import RedisConnection

/// A job that is to wait for its time, as with Ruby's `enqueue_at_with_queue`; one whose time has passed is pushed at
/// once.
package struct NewJob: Sendable {
    package let payload: JobPayload
    package let queue: String
    /// Epoch seconds.
    package let due: Int

    /// The end of the year 9999, in epoch seconds.
    private static let endOfTime = 253_402_300_800

    package init(_ payload: JobPayload, on queue: String, due: Int) {
        self.payload = payload
        self.queue = queue
        self.due = due
    }

    /// Whether it is pushed at once.
    ///
    /// - Parameter now: epoch seconds on Redis' clock.
    package func isDue(at now: Int) -> Bool { due <= now }

    /// What puts it where it belongs, in one step.
    ///
    /// - Parameter now: epoch seconds on Redis' clock.
    /// - Throws: `OperationError` for a time after the year 9999, and for arguments that are no JSON.
    package func commands(now: Int, bus: BusKeys) throws(OperationError) -> RedisPipeline {
        guard due < Self.endOfTime else {
            throw OperationError("Nothing can wait for a time after the year 9999; give an earlier one.")
        }
        var pipeline = RedisPipeline()
        do throws(JSONEncodingError) {
            if isDue(at: now) {
                pipeline.appendPush([try payload.encoded()], to: queue, bus: bus)
            } else {
                pipeline.appendDelayed(try payload.encoded(waitingFor: queue), until: due, bus: bus)
            }
        } catch {
            throw OperationError("\(error.description); write it as a text.")
        }
        return pipeline
    }
}
