import BusRider
import BusWire
import Foundation
import RedisTestSupport
import Synchronization
import Testing

/// Ten thousand jobs that fail as often as dice have said, three riders that come and go, connections that are cut: at
/// the end each job has been run as often, and is in the place, as a model says.
@Suite(.serialized) struct RiderModelTests {
    private static let seeds: [UInt64] =
        ProcessInfo.processInfo.environment["BUSDRIVER_LONG"] == nil ? [1] : Array(1...5)

    /// The long form plays five games, one after the other.
    @Test(.timeLimit(.minutes(3))) func everyJobEndsWhereTheModelSays() async throws {
        for seed in Self.seeds {
            try await RoleBench.run { bench in
                try await RiderModelRun(seed: seed, bench: bench).play()
            }
        }
    }
}

/// A job of the model: how often it fails, and how often a scheduler promotes it before the end.
struct ModelJob: Sendable {
    let id: Int
    let failures: Int
    let isRetried: Bool
    let promotions: Int

    static let delays = [0, 60, 600]
    static let now = 1_795_239_502

    enum Place: Equatable {
        case done
        case failed
        case delayed(Int, counter: Int)
    }

    var argument: String { "\(id) \(failures) \(isRetried ? "retried" : "once")" }
    var element: String { #"{"class":"Job","args":["\#(argument)"]}"# }
    var item: String { #"{"class":"Job","args":["\#(argument)"],"queue":"\#(queue)"}"# }
    var queue: String { ["a", "b", "c"][id % 3] }
    var key: RetryKey { RetryKey(className: "Job", arguments: argument) }

    /// What must come of it.
    var outcome: (runs: Int, place: Place) {
        guard failures > 0 else { return (1, .done) }
        guard isRetried else { return (1, .failed) }
        var promotions = promotions
        for run in 1...failures {
            guard run <= Self.delays.count else { return (run, .failed) }
            let delay = Self.delays[run - 1]
            guard delay > 0 else { continue }
            guard promotions > 0 else { return (run, .delayed(Self.now + delay, counter: run - 1)) }
            promotions -= 1
        }
        return (failures + 1, .done)
    }

    /// How one run of it ends.
    func report(run: Int) -> JobReport {
        guard run <= failures else { return JobReport(.done, retryKey: key) }
        var failure = JobFailure(exception: "E", message: "run \(run)")
        if isRetried {
            failure.retry = JobFailure.Retry(
                policy: .delays(Self.delays.map { .seconds($0) }), key: key, queue: queue,
                element: Array(element.utf8), delayedElement: Array(item.utf8))
        }
        return JobReport(.failed(failure), retryKey: key)
    }
}

/// One seed's game.
final class RiderModelRun: Sendable {
    private let seed: UInt64
    private let bench: RoleBench
    private let jobs: [ModelJob]
    private let runs: Mutex<[Int]>

    init(seed: UInt64, bench: RoleBench) {
        self.seed = seed
        self.bench = bench
        var chance = Chance(seed: seed)
        jobs = (0..<10_000).map { id in
            ModelJob(
                id: id, failures: chance.happens(70) ? 0 : chance.number(1...5), isRetried: chance.happens(80),
                promotions: chance.number(0...2))
        }
        runs = Mutex(Array(repeating: 0, count: jobs.count))
    }

    /// Heeds its cancellation before its work, never after: a run counts or it does not.
    private func perform(_ job: ReservedJob) async -> JobReport {
        guard let id = Int(job.text.dropFirst(#"{"class":"Job","args":[""#.count).prefix { $0.isNumber }) else {
            return JobReport(.failed(JobFailure(exception: "Unknown", message: job.text)))
        }
        if id % 7 == 0 {
            do { try await Task.sleep(for: .milliseconds(id % 5)) } catch {
                return JobReport(.cancelled(JobFailure(exception: "Cancelled", message: "")))
            }
        }
        let run = runs.withLock {
            $0[id] += 1
            return $0[id]
        }
        return jobs[id].report(run: run)
    }

    func play() async throws {
        let redis = try bench.client()
        for start in stride(from: 0, to: jobs.count, by: 500) {
            _ = try redis.pipeline(
                jobs[start..<start + 500].map { ["RPUSH", "resque:queue:\($0.queue)", $0.element] })
        }
        var chance = Chance(seed: seed &* 7919)
        var crew = try (1...3).map { _ in try hire() }
        var kills = 0
        repeat {
            try await pollUntil("seed \(seed): everything is worked off", within: .seconds(60)) {
                if chance.happens(5) { try await disturb(&crew, &kills, &chance, redis) }
                return try isWorkedOff(redis)
            }
        } while try promote(redis)
        for member in crew { await member.rider.resume() }
        try redis.call("DEL", "resque:pause-all-workers")
        for member in crew { try await dismiss(member, within: nil) }
        #expect(kills > 0, "seed \(seed): no connection was cut")
        try check(redis)
    }

    // MARK: - Riders

    private typealias Member = (rider: Rider, running: Task<Rider.Ending, any Error>)

    private func hire() throws -> Member {
        // Nobody is taken for dead: what runs twice then has no excuse.
        let configuration = try bench.riderConfiguration(
            ["a", "b", "c"], concurrency: 8, lease: .seconds(60), now: ModelJob.now)
        let rider = bench.rider(configuration, ScriptedPerformer { await self.perform($0) })
        return (rider, bench.start(rider))
    }

    private func dismiss(_ member: Member, within deadline: Duration?) async throws {
        await member.rider.stop(within: deadline)
        if case .abandoned(let jobs) = try await member.running.value {
            Issue.record("seed \(seed): a rider has abandoned \(jobs) jobs")
        }
    }

    private func disturb(
        _ crew: inout [Member], _ kills: inout Int, _ chance: inout Chance, _ redis: RawRedis
    ) async throws {
        let place = chance.number(0...2)
        switch chance.number(0...5) {
        case 0 where kills < 20:
            kills += 1
            let clients = try redis.call("CLIENT", "LIST").string?.split(separator: "\n") ?? []
            let ids = clients.filter { $0.contains("name=rider:") }.compactMap { $0.split(separator: " ").first }
            if let id = chance.pick(ids) { _ = try redis.reply(to: ["CLIENT", "KILL", "ID", String(id.dropFirst(3))]) }
        case 1:
            try await dismiss(crew[place], within: chance.happens(50) ? nil : .milliseconds(chance.number(0...3)))
            crew[place] = try hire()
        case 2: await crew[place].rider.pause()
        case 3: try redis.call("SET", "resque:pause-all-workers", "true")
        case 4: try redis.call("SCRIPT", "FLUSH")
        default:
            try redis.call("DEL", "resque:pause-all-workers")
            for member in crew { await member.rider.resume() }
        }
    }

    // MARK: - Redis

    private func isWorkedOff(_ redis: RawRedis) throws -> Bool {
        let answers = try redis.pipeline([
            ["MULTI"], ["EXISTS", "resque:queue:a", "resque:queue:b", "resque:queue:c"],
            ["KEYS", "resque:busdriver:reserved:*"], ["EXEC"],
        ])
        return answers[3] == .array([.integer(0), .array([])])
    }

    /// Promotes what waits and may be promoted, each job once a round; false when nothing may.
    private func promote(_ redis: RawRedis) throws -> Bool {
        let counts = runs.withLock { $0 }
        var promoted = false
        for job in jobs where job.isRetried && job.failures > 0 {
            // After the second run the first delay is over, after the third one the second.
            guard counts[job.id] > 1, counts[job.id] <= job.failures, counts[job.id] <= ModelJob.delays.count,
                job.promotions > counts[job.id] - 2
            else { continue }
            let time = ModelJob.now + ModelJob.delays[counts[job.id] - 1]
            let answers = try redis.pipeline([
                ["LREM", "resque:delayed:\(time)", "1", job.item],
                ["SREM", "resque:timestamps:\(job.item)", "delayed:\(time)"],
                ["RPUSH", "resque:queue:\(job.queue)", job.element],
            ])
            #expect(answers[0].integer == 1 && answers[1].integer == 1, "seed \(seed): job \(job.id) does not wait")
            promoted = true
        }
        return promoted
    }

    private func check(_ redis: RawRedis) throws {
        let counts = runs.withLock { $0 }
        var processed = 0
        var failed = 0
        var places: [String: [String]] = [:]
        var counters: [String: String] = [:]
        for job in jobs {
            let (runs, place) = job.outcome
            if counts[job.id] != runs {
                Issue.record("seed \(seed): job \(job.argument) was run \(counts[job.id]) times, not \(runs)")
            }
            processed += runs
            failed += min(runs, job.failures)
            switch place {
            case .done: break
            case .failed: places["failed", default: []].append(job.element)
            case .delayed(let time, let counter):
                places["delayed:\(time)", default: []].append(job.item)
                counters["resque:" + job.key.name] = String(counter)
            }
        }
        #expect(try redis.call("GET", "resque:stat:processed").string == String(processed), "seed \(seed)")
        #expect(try redis.call("GET", "resque:stat:failed").string == String(failed), "seed \(seed)")
        let entries = try redis.call("LRANGE", "resque:failed", "0", "-1").strings
        let elements = entries.compactMap { entry in
            (try? JSONValue.parse(Array(entry.utf8))).flatMap(FailureEntry.element)
        }
        #expect(elements.map { String(decoding: $0, as: UTF8.self) }.sorted() == places["failed"]?.sorted())
        for time in ModelJob.delays.dropFirst().map({ ModelJob.now + $0 }) {
            let items = try redis.call("LRANGE", "resque:delayed:\(time)", "0", "-1").strings
            #expect(items.sorted() == places["delayed:\(time)"]?.sorted(), "seed \(seed)")
            let stamps = try redis.pipeline(items.map { ["SMEMBERS", "resque:timestamps:\($0)"] })
            #expect(stamps.allSatisfy { $0.strings == ["delayed:\(time)"] }, "seed \(seed)")
        }
        let keys = try redis.call("KEYS", "resque:resque-retry:*").strings
        let values = try redis.pipeline(keys.map { ["GET", $0] }).map { $0.string ?? "" }
        #expect(Dictionary(uniqueKeysWithValues: zip(keys, values)) == counters, "seed \(seed)")
        #expect(try redis.residue() == [], "seed \(seed)")
    }
}
