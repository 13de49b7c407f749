import BusRider
import BusWire
import RedisTestSupport
import Testing

/// Which queue comes when, and what holds a rider up on purpose.
@Suite(.serialized, .timeLimit(.minutes(1))) struct RiderQueueTests {
    /// A rider with one slot whose jobs take a millisecond.
    private func rider(
        on bench: RoleBench, _ queues: [String], _ book: RunBook, interval: Duration = .seconds(60)
    ) throws -> Rider {
        var configuration = try bench.riderConfiguration(queues, concurrency: 1)
        configuration.interval = interval
        return bench.rider(
            configuration,
            ScriptedPerformer { job in
                try? await Task.sleep(for: .milliseconds(1))
                book.add(job)
                return JobReport(.done)
            })
    }

    private func push(_ jobs: [String], to queue: String, _ redis: RawRedis) throws {
        _ = try redis.pipeline([["SADD", "resque:queues", queue], ["RPUSH", "resque:queue:\(queue)"] + jobs])
    }

    private func numbered(_ prefix: String, _ count: Int) -> [String] { (0..<count).map { "\(prefix)\($0)" } }

    @Test(.timeLimit(.minutes(1))) func theFirstQueueIsEmptyBeforeTheNextIsLookedAt() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let (low, high) = (numbered("low", 40), numbered("high", 40))
            try push(low, to: "low", redis)
            try push(high, to: "high", redis)
            let book = RunBook()
            try await bench.whileRunning(try rider(on: bench, ["high", "low"], book)) {
                try await pollUntil("all are run") { book.count == 80 }
            }
            #expect(book.jobs == high + low)
        }
    }

    @Test(.timeLimit(.minutes(1))) func weightsShareTheRuns() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try push(numbered("a", 200), to: "a", redis)
            try push(numbered("b", 200), to: "b", redis)
            let book = RunBook()
            try await bench.whileRunning(try rider(on: bench, ["a=3", "b"], book)) {
                try await pollUntil("all are run") { book.count == 400 }
            }
            let share = book.jobs.prefix(200).count { $0.hasPrefix("a") }
            #expect((90...195).contains(share), "\(share) of the first 200 came from the queue that weighs 3 of 4")
        }
    }

    @Test(.timeLimit(.minutes(1))) func aQueueThatAppearsLaterIsFoundByItsPattern() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let book = RunBook()
            try await bench.whileRunning(try rider(on: bench, ["app_*", "!app_slow"], book)) {
                for queue in ["app_slow", "other", "app_new"] { try push([queue], to: queue, redis) }
                try await pollUntil("the job of the new queue is run") { book.count == 1 }
                try push(["again"], to: "app_new", redis)
                try await pollUntil("its next job is run") { book.count == 2 }
                #expect(book.jobs == ["app_new", "again"])
                #expect(try redis.queues() == ["queue:app_slow": ["app_slow"], "queue:other": ["other"]])
            }
        }
    }

    /// A rider beside a driver would put every event that it got into `failed`.
    @Test(.timeLimit(.minutes(1))) func allQueuesAreNotTheDrivers() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let book = RunBook()
            for queue in ["bus_incoming", "jobs", "resquebus_incoming"] { try push([queue], to: queue, redis) }
            try await bench.whileRunning(try rider(on: bench, ["*"], book)) {
                try await pollUntil("the other queue's job is run") { book.count == 1 }
                try push(["later"], to: "jobs", redis)
                try await pollUntil("its next job is run") { book.count == 2 }
                #expect(book.jobs == ["jobs", "later"])
                #expect(
                    try redis.queues() == [
                        "queue:bus_incoming": ["bus_incoming"], "queue:resquebus_incoming": ["resquebus_incoming"],
                    ])
            }
        }
    }

    /// Ruby reads the set before each job.
    @Test(.timeLimit(.minutes(1))) func aQueueThatAppearsDuringABacklogNeedNotWaitForItsEnd() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try push(numbered("low", 3000), to: "b_low", redis)
            let book = RunBook()
            let rider = try rider(on: bench, ["*"], book, interval: .milliseconds(100))
            try await bench.whileRunning(rider) {
                try await pollUntil("it works") { book.count > 20 }
                try push(["urgent"], to: "a_high", redis)
                try await pollUntil("the new queue's job is run") { book.contains("urgent") }
                #expect(book.count < 2000)
                try redis.call("DEL", "resque:queue:b_low")
                try await pollUntil("what it has claimed is settled") {
                    try redis.call("KEYS", "resque:busdriver:reserved:*").strings.isEmpty
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func pauseAllWorkersHoldsJobsBackUntilItIsTakenAway() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let book = RunBook()
            try await bench.whileRunning(try rider(on: bench, ["jobs"], book)) {
                try push(["before"], to: "jobs", redis)
                try await pollUntil("the first job is run") { book.count == 1 }
                for (text, runs) in [("true", 2), (" TRUE\n", 3)] {
                    try redis.call("SET", "resque:pause-all-workers", text)
                    try redis.call("CONFIG", "RESETSTAT")
                    try push(["\(runs)"], to: "jobs", redis)
                    try await letPass(.milliseconds(200), until: "a rider has had time for what it must not do")
                    #expect(book.count == runs - 1)
                    #expect(try redis.callCounts()["exists", default: 0] < 5, "it does not poll meanwhile")
                    try redis.call("DEL", "resque:pause-all-workers")
                    try await pollUntil("it works again") { book.count == runs }
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func aPausedRiderFinishesWhatItHasAndTakesNothing() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let book = RunBook()
            let gate = Gate()
            var configuration = try bench.riderConfiguration(["jobs"], concurrency: 1)
            configuration.interval = .milliseconds(50)
            let rider = bench.rider(
                configuration,
                ScriptedPerformer {
                    await gate.pass()
                    book.add($0)
                    return JobReport(.done)
                })
            try await bench.whileRunning(rider) {
                try push(["1"], to: "jobs", redis)
                try await pollUntil("it runs") { gate.arrivals == 1 }
                await rider.pause()
                try push(["2", "3"], to: "jobs", redis)
                gate.open()
                try await pollUntil("it is counted") { try redis.call("GET", "resque:stat:processed").string == "1" }
                try await letPass(.milliseconds(200), until: "a rider has had time for what it must not do")
                #expect(try redis.queues()["queue:jobs"] == ["2", "3"])
                await rider.resume()
                try await pollUntil("it goes on") { book.jobs == ["1", "2", "3"] }
            }
        }
    }
}
