import BusRider
import BusWire
import Foundation
import RedisTestSupport
import Synchronization
import Testing

/// What a rider does with the jobs of a real Redis.
@Suite("Rider", .serialized, .timeLimit(.minutes(1)))
struct RiderTests {
    /// A count that many tasks change.
    final class Tally: Sendable {
        private let counts = Mutex<[String: Int]>([:])
        func add(_ name: String) { counts.withLock { $0[name, default: 0] += 1 } }
        subscript(name: String) -> Int { counts.withLock { $0[name, default: 0] } }
        var total: Int { counts.withLock { $0.values.reduce(0, +) } }
        var names: Int { counts.withLock { $0.count } }
    }

    @Test("works off a backlog, each job once, and leaves nothing behind")
    func backlog() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            for start in stride(from: 0, to: 10_000, by: 100) {
                let jobs = (start..<start + 100).map { #"{"class":"Job","args":[\#($0)]}"# }
                _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + jobs)
            }
            let tally = Tally()
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"], concurrency: 8),
                ScriptedPerformer {
                    tally.add($0.text)
                    return JobReport(.done)
                })
            try await bench.whileRunning(rider) {
                try await pollUntil("all jobs are counted") {
                    try redis.call("GET", "resque:stat:processed").string == "10000"
                }
                #expect(tally.total == 10_000 && tally.names == 10_000)
                _ = try redis.call("RPUSH", "resque:queue:jobs", #"{"class":"Job","args":["late"]}"#)
                try await pollUntil("a job that comes later is run") { tally.total == 10_001 }
            }
            let left = try redis.call("KEYS", "*").strings.sorted()
            #expect(left == ["resque:stat:processed"])
        }
    }

    @Test("a rider that drains ends when its queues are empty, its own retries included")
    func drains() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + (0..<500).map { "\($0)" })
            let tally = Tally()
            var configuration = try bench.riderConfiguration(["jobs"])
            configuration.drains = true
            let rider = bench.rider(
                configuration,
                ScriptedPerformer { job in
                    tally.add(job.text)
                    let key = RetryKey(className: "Job", arguments: job.text)
                    guard tally[job.text] == 1 else { return JobReport(.done, retryKey: key) }
                    let retry = JobFailure.Retry(
                        policy: .resque, key: key, queue: job.queue, element: job.element, delayedElement: job.element)
                    return JobReport(
                        .failed(JobFailure(exception: "E", message: "the first time", retry: retry)), retryKey: key)
                })
            #expect(try await rider.run() == .finished)
            #expect(tally.total == 1000 && tally.names == 500)
            #expect(try redis.call("LLEN", "resque:queue:jobs").integer == 0)
            #expect(try redis.call("KEYS", "resque:resque-retry:*").strings.isEmpty)
        }
    }
}
