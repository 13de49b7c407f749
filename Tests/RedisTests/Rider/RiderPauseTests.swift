import RedisTestSupport
import Synchronization
import Testing

@testable import BusRider

/// A rider that is paused beside jobs which it has claimed ahead. It claims so many as its handlers work off within
/// milliseconds, so there are some only while quick ones are run.
@Suite(.serialized, .timeLimit(.minutes(1))) struct RiderPauseTests {
    /// Those of a claim that is under way then, too.
    @Test func jobsThatNoHandlerHasBegunGoBackInOrder() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let jobs = (0..<3000).map { "job \($0)" }
            let last = 1500
            let book = RunBook()
            let paused = Mutex<Rider?>(nil)
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"], concurrency: 1),
                ScriptedPerformer { job in
                    book.add(job)
                    if job.text == jobs[last] { await paused.withLock { $0 }?.pause() }
                    return JobReport(.done)
                })
            paused.withLock { $0 = rider }
            defer { paused.withLock { $0 = nil } }
            _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + jobs)
            try await bench.whileRunning(rider) {
                try await pollUntil("nothing is in hand") {
                    try book.contains(jobs[last]) && redis.call("KEYS", "resque:busdriver:reserved:*").strings.isEmpty
                }
                #expect(book.jobs == Array(jobs[...last]))
                #expect(try redis.queues()["queue:jobs"] == Array(jobs[(last + 1)...]))
                #expect(await rider.statistics.givenBack > 0, "it had claimed ahead")
                await rider.resume()
                try await pollUntil("all are run") { book.count == jobs.count }
            }
            #expect(book.jobs == jobs)
        }
    }

    /// A claim was under way.
    @Test func jobsThatComeAfterThePauseGoStraightBack() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let (gate, book) = (Gate(), RunBook())
            defer { gate.open() }
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"], concurrency: 1),
                ScriptedPerformer { job in
                    await gate.pass()
                    book.add(job)
                    return JobReport(.done)
                })
            try await bench.whileRunning(rider) {
                _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs", "first", "second"])
                try await pollUntil("it has a job") { gate.arrivals == 1 }
                bench.server.suspend()
                gate.open()
                try await pollUntil("it asks for the next one") { await rider.isClaiming }
                await rider.pause()
                bench.server.resume()
                try await pollUntil("nothing is in hand") {
                    try redis.call("GET", "resque:stat:processed").string == "1"
                        && redis.call("KEYS", "resque:busdriver:reserved:*").strings.isEmpty
                }
                #expect(book.jobs == ["first"])
                #expect(try redis.queues()["queue:jobs"] == ["second"])
                await rider.resume()
                try await pollUntil("both are run") { book.count == 2 }
            }
        }
    }
}
