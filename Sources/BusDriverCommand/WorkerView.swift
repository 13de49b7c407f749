import BusOperations
import BusWire
import CommandInterface

/// A worker beside the clock.
struct WorkerView {
    let worker: RegisteredWorker
    /// Seconds since the last heartbeat; nil when there was none, or its time cannot be read.
    let heartbeatAge: Int?
    /// Seconds since the job in hand was begun; nil without a job, or when its time cannot be read.
    let jobAge: Int?

    /// - Parameter now: epoch seconds on Redis' clock.
    init(_ worker: RegisteredWorker, now: Int) {
        self.worker = worker
        heartbeatAge = worker.heartbeat.flatMap(Self.epoch).map { now - $0 }
        jobAge = worker.job?["run_at"]?.string.flatMap(Self.epoch).map { now - $0 }
    }

    private static func epoch(_ text: String) -> Int? {
        (try? TimeText.parse(text)).flatMap(NumberMeaning.epochSecond.believed)
    }

    /// Whether the worker seems to be dead. Nobody can tell of one of Ruby's that never sent a heartbeat.
    var isStale: Bool {
        switch worker.kind {
        case .ruby: heartbeatAge.map { $0 > RegisteredWorker.patience } ?? false
        case .driver, .rider: worker.lease.map { $0 <= .zero } ?? true
        }
    }

    /// When it was started: ISO 8601 in UTC if that can be read, else in the worker's own words.
    var started: String? {
        worker.started.map { text in (try? TimeText.parse(text)).map(TimeText.text) ?? text }
    }

    /// How fresh the last sign of life is.
    var seen: String {
        let mark = isStale ? " STALE" : ""
        switch (worker.kind, worker.lease, heartbeatAge) {
        case (.ruby, _, let age?): return "\(Self.text(seconds: age)) ago\(mark)"
        case (.ruby, _, nil): return worker.heartbeat == nil ? "never" : "?"
        case (_, let lease?, _) where lease > .zero:
            return "lease \(Self.text(seconds: Int(lease / .seconds(1))))\(worker.isPaused ? " PAUSED" : "")"
        case (_, .some, _): return "lease ran out\(mark)"
        case (_, nil, _): return "no lease\(mark)"
        }
    }

    /// The job in hand: its class, or for one of the bus the event and the subscription; its queue, for how long.
    var jobText: String {
        guard let job = worker.job else { return "-" }
        guard let className = job["payload"]?["class"]?.string else { return "(unreadable)" }
        let queue = job["queue"]?.string.map { " from \($0)" } ?? ""
        let name = EventInHand(job)?.text ?? className
        return name + queue + (jobAge.map { " for \(Self.text(seconds: $0))" } ?? "")
    }

    var json: JSONValue {
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

    private static func text(seconds: Int) -> String { DurationText.text(.seconds(max(0, seconds))) }
}
