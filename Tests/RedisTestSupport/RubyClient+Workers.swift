import Foundation

/// What Resque does to the entries of workers, its own and others', command by command (contract §6; resque 3.0.0,
/// resque-retry 1.8.1 and resque-bus 0.7.0 under MONITOR).
extension RubyClient {
    /// `Worker#start_heartbeat` and `Worker#prune_dead_workers` of a worker that starts.
    ///
    /// - Parameters:
    ///   - id: `host:pid:queues` of that worker.
    ///   - processes: the ids of Resque's processes on its host, as `ps` lists them.
    /// - Returns: the workers that it has removed.
    @discardableResult
    public func pruneDeadWorkers(startingAs id: String, processes: Set<String> = []) throws -> [String] {
        let heartbeats = "\(prefix)workers:heartbeat"
        try redis.call("HDEL", heartbeats, id)
        let lock = try redis.call("SET", "\(prefix)pruning_dead_workers_in_progress", id, "EX", "60", "NX")
        guard lock.string == "OK" else { return [] }
        let workers = try redis.call("SMEMBERS", "\(prefix)workers").strings
        let started = try redisTime()
        try redis.call("HSET", heartbeats, id, ISO8601DateFormatter().string(from: started))
        let noted = try redis.call("HGETALL", heartbeats).fields
        let now = try redisTime()
        let expired = noted.filter { now.timeIntervalSince(Self.time($0.value)) > 300 }.map(\.key).sorted()
        for worker in expired { try unregister(worker, because: "PruneDeadWorkerDirtyExit") }

        let own = Self.parts(id)
        let namesakes = workers.filter { worker in
            let other = Self.parts(worker)
            return !expired.contains(worker) && other.host == own.host && !processes.contains(other.process)
                && (own.queues.contains("*") || other.queues == own.queues)
        }
        for worker in namesakes { try unregister(worker, because: "DirtyExit") }
        return expired + namesakes
    }

    /// `Worker#unregister_worker`, as a worker that prunes does it, resque-web, or somebody at a console. What the
    /// worker shows as its job has failed by that: a bus job is retried at once, another one goes to `failed`.
    ///
    /// - Parameter exception: without `Resque::`.
    public func unregister(_ worker: String, because exception: String = "DirtyExit") throws {
        if let shown = try redis.call("GET", "\(prefix)worker:\(worker)").string, let job = try ShownJob(shown) {
            try fail(job, of: worker, because: exception)
        }
        try redis.pipeline([
            ["SREM", "\(prefix)workers", worker], ["DEL", "\(prefix)worker:\(worker)"],
            ["DEL", "\(prefix)worker:\(worker):started"], ["HDEL", "\(prefix)workers:heartbeat", worker],
            ["DEL", "\(prefix)stat:processed:\(worker)"], ["DEL", "\(prefix)stat:failed:\(worker)"],
        ])
    }

    /// What `worker:<id>` holds.
    private struct ShownJob {
        let queue: String
        /// The element of the queue.
        let payload: String
        /// Of a bus job, its only argument and the queue of its retries.
        var bus: (argument: String, queue: String)?

        /// Nil if no job is shown.
        init?(_ text: String) throws {
            let job = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
            guard let queue = job["queue"] as? String, let payload = job["payload"] as? [String: Any],
                let start = text.range(of: #""payload":"#)?.upperBound
            else { return nil }
            self.queue = queue
            self.payload = String(text[start...].dropLast())
            guard payload["class"] as? String == "QueueBus::Worker",
                let argument = (payload["args"] as? [String])?.first,
                let event = try JSONSerialization.jsonObject(with: Data(argument.utf8)) as? [String: Any],
                let retries = event["bus_rider_queue"] as? String
            else { return }
            bus = (argument, retries)
        }
    }

    /// `Job#fail` where the first attempt has failed.
    private func fail(_ job: ShownJob, of worker: String, because exception: String) throws {
        if let (argument, queue) = job.bus {
            let digest = try redis.call("EVAL", "return redis.sha1hex(ARGV[1])", "0", argument).string ?? ""
            let counter = "\(prefix)resque-retry:QueueBus::Worker:\(digest)"
            try redis.call("GET", counter)
            try redis.call("SETNX", counter, "-1")
            try redis.pipeline([
                ["SADD", "\(prefix)queues", queue], ["RPUSH", "\(prefix)queue:\(queue)", job.payload],
            ])
            try redis.call("EXISTS", counter)
        } else {
            let entry =
                #"{"failed_at":"2026/11/29 22:11:16 UTC","payload":\#(job.payload),"exception":"Resque::\#(exception)","#
                + #""error":"Worker \#(worker) did not gracefully exit","backtrace":[],"worker":"\#(worker)","#
                + #""queue":"\#(job.queue)"}"#
            try redis.call("RPUSH", "\(prefix)failed", entry)
        }
    }

    private static func parts(_ id: String) -> (host: String, process: String, queues: Set<Substring>) {
        let parts = id.split(separator: ":", maxSplits: 2)
        return (String(parts[0]), String(parts[1]), Set(parts[2].split(separator: ",")))
    }

    private static func time(_ text: String) -> Date { ISO8601DateFormatter().date(from: text) ?? .distantPast }

    private func redisTime() throws -> Date {
        Date(timeIntervalSince1970: Double(try redis.call("TIME").strings[0]) ?? 0)
    }
}
