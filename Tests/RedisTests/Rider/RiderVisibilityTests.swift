import BusRider
import BusWire
import Glibc
import RedisTestSupport
import ResqueBus
import Testing

/// What resque-web reads of a rider, and what it does to the entries of `failed`, by its own commands (contract §6).
@Suite(.serialized, .timeLimit(.minutes(1))) struct RiderVisibilityTests {
    /// At the bench's own time.
    private static let slot = "test-host+swift:\(getpid()).1:jobs,more"

    @Test(.timeLimit(.minutes(1))) func aRiderIsShownAsWorkersAre() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let gate = Gate()
            let job = #"{"class":"Job","args":[1,"é"]}"#
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs", "more"], concurrency: 2),
                ScriptedPerformer {
                    if $0.queue == "more" { await gate.pass() }
                    return JobReport($0.text == job ? .done : .failed(JobFailure(exception: "E", message: "m")))
                })
            let running = bench.start(rider)
            try redis.call("RPUSH", "resque:queue:more", job)
            try await pollUntil("the job is shown") {
                try !redis.call("KEYS", "resque:worker:*:jobs,more").strings.isEmpty
            }

            let slots = [1, 2].map { "test-host+swift:\(getpid()).\($0):jobs,more" }
            #expect(try redis.call("SMEMBERS", "resque:workers").strings.sorted() == slots)
            for slot in slots {
                #expect(try redis.call("GET", "resque:worker:\(slot):started").string == "2026-11-21 05:38:22 +0000")
            }
            let shown = try slots.compactMap { try redis.call("GET", "resque:worker:\($0)").string }
            #expect(shown == [#"{"queue":"more","run_at":"2026-11-21T05:38:22Z","payload":\#(job)}"#])

            _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs", "bad", job, job])
            gate.open()
            try await pollUntil("the counts are shown") {
                let counts = try slots.map { try redis.call("GET", "resque:stat:processed:\($0)").string ?? "0" }
                return counts.compactMap { Int($0) }.reduce(0, +) == 4
            }
            let failed = try slots.compactMap { try redis.call("GET", "resque:stat:failed:\($0)").string }
            #expect(failed == ["1"])
            #expect(try redis.call("KEYS", "resque:worker:*:jobs,more").strings == [])
            #expect(try redis.call("GET", "resque:stat:processed").string == "4")
            #expect(try redis.call("GET", "resque:stat:failed").string == "1")

            await rider.stop(within: nil)
            #expect(try await running.value == .finished)
            let left = try redis.call("KEYS", "*").strings.sorted()
            #expect(left == ["resque:failed", "resque:stat:failed", "resque:stat:processed"])
        }
    }

    /// Another rider has recovered it and removed it from the list; its next job has the same place in its new batch.
    @Test(.timeLimit(.minutes(1))) func aRiderThatRegistersAnewIsShownAnew() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let gate = Gate()
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs", "more"], concurrency: 1),
                ScriptedPerformer { _ in
                    await gate.pass()
                    return JobReport(.done)
                })
            try await bench.whileRunning(rider) {
                try redis.call("RPUSH", "resque:queue:jobs", "1")
                try await pollUntil("the job is shown") {
                    try redis.call("EXISTS", "resque:worker:\(Self.slot)").integer == 1
                }
                let id = try #require(try redis.call("ZRANGE", "resque:busdriver:riders", "0", "-1").strings.first)
                _ = try redis.pipeline([
                    ["MULTI"], ["DEL", "resque:busdriver:r:\(id)", "resque:busdriver:lease:\(id)"],
                    ["DEL", "resque:busdriver:reserved:\(id):1"], ["ZREM", "resque:busdriver:riders", id],
                    ["DEL", "resque:worker:\(Self.slot)", "resque:workers"], ["EXEC"],
                ])
                try redis.call("RPUSH", "resque:queue:jobs", "1")
                try await pollUntil("the new job is shown") {
                    try redis.call("EXISTS", "resque:worker:\(Self.slot)").integer == 1
                }
                #expect(try redis.call("SMEMBERS", "resque:workers").strings == [Self.slot])
                gate.open()
            }
        }
    }

    /// Ruby's workers prune whoever has sent a heartbeat and is silent; a job of ours would then be retried by them as
    /// well as given back by us.
    @Test(.timeLimit(.minutes(1))) func aRiderSendsNoHeartbeatAndForgetsThoseOfAnEarlierVersion() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let others = ["worker-1:7:jobs", "2026-11-21T05:38:22Z"]
            try redis.call("HSET", "resque:workers:heartbeat", Self.slot, "2026-11-21T05:00:00Z", others[0], others[1])
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs", "more"], concurrency: 1),
                ScriptedPerformer { _ in JobReport(.done) })
            try await bench.whileRunning(rider) {
                try await pollUntil("it is listed") {
                    try redis.call("SISMEMBER", "resque:workers", Self.slot).integer == 1
                }
                try redis.call("RPUSH", "resque:queue:jobs", "1")
                try await pollUntil("it works") { await rider.statistics.processed == 1 }
                #expect(try redis.call("HGETALL", "resque:workers:heartbeat").strings == others)
            }
        }
    }

    /// A lease of half a second: it looks every other second.
    @Test(.timeLimit(.minutes(1))) func slotsThatRubyHasRemovedComeBackWithAllThatTheyShow() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let gate = Gate()
            let job = #"{"class":"Job","args":[1]}"#
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs", "more"], concurrency: 3, lease: .milliseconds(500)),
                ScriptedPerformer { _ in
                    await gate.pass()
                    return JobReport(.done)
                })
            try await bench.whileRunning(rider) {
                try redis.call("RPUSH", "resque:queue:jobs", job)
                try await pollUntil("the job is shown") {
                    try !redis.call("KEYS", "resque:worker:*:jobs,more").strings.isEmpty
                }
                let before = try redis.call("KEYS", "resque:worker*").strings.sorted()
                let slots = try redis.call("SMEMBERS", "resque:workers").strings
                #expect(slots.count == 3 && before.count == 5)
                for slot in slots.dropLast() { try RubyClient(redis).unregister(slot) }
                #expect(try redis.call("SCARD", "resque:workers").integer == 1)
                try await pollUntil("all are back") {
                    try redis.call("KEYS", "resque:worker*").strings.sorted() == before
                }
                #expect(try Set(redis.call("SMEMBERS", "resque:workers").strings) == Set(slots))
                gate.open()
                try await pollUntil("the job is done") { await rider.statistics.processed == 1 }
            }
            #expect(try redis.call("KEYS", "resque:worker*").strings == [])
        }
    }

    @Test(.timeLimit(.minutes(1))) func anEntryOfFailedIsResquesAndIsRetriedAndRemovedByItsCommands() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let job = #"{"class":"Job","args":[{"a":1.5},null,"é"]}"#
            let fails = RunCount()
            let book = RunBook()
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs", "more"], concurrency: 1),
                ScriptedPerformer {
                    book.add($0)
                    guard fails.increment() <= 2 else { return JobReport(.done) }
                    return JobReport(
                        .failed(
                            JobFailure(exception: "NameError", message: "no \"x\"", backtrace: ["a:1:in `m'", "b"])))
                })
            try await bench.whileRunning(rider) {
                _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs", job, #"{"class":"Other","args":[]}"#])
                try await pollUntil("both have failed") { try redis.call("LLEN", "resque:failed").integer == 2 }
                let entry = try #require(try redis.call("LINDEX", "resque:failed", "0").string)
                #expect(
                    entry == #"{"failed_at":"2026/11/21 05:38:22 UTC","payload":\#(job),"exception":"NameError","#
                        + #""error":"no \"x\"","backtrace":["a:1:in `m'","b"],"worker":"\#(Self.slot)","queue":"jobs"}"#
                )

                // Failure.requeue(0): class and args go to the queue, and the entry says when.
                let retried = String(entry.dropLast()) + #","retried_at":"2026/11/21 05:50:34 UTC"}"#
                _ = try redis.pipeline([
                    ["LSET", "resque:failed", "0", retried], ["SADD", "resque:queues", "jobs"],
                    ["RPUSH", "resque:queue:jobs", job],
                ])
                try await pollUntil("the retry is done") { book.counts[job] == 2 }
                // Failure.remove(0)
                _ = try redis.pipeline([["LSET", "resque:failed", "0", ""], ["LREM", "resque:failed", "1", ""]])
                #expect(try redis.call("LLEN", "resque:failed").integer == 1)
                #expect(try redis.call("LINDEX", "resque:failed", "0").string?.contains("Other") == true)
            }
            #expect(try redis.call("LLEN", "resque:failed").integer == 1)
        }
    }
}
