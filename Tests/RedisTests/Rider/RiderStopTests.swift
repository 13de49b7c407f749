import BusRider
import RedisTestSupport
import Testing

/// How a rider ends.
@Suite(.serialized, .timeLimit(.minutes(1))) struct RiderStopTests {
    private func jobs(_ range: Range<Int>) -> [String] { range.map { "job \($0)" } }

    @Test(.timeLimit(.minutes(1))) func aStopUnderLoadSettlesWhatItHasTaken() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let book = RunBook()
            let pushed = RunCount()
            let load = RepeatingThread(every: .milliseconds(1)) { [server = bench.server] in
                let redis = try server.connect()
                return {
                    _ = try redis.reply(
                        to: ["RPUSH", "resque:queue:jobs"] + (1...10).map { _ in "job \(pushed.increment())" })
                }
            }
            for round in 1...5 {
                let before = book.count
                let rider = bench.rider(
                    try bench.riderConfiguration(["jobs"], concurrency: 8),
                    ScriptedPerformer {
                        if $0.text.hasSuffix("3") { try? await Task.sleep(for: .milliseconds(5)) }
                        book.add($0)
                        return JobReport(.done)
                    })
                let running = bench.start(rider)
                try await pollUntil("it works") { book.count > before + 300 }
                await rider.stop(within: nil)
                _ = try await running.value
                #expect(try redis.residue() == [], "round \(round)")
                #expect(try redis.call("GET", "resque:stat:processed").string == String(book.count))
            }
            try load.finish()
            let left = try redis.queues()["queue:jobs"] ?? []
            #expect(Set(left).isDisjoint(with: book.jobs) && book.repeated == 0)
            #expect(left.count + book.count == pushed.value)
            #expect(left == left.sorted { Int($0.dropFirst(4))! < Int($1.dropFirst(4))! })
        }
    }

    @Test(.timeLimit(.minutes(1))) func whatDoesNotEndInTimeGoesBackInOrder() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let gate = Gate()
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"], concurrency: 8),
                ScriptedPerformer { _ in
                    await gate.pass()
                    return JobReport(.done)
                })
            let running = bench.start(rider)
            _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + jobs(0..<100))
            try await pollUntil("the slots are held") { gate.arrivals == 8 }
            let began = ContinuousClock.now
            await rider.stop(within: .milliseconds(100))
            #expect(try await running.value == .gaveBack(jobs: 8))
            #expect(ContinuousClock.now - began < .seconds(2))
            #expect(try redis.queues()["queue:jobs"] == jobs(0..<100))
            #expect(try redis.residue() == [])
            #expect(try redis.call("SMEMBERS", "resque:workers").strings == [])
            gate.open()
        }
    }

    @Test(.timeLimit(.minutes(1))) func whatARiderLeavesBehindWhenRedisIsSilentIsRecovered() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let gate = Gate()
            let book = RunBook()
            func rider() throws -> Rider {
                bench.rider(
                    try bench.riderConfiguration(["jobs"], concurrency: 8),
                    ScriptedPerformer {
                        await gate.pass()
                        book.add($0)
                        return JobReport(.done)
                    })
            }
            let first = try rider()
            let running = bench.start(first)
            _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + jobs(0..<20))
            try await pollUntil("the slots are held") { gate.arrivals == 8 }
            bench.server.suspend()
            let began = ContinuousClock.now
            await first.stop(within: .milliseconds(100))
            let ending = try await running.value
            #expect(ending == .abandoned(jobs: 8))
            #expect(ContinuousClock.now - began < .seconds(8))
            bench.server.resume()
            gate.open()
            try await bench.whileRunning(try rider()) {
                try await pollUntil("all are settled") { try redis.call("GET", "resque:stat:processed").string == "20" }
            }
            #expect(book.counts.count == 20)
            #expect(try redis.residue() == [])
        }
    }

    @Test(.timeLimit(.minutes(1))) func handlersThatHeedTheirCancellationLeaveNoTrace() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            var times: [Duration] = []
            for _ in 1...3 {
                let started = RunCount()
                let rider = bench.rider(
                    try bench.riderConfiguration(["jobs"], concurrency: 8),
                    ScriptedPerformer { _ in
                        _ = started.increment()
                        do {
                            try await Task.sleep(for: .seconds(60))
                            return JobReport(.done)
                        } catch {
                            return JobReport(.cancelled(JobFailure(exception: "E", message: "m")))
                        }
                    })
                let running = bench.start(rider)
                _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + jobs(0..<20))
                try await pollUntil("the slots are held") { started.value == 8 }
                let began = ContinuousClock.now
                await rider.stop(within: .milliseconds(50))
                #expect(try await running.value == .gaveBack(jobs: 8))
                times.append(ContinuousClock.now - began)
                let left = try redis.queues()["queue:jobs"] ?? []
                #expect(left.prefix(8).sorted() == jobs(0..<8) && Array(left.dropFirst(8)) == jobs(8..<20))
                let traces = try redis.call("KEYS", "*").strings.sorted()
                #expect(traces == ["resque:queue:jobs", "resque:queues"])
                try redis.call("DEL", "resque:queue:jobs")
            }
            // A deaf handler would be waited for half a second longer, each time; a busy machine is slow now and then.
            #expect(try #require(times.min()) < .milliseconds(500))
        }
    }

    /// A handler that heeds its cancellation fails, and its slot goes on; a deaf one keeps its slot until it ends.
    @Test(.timeLimit(.minutes(1))) func cancelledJobsFailAndTheirSlotsGoOn() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let deaf = Gate()
            let (heeding, cancelled) = (RunCount(), RunCount())
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"], concurrency: 2),
                ScriptedPerformer {
                    if $0.text == "deaf" {
                        await deaf.pass()
                        return JobReport(.cancelled(JobFailure(exception: "Cancelled", message: "m")))
                    }
                    _ = heeding.increment()
                    do {
                        try await Task.sleep(for: .seconds(60))
                        return JobReport(.done)
                    } catch {
                        _ = cancelled.increment()
                        return JobReport(.cancelled(JobFailure(exception: "Cancelled", message: "m")))
                    }
                })
            let running = bench.start(rider)
            try redis.call("RPUSH", "resque:queue:jobs", "deaf", "heeding")
            try await pollUntil("both run") { deaf.arrivals == 1 && heeding.value == 1 }
            await rider.cancelJobs()
            try await pollUntil("the heeding one has failed") { try redis.call("LLEN", "resque:failed").integer == 1 }
            try redis.call("RPUSH", "resque:queue:jobs", "second")
            try await pollUntil("its slot goes on") { heeding.value == 2 }
            deaf.open()
            try await pollUntil("the deaf one has failed") { try redis.call("LLEN", "resque:failed").integer == 2 }
            try redis.call("RPUSH", "resque:queue:jobs", "third")
            try await pollUntil("its slot goes on") { heeding.value == 3 }
            await rider.stop(within: .milliseconds(10))
            #expect(try await running.value == .gaveBack(jobs: 2))
            #expect(cancelled.value == 3)
            #expect(try redis.queues()["queue:jobs"]?.sorted() == ["second", "third"])
        }
    }

    /// What went back long ago, because another rider could have it sooner, is no part of the ending.
    @Test(.timeLimit(.minutes(1))) func aRiderThatFinishesSaysSo() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let gate = Gate()
            let rider = bench.rider(
                try bench.riderConfiguration(["jobs"], concurrency: 1),
                ScriptedPerformer {
                    if $0.text == "slow" { await gate.pass() }
                    return JobReport(.done)
                })
            let running = bench.start(rider)
            for _ in 1...10 { _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + jobs(0..<500)) }
            _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + jobs(0..<100) + ["slow"] + jobs(0..<50))
            try await pollUntil("jobs went back") { await rider.statistics.givenBack > 0 }
            gate.open()
            try await pollUntil("all are settled") { try redis.call("GET", "resque:stat:processed").string == "5151" }
            await rider.stop(within: nil)
            #expect(try await running.value == .finished)
        }
    }
}
