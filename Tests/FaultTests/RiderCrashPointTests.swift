import Glibc
import RedisTestSupport
import Testing

@testable import BusRider

/// kill -9 and SIGSTOP at every named step of a rider: no job is lost, and only those that it had in hand run again.
extension ProcessFaults {
    /// One crash: where, and who is there to recover.
    struct RiderCrash: Sendable, CustomStringConvertible {
        let point: RiderCrashPoint
        let pass: Int
        /// A second rider runs already; otherwise one starts when the first has died.
        let hasNeighbour: Bool

        var description: String { "\(point.rawValue):\(pass)" + (hasNeighbour ? " beside a neighbour" : "") }
    }

    private static func isPassedAgainAndAgain(_ point: RiderCrashPoint) -> Bool {
        switch point {
        case .beforeClaimSent, .afterClaimSent, .afterClaimReply, .afterLookup, .beforeSettlementSent,
            .afterSettlementSent, .afterSettlementReply:
            true
        case .beforeRegistration, .afterRegistration, .afterRenewalSent, .beforeRecovery, .afterRecovery,
            .beforeLeaving, .afterLeaving:
            false
        }
    }

    static let riderCrashes = RiderCrashPoint.allCases.flatMap { point -> [RiderCrash] in
        let early = RiderCrash(point: point, pass: 1, hasNeighbour: false)
        return isPassedAgainAndAgain(point) ? [early, RiderCrash(point: point, pass: 5, hasNeighbour: true)] : [early]
    }

    /// Two dozen scenarios, four at a time.
    @Test(.timeLimit(.minutes(3))) func noJobIsLostWhenARiderIsKilledAtAnyStep() async {
        await RiderFaultBench.runEach(Self.riderCrashes) { crash, bench, redis in
            var account = JobAccount()
            let neighbour = crash.hasNeighbour ? try await bench.startRegistered(redis) : nil
            var (victim, held) = try await Self.bringAbout(crash, stops: false, on: bench, redis, &account)
            #expect(victim.ending == .signal(SIGKILL), "\(crash)")
            held.formUnion(try bench.held(by: victim, redis))
            let survivor = try neighbour ?? bench.rider()
            try await bench.awaitLast(survivor, redis, "\(crash)")
            try await pollUntil("\(crash): everything is worked off") { try account.isWorkedOff(redis) }
            try account.check(held: held, "\(crash)", redis)
            try await bench.stopCleanly(survivor, redis, "\(crash)")
            victim.kill()
        }
    }

    /// A dozen scenarios, four at a time, each longer than a lease.
    @Test(.timeLimit(.minutes(3))) func aRiderThatWasStoppedBeyondItsLeaseChangesNothingAndWorksAgain() async {
        let stops = RiderCrashPoint.allCases.compactMap { point in
            Self.isPassedAgainAndAgain(point) || point == .afterRegistration || point == .afterRenewalSent
                ? RiderCrash(point: point, pass: 1, hasNeighbour: true) : nil
        }
        await RiderFaultBench.runEach(stops) { crash, bench, redis in
            var account = JobAccount()
            let neighbour = try await bench.startRegistered(redis)
            let (zombie, before) = try await Self.bringAbout(crash, stops: true, on: bench, redis, &account)
            let held = before.union(try bench.held(by: zombie, redis))
            try await pollUntil("\(crash): the neighbour took over") {
                try redis.call("ZCARD", "resque:busdriver:riders").integer == 1 && account.isWorkedOff(redis)
            }
            zombie.signal(SIGCONT)
            try await pollUntil("\(crash): the zombie registered anew", within: .seconds(6)) {
                try redis.call("ZCARD", "resque:busdriver:riders").integer == 2
            }
            try await bench.stop(neighbour, "\(crash)")
            try account.push(100, redis)
            try await pollUntil("\(crash): the zombie works") { try account.isWorkedOff(redis) }
            try account.check(held: held, "\(crash)", redis)
            try await bench.stopCleanly(zombie, redis, "\(crash)")
        }
    }

    /// Gives a rider the work that leads it to the point, and waits until the point has done its harm.
    ///
    /// - Returns: the rider, and what another one held that died before.
    private static func bringAbout(
        _ crash: RiderCrash, stops: Bool, on bench: RiderFaultBench, _ redis: RawRedis, _ account: inout JobAccount
    ) async throws -> (victim: BusDriverProcess, held: Set<String>) {
        var held: Set<String> = []
        if crash.point == .beforeRecovery || crash.point == .afterRecovery {
            try account.push(20, redis)
            let dead = try bench.rider(crash: .init(RiderCrashPoint.afterClaimReply.rawValue))
            try await pollUntil("\(crash): a rider has died with jobs in hand") { !dead.isRunning }
            held = try bench.held(by: dead, redis)
        }
        let victim = try bench.rider(crash: .init(crash.point.rawValue, pass: crash.pass, stops: stops))
        let isLeaving = crash.point == .beforeLeaving || crash.point == .afterLeaving
        try await pollUntil("\(crash): it has come to the point", within: .seconds(20)) {
            if try redis.call("LLEN", "resque:queue:jobs").integer ?? 0 < 100 { try account.push(20, redis) }
            if isLeaving, try redis.call("LLEN", "ran").integer ?? 0 > 50 { victim.signal(SIGTERM) }
            return stops ? victim.isStopped : !victim.isRunning
        }
        return (victim, held)
    }
}
