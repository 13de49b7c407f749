import BusDriver
import BusRider
import BusScheduler
import RedisTestSupport
import Testing

/// Whoever cancels the task that runs a role has it stop in order.
@Suite(.serialized, .timeLimit(.minutes(1))) struct CancellationTests {
    @Test func aDriverLeavesTheBus() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let running = bench.start(bench.driver(try bench.configuration()))
            try await pollUntil("it is registered") {
                try redis.call("ZCARD", "resque:busdriver:drivers").integer == 1
            }
            running.cancel()
            #expect(try await running.value == .drained)
            #expect(try redis.residue() == [])
        }
    }

    @Test func aRiderGivesBackWhatItsHandlersDoNotFinish() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            for number in 1...3 {
                try redis.call("RPUSH", "resque:queue:jobs", #"{"class":"Job","args":[\#(number)]}"#)
            }
            let performer = ScriptedPerformer { _ in
                try? await Task.sleep(for: .seconds(3600))
                return JobReport(.cancelled(JobFailure(exception: "Cancelled", message: "cancelled")))
            }
            let rider = bench.rider(try bench.riderConfiguration(["jobs"], concurrency: 1), performer)
            let running = bench.start(rider)
            try await pollUntil("it has taken jobs") { try redis.call("LLEN", "resque:queue:jobs").integer ?? 3 < 3 }
            running.cancel()
            guard case .gaveBack = try await running.value else {
                Issue.record("It gave nothing back.")
                return
            }
            #expect(try redis.call("LLEN", "resque:queue:jobs").integer == 3)
        }
    }

    @Test func aLeaderGivesTheLeadAway() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let running = bench.start(bench.scheduler(try bench.schedulerConfiguration()))
            try await pollUntil("it leads") { try redis.call("GET", RawRedis.schedulerLock).string != nil }
            running.cancel()
            #expect(try await running.value == .finished)
            #expect(try redis.call("GET", RawRedis.schedulerLock).string == nil)
        }
    }
}
