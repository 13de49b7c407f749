import Foundation
import RedisTestSupport
import Testing

extension SchedulerFaultBench {
    /// Checks that every delayed job, every firing and every heartbeat came once, none too early, and that nothing is
    /// left over. No scheduler may run any more.
    ///
    /// - Parameters:
    ///   - trace: nil when there was no record: nothing is said about times then.
    ///   - dynamic: the schedules that were set by `setSchedule`.
    ///   - bound: how late something may be pushed that a leader was there for.
    func check(
        _ scenario: String, _ redis: RawRedis, _ trace: SchedulerTrace?, dynamic: [String] = ["dynamic"],
        bound: Duration = .milliseconds(500)
    ) throws {
        let verdict = try ledger.verdict(on: redis, trace)
        #expect(verdict.isClean, "\(scenario): delayed: \(verdict)")
        var lateness = verdict.lateness
        for (name, interval) in Self.recurring.merging(dynamic.map { ($0, 1000) }, uniquingKeysWith: { $1 }) {
            lateness += try checkFirings(name, every: interval, scenario, redis, trace)
        }
        try checkHeartbeats(scenario, redis)
        try checkRemains(scenario, redis)
        let late = Lateness(lateness)
        print("\(scenario): \(ledger.count) delayed, \(trace?.firings.count ?? 0) firings: late \(late)")
        #expect(.microseconds(late.highest) < bound, "\(scenario): late \(late)")
    }

    /// Compares what was pushed with the state that the last leader left in Redis.
    ///
    /// - Returns: how late each firing was, in microseconds.
    private func checkFirings(
        _ name: String, every interval: Int, _ scenario: String, _ redis: RawRedis, _ trace: SchedulerTrace?
    ) throws -> [Int] {
        let state = try redis.call("HGET", "resque:busdriver:cron", name).string ?? ""
        let words = state.split(separator: " ").map(String.init)
        let last = try #require(words.first.flatMap(Int.init), "\(scenario): \(name) was never seen: \(state)")
        let pushed = try redis.call("LLEN", "resque:queue:recurring_\(name)").integer ?? 0
        #expect(pushed > 0, "\(scenario): \(name) never fired")
        if words.count == 3, let anchor = Int(words[2]) {
            #expect(pushed == (last - anchor) / interval + 1, "\(scenario): \(name) fired \(pushed) times: \(state)")
        }
        guard let trace else { return [] }
        let firings = trace.firings.filter { $0.name == name }
        let fired = firings.map(\.due)
        guard let first = fired.first else { return [] }
        #expect(fired == Array(stride(from: first, through: last, by: interval)), "\(scenario): \(name)")
        #expect(fired.count == pushed, "\(scenario): \(name) was pushed \(pushed) times")
        #expect(firings.allSatisfy { $0.time >= $0.due * 1000 }, "\(scenario): \(name) fired early")
        return firings.map { trace.lateness(of: $0.time, due: $0.due * 1000) }
    }

    /// The minutes since the scenario's beginning, each once and in order.
    private func checkHeartbeats(_ scenario: String, _ redis: RawRedis) throws {
        let saved = try redis.call("GET", "saved").string.flatMap(Int.init) ?? 0
        let last = try redis.call("GET", "resque:bus:heartbeat:timestamp").string.flatMap(Int.init) ?? 0
        let minutes = try redis.call("LRANGE", "resque:queue:bus_incoming", "0", "-1").strings.compactMap { element in
            element.firstMatch(of: /\\"epoch_minutes\\":(\d+)/).flatMap { Int($0.1) }
        }
        #expect(last >= saved + 3, "\(scenario): the missed heartbeats were not made up")
        #expect(minutes == Array(saved + 1...max(last, saved + 1)), "\(scenario): heartbeats")
    }

    private func checkRemains(_ scenario: String, _ redis: RawRedis) throws {
        let keys = try redis.call("KEYS", "*").strings
        let remains = keys.filter { key in
            key.hasPrefix("resque:timestamps:") || key == SchedulerTrace.lock || key == "resque:delayed_queue_schedule"
                || key.hasPrefix("resque:delayed:") && key != "resque:delayed:last_enqueued_at"
                || key == "resque:failed" || key == "resque:bus:heartbeat:lock"
        }
        #expect(remains == [], "\(scenario)")
    }
}
