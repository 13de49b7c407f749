package import BusWire

/// A worker beside the clock.
package struct WorkerView: Sendable {
    package let worker: RegisteredWorker
    /// Seconds since the last heartbeat; nil when there was none, or its time cannot be read.
    package let heartbeatAge: Int?
    /// Seconds since the job in hand was begun; nil without a job, or when its time cannot be read.
    package let jobAge: Int?

    /// - Parameter now: epoch seconds on Redis' clock.
    package init(_ worker: RegisteredWorker, now: Int) {
        self.worker = worker
        heartbeatAge = worker.heartbeat.flatMap(Self.epoch).map { now - $0 }
        jobAge = worker.job?["run_at"]?.string.flatMap(Self.epoch).map { now - $0 }
    }

    private static func epoch(_ text: String) -> Int? {
        time(text).flatMap(NumberMeaning.epochSecond.believed)
    }

    /// Epoch seconds, or ISO 8601 with a zone.
    private static func time(_ text: String) -> Int? { Int(text) ?? (try? ISOTime.epoch(text)) }

    /// Whether the worker seems to be dead. Nobody can tell of one of Ruby's that never sent a heartbeat.
    package var isStale: Bool {
        switch worker.kind {
        case .ruby: heartbeatAge.map { $0 > RegisteredWorker.patience } ?? false
        case .driver, .rider: worker.lease.map { $0 <= .zero } ?? true
        }
    }

    /// When it was started: ISO 8601 in UTC if that can be read, else in the worker's own words.
    package var started: String? {
        worker.started.map { text in Self.time(text).map { CivilTime(epoch: $0).isoText } ?? text }
    }

    /// As a JSON object; what is not known is null.
    package var json: JSONValue {
        func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        func optional(_ number: Int?) -> JSONValue { number.map { .integer($0) } ?? .null }
        let job: JSONValue =
            worker.job.map { job in
                [
                    "class": optional(job["payload"]?["class"]?.string), "queue": optional(job["queue"]?.string),
                    "run_at": optional(job["run_at"]?.string), "seconds": optional(jobAge),
                    "event": EventInHand(job)?.json ?? .null,
                ]
            } ?? .null
        return [
            "id": .string(worker.id), "kind": .string(worker.kind.rawValue), "host": .string(worker.host),
            "pid": .string(worker.processID), "queues": .array(worker.queues.map { .string($0) }),
            "started": optional(started), "heartbeat": optional(worker.heartbeat),
            "heartbeat_seconds": optional(heartbeatAge),
            "lease_ms": optional(worker.lease.map { Int($0 / .milliseconds(1)) }), "stale": .bool(isStale),
            "paused": .bool(worker.isPaused), "job": job,
            "processed": .integer(worker.processed), "failed": .integer(worker.failed),
        ]
    }
}
