import Glibc
import RedisTestSupport
import Testing

@testable import BusScheduler

/// kill -9 and SIGSTOP of the leader at every named step, while another waits: every delayed job, firing and heartbeat
/// comes once.
extension ProcessFaults {
    /// One crash: where, and at which pass.
    struct SchedulerCrash: Sendable, CustomStringConvertible {
        let point: SchedulerCrashPoint
        let pass: Int

        var description: String { "\(point.rawValue):\(pass)" }
    }

    private static func isPassedAgainAndAgain(_ point: SchedulerCrashPoint) -> Bool {
        switch point {
        case .beforePromotionSent, .afterPromotionSent, .afterPromotionReply, .beforeFireSent, .afterFireSent,
            .afterFireReply:
            true
        case .beforeLock, .afterLock, .beforeBusHeartbeatSent, .afterBusHeartbeatSent, .afterRenewalSent,
            .afterChangesTaken,
            .beforeRelease, .afterRelease:
            false
        }
    }

    private static func isLeaving(_ point: SchedulerCrashPoint) -> Bool {
        point == .beforeRelease || point == .afterRelease
    }

    static let schedulerCrashes = SchedulerCrashPoint.allCases.flatMap { point -> [SchedulerCrash] in
        [1, 5].filter { $0 == 1 || isPassedAgainAndAgain(point) }.map { SchedulerCrash(point: point, pass: $0) }
    }

    /// Two dozen scenarios, four at a time, each longer than a lock.
    @Test(.timeLimit(.minutes(3))) func everythingComesOnceWhenTheLeaderIsKilledAtAnyStep() async {
        await SchedulerFaultBench.runEach(Self.schedulerCrashes) { crash, bench, redis in
            let monitor = try SchedulerTrace.monitor(bench.server)
            let load = bench.ledger.startAdding(on: bench.server)
            let (victim, successor) = try await Self.bringAbout(crash, stops: false, on: bench, redis)
            #expect(victim.ending == .signal(SIGKILL), "\(crash): \(victim.log)")
            try await bench.awaitLeadership(of: successor, redis, within: .milliseconds(2700), "\(crash)")
            try load.finish()
            try await pollUntil("\(crash): everything is moved") { try bench.isMoved(redis) }
            try await bench.stop(successor, "\(crash)")
            try bench.check("\(crash)", redis, SchedulerTrace(try monitor.finish()), dynamic: Self.dynamic(crash))
        }
    }

    /// A dozen scenarios, four at a time, each longer than a lock.
    @Test(.timeLimit(.minutes(3)))
    func aLeaderThatWasStoppedWhileAnotherTookOverMovesNothingAndLeadsAgain() async {
        let stops = SchedulerCrashPoint.allCases.map { SchedulerCrash(point: $0, pass: 1) }
        await SchedulerFaultBench.runEach(stops) { crash, bench, redis in
            let monitor = try SchedulerTrace.monitor(bench.server)
            let load = bench.ledger.startAdding(on: bench.server)
            let (zombie, successor) = try await Self.bringAbout(crash, stops: true, on: bench, redis)
            try await bench.awaitLeadership(of: successor, redis, within: .milliseconds(2700), "\(crash)")
            let moved = try redis.call("LLEN", "resque:queue:ledger_a").integer ?? 0
            try await pollUntil("\(crash): the successor moves jobs") {
                try redis.call("LLEN", "resque:queue:ledger_a").integer ?? 0 > moved
            }
            zombie.signal(SIGCONT)
            if Self.isLeaving(crash.point) {
                try await pollUntil("\(crash): it ends", within: .seconds(6)) { !zombie.isRunning }
                // Stopped for longer than a farewell may take, it does not know what became of its lock.
                let endings: [ProcessEnding?] = crash.point == .beforeRelease ? [.exit(0), .exit(1)] : [.exit(0)]
                #expect(endings.contains(zombie.ending), "\(crash): \(zombie.log)")
                try load.finish()
                try await pollUntil("\(crash): everything is moved") { try bench.isMoved(redis) }
                try await bench.stop(successor, "\(crash)")
            } else {
                try await bench.stop(successor, "\(crash)")
                try await bench.awaitLeadership(of: zombie, redis, "\(crash): again")
                try load.finish()
                try await pollUntil("\(crash): the zombie moves everything") { try bench.isMoved(redis) }
                try await bench.stop(zombie, "\(crash)")
            }
            try bench.check(
                "stop at \(crash)", redis, SchedulerTrace(try monitor.finish()), dynamic: Self.dynamic(crash))
        }
    }

    private static func dynamic(_ crash: SchedulerCrash) -> [String] {
        crash.point == .afterChangesTaken ? ["dynamic", "changed"] : ["dynamic"]
    }

    /// Gives a leader the work that leads it to the point, and waits until the point has done its harm and another
    /// waits.
    private static func bringAbout(
        _ crash: SchedulerCrash, stops: Bool, on bench: SchedulerFaultBench, _ redis: RawRedis
    ) async throws -> (victim: BusDriverProcess, successor: BusDriverProcess) {
        try bench.addWork(redis)
        let victim = try bench.scheduler(crash: .init(crash.point.rawValue, pass: crash.pass, stops: stops))
        func isHarmed() -> Bool { stops ? victim.isStopped : !victim.isRunning }
        try await pollUntil("\(crash): the victim leads") { try isHarmed() || bench.leads(victim, redis) }
        let successor = try bench.scheduler()
        if isLeaving(crash.point) || crash.point == .afterChangesTaken {
            try await pollUntil("\(crash): the victim has begun") {
                try redis.call("LLEN", "resque:queue:recurring_tick").integer ?? 0 > 1
            }
            if isLeaving(crash.point) { victim.signal(SIGTERM) } else { try bench.setSchedule("changed", redis) }
        }
        try await pollUntil("\(crash): it has come to the point", within: .seconds(20)) { isHarmed() }
        return (victim, successor)
    }
}
