import BusRider
import BusWire
import Foundation
import RedisTestSupport
import Testing

/// Several riders on the same queues: ours among themselves, and beside Ruby's.
@Suite(.serialized, .timeLimit(.minutes(1))) struct RiderNeighbourTests {
    /// One Resque worker with FORK_PER_JOB=false: what it sends for each job (contract §6). It ends when told so.
    struct RubyRider {
        let redis: RawRedis
        let id: String

        func start(at time: String) throws {
            _ = try redis.pipeline([
                ["SADD", "resque:workers", id], ["SET", "resque:worker:\(id):started", time],
                ["HSET", "resque:workers:heartbeat", id, time],
            ])
        }

        /// Works on the first queue that has a job; false when none has.
        func work(on queues: [String], _ run: (String) -> Void) throws -> Bool {
            let pause = try redis.call("GET", "resque:pause-all-workers").string ?? ""
            guard pause.trimmingCharacters(in: .whitespacesAndNewlines).lowercased() != "true" else { return false }
            for queue in queues {
                guard let job = try redis.call("LPOP", "resque:queue:\(queue)").string else { continue }
                try redis.call(
                    "SET", "resque:worker:\(id)",
                    #"{"queue":"\#(queue)","run_at":"2026-11-21T05:48:22Z","payload":\#(job)}"#)
                run(job)
                try redis.call("INCRBY", "resque:stat:processed", "1")
                try redis.call("INCRBY", "resque:stat:processed:\(id)", "1")
                try redis.call("DEL", "resque:worker:\(id)")
                return true
            }
            return false
        }

        func stop() throws {
            _ = try redis.pipeline([
                ["SREM", "resque:workers", id], ["DEL", "resque:worker:\(id)"], ["DEL", "resque:worker:\(id):started"],
                ["HDEL", "resque:workers:heartbeat", id], ["DEL", "resque:stat:processed:\(id)"],
                ["DEL", "resque:stat:failed:\(id)"],
            ])
        }
    }

    private func jobs(_ range: Range<Int>) -> [String] { range.map { #"{"class":"Job","args":[\#($0)]}"# } }

    private func booked(_ book: RunBook) -> ScriptedPerformer {
        ScriptedPerformer {
            try? await Task.sleep(for: .milliseconds(1))
            book.add($0)
            return JobReport(.done)
        }
    }

    @Test(.timeLimit(.minutes(1))) func aRubyRiderAndOursShareAQueue() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let rubys = RunBook()
            let ruby = RepeatingThread { [server = bench.server] in
                let rider = RubyRider(redis: try server.connect(), id: "web-1:77:jobs")
                try rider.start(at: "2026-11-21 05:48:22 +0000")
                return { if try !rider.work(on: ["jobs"], rubys.add) { poll(nil, 0, 1) } }
            }
            let book = RunBook()
            let rider = bench.rider(try bench.riderConfiguration(["jobs"]), booked(book))
            try await bench.whileRunning(rider) {
                for start in stride(from: 0, to: 3000, by: 100) {
                    _ = try redis.pipeline([
                        ["SADD", "resque:queues", "jobs"], ["RPUSH", "resque:queue:jobs"] + jobs(start..<start + 100),
                    ])
                }
                try await pollUntil("all are counted", within: .seconds(30)) {
                    try redis.call("GET", "resque:stat:processed").string == "3000"
                }
                #expect(try redis.call("SMEMBERS", "resque:workers").strings.contains("web-1:77:jobs"))
            }
            try ruby.finish()
            let theirs = rubys.jobs
            #expect(!theirs.isEmpty && book.count > 0)
            #expect(theirs.count + book.count == 3000)
            #expect(Set(theirs).union(book.jobs) == Set(jobs(0..<3000)))
            #expect(try redis.call("SMEMBERS", "resque:workers").strings == ["web-1:77:jobs"], "only ours left")
        }
    }

    @Test(.timeLimit(.minutes(1))) func twoRidersShareTheirQueues() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let books = [RunBook(), RunBook()]
            let riders = try books.map { bench.rider(try bench.riderConfiguration(["high", "low"]), booked($0)) }
            try await bench.whileRunning(riders[0]) {
                try await bench.whileRunning(riders[1]) {
                    for start in stride(from: 0, to: 3000, by: 50) {
                        let queue = start % 100 == 0 ? "high" : "low"
                        _ = try redis.reply(to: ["RPUSH", "resque:queue:\(queue)"] + jobs(start..<start + 50))
                    }
                    try await pollUntil("all are counted", within: .seconds(30)) {
                        try redis.call("GET", "resque:stat:processed").string == "3000"
                    }
                }
            }
            #expect(books.allSatisfy { $0.count > 300 }, "\(books.map(\.count))")
            #expect(books[0].count + books[1].count == 3000)
            #expect(Set(books[0].jobs).union(books[1].jobs).count == 3000)
            #expect(try redis.residue() == [])
        }
    }
}
