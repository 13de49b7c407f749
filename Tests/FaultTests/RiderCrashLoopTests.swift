import Glibc
import RedisTestSupport
import Testing

/// A job that ends every process that runs it.
extension ProcessFaults {
    @Test(.timeLimit(.minutes(1))) func theJobThatKillsRidersIsSetAsideAndNoOther() async throws {
        try await RiderFaultBench.run { bench, redis in
            let neighbours = (0..<50).map { "neighbour \($0)" }
            let jobs = neighbours[..<2] + ["culprit trap"] + neighbours[2...]
            _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + jobs)
            var rider = try bench.rider()
            var held: [Set<String>] = []
            try await pollUntil("the culprit is set aside, and the others are run", within: .seconds(30)) {
                if !rider.isRunning {
                    held.append(try bench.held(by: rider, redis))
                    rider = try bench.rider()
                }
                let answers = try redis.pipeline([
                    ["MULTI"], ["EXISTS", "resque:queue:jobs", "resque:busdriver:suspect:jobs"],
                    ["KEYS", "resque:busdriver:reserved:*"], ["LLEN", "resque:failed"], ["EXEC"],
                ])
                return answers[4] == .array([.integer(0), .array([]), .integer(1)])
            }
            #expect(held.count == 3, "deaths")
            #expect(held.allSatisfy { $0.contains("culprit trap") })
            #expect(held.last == ["culprit trap"], "the third time it was alone")
            let failed = try redis.call("LRANGE", "resque:failed", "0", "-1").strings
            #expect(failed.count == 1)
            #expect(failed.allSatisfy { $0.contains("culprit trap") && $0.contains("BusDriver::CrashLoop") })
            let began = try redis.call("LRANGE", "began", "0", "-1").strings
            let ran = try redis.call("LRANGE", "ran", "0", "-1").strings
            #expect(began.count { $0 == "culprit trap" } == 3)
            #expect(Set(ran) == Set(neighbours))
            for neighbour in neighbours { #expect(began.count { $0 == neighbour } <= 3, "\(neighbour)") }
            try await bench.stopCleanly(rider, redis, "a crash loop")
        }
    }

    /// The same job comes while two riders wait: the other one takes it over, and dies of it too.
    @Test(.timeLimit(.minutes(1))) func aCrashLoopAmongIdleRidersEnds() async throws {
        try await RiderFaultBench.run { bench, redis in
            let neighbours = (0..<50).map { "neighbour \($0)" }
            var riders = [try await bench.startRegistered(redis), try await bench.startRegistered(redis)]
            _ = try redis.reply(to: ["RPUSH", "resque:queue:jobs"] + neighbours + ["culprit trap"] + neighbours)
            var deaths = 0
            try await pollUntil("the culprit is set aside, and the others are run", within: .seconds(40)) {
                for index in riders.indices where !riders[index].isRunning {
                    deaths += 1
                    riders[index] = try bench.rider()
                }
                let answers = try redis.pipeline([
                    ["MULTI"], ["EXISTS", "resque:queue:jobs"], ["KEYS", "resque:busdriver:reserved:*"],
                    ["LLEN", "resque:failed"], ["EXEC"],
                ])
                return answers[4] == .array([.integer(0), .array([]), .integer(1)])
            }
            #expect(deaths == 3)
            let failed = try redis.call("LRANGE", "resque:failed", "0", "-1").strings
            #expect(failed.allSatisfy { $0.contains("culprit trap") && $0.contains("BusDriver::CrashLoop") })
            #expect(Set(try redis.call("LRANGE", "ran", "0", "-1").strings) == Set(neighbours))
        }
    }
}
