import Glibc
import RedisTestSupport
import Testing

@testable import BusDriver

/// kill -9 and SIGSTOP at every named step of the loop: nothing is lost, nothing is doubled, and it comes back in time.
extension ProcessFaults {
    /// One crash: where, and who is there to recover.
    struct Crash: Sendable, CustomStringConvertible {
        let point: DriverCrashPoint
        let pass: Int
        /// A second driver runs already; otherwise one starts when the first has died.
        let hasNeighbour: Bool

        var description: String { "\(point.rawValue):\(pass)" + (hasNeighbour ? " beside a neighbour" : "") }
    }

    /// What a driver must be doing to come by a step.
    enum Work {
        case load
        case singleEvents
        case recovering
        case mending
        case leaving
    }

    static func work(leadingTo point: DriverCrashPoint) -> Work {
        switch point {
        case .beforeRegistration, .afterRegistration, .beforeLoad, .afterLoad, .beforeClaimSent, .afterClaimSent,
            .afterClaimReply, .afterMatch, .beforeCommitSent, .afterCommitSent, .afterCommitReply, .afterRenewalSent:
            .load
        case .afterPeek, .beforeSwapSent, .afterSwapSent, .afterSwapReply: .singleEvents
        case .beforeRecovery, .afterRecovery: .recovering
        case .beforeMending, .afterMending: .mending
        case .beforeLeaving, .afterLeaving: .leaving
        }
    }

    /// The loop's steps are passed again and again: early, and in full swing; the others once.
    static let crashes = DriverCrashPoint.allCases.flatMap { point -> [Crash] in
        switch point {
        case .beforeRegistration, .afterRegistration, .beforeLoad, .afterLoad, .beforeMending, .afterMending,
            .beforeLeaving, .afterLeaving, .beforeRecovery, .afterRecovery, .afterRenewalSent:
            return [Crash(point: point, pass: 1, hasNeighbour: false)]
        default:
            return [
                Crash(point: point, pass: 1, hasNeighbour: false), Crash(point: point, pass: 7, hasNeighbour: true),
            ]
        }
    }

    /// Three dozen scenarios, three at a time.
    @Test(.timeLimit(.minutes(3))) func nothingIsLostWhenADriverIsKilledAtAnyStep() async {
        await FaultBench.runEach(Self.crashes) { crash, bench, redis in
            let neighbour = crash.hasNeighbour ? try await bench.startRegistered(redis) : nil
            try await Self.bringAbout(crash, stops: false, on: bench, redis) { _ in }
            let died = ContinuousClock.now
            let survivor = try neighbour ?? bench.driver()
            try await pollUntil("\(crash): everything is driven") { try bench.ledger.isDriven(on: redis) }
            try await bench.awaitLast(survivor, redis, "\(crash)")
            let bound: Duration = crash.hasNeighbour ? .milliseconds(2500) : .milliseconds(3000)
            #expect(ContinuousClock.now - died < bound, "\(crash)")
            try Self.check(crash, on: bench, redis)
            try await bench.stopCleanly(survivor, redis, "\(crash)")
        }
    }

    /// A dozen scenarios, three at a time, each longer than a lease.
    @Test(.timeLimit(.minutes(3))) func aDriverThatWasStoppedBeyondItsLeaseIsFencedAndWorksAgain() async {
        let points = DriverCrashPoint.allCases.filter { [.load, .singleEvents].contains(Self.work(leadingTo: $0)) }
        let stops = points.map { Crash(point: $0, pass: 1, hasNeighbour: true) }
        await FaultBench.runEach(stops) { crash, bench, redis in
            let neighbour = try await bench.startRegistered(redis)
            try await Self.bringAbout(crash, stops: true, on: bench, redis) { zombie in
                try await pollUntil("\(crash): the neighbour took over") { try bench.ledger.isDriven(on: redis) }
                try await pollUntil("\(crash): the zombie's lease is gone") {
                    try redis.call("ZCARD", "resque:busdriver:drivers").integer == 1
                }
                zombie.signal(SIGCONT)
                try await pollUntil("\(crash): the zombie registered anew", within: .seconds(6)) {
                    try redis.call("ZCARD", "resque:busdriver:drivers").integer == 2
                }
                try await bench.stop(neighbour, "\(crash)")
                try bench.ledger.publish(100, on: redis)
                try await pollUntil("\(crash): the zombie drives") { try bench.ledger.isDriven(on: redis) }
                #expect(try bench.ledger.verdict(on: redis).apartFromOrder == .clean, "\(crash)")
                try await bench.stopCleanly(zombie, redis, "\(crash)")
            }
        }
    }

    /// Gives a driver the work that leads it to the point, and waits until the point has done its harm.
    private static func bringAbout(
        _ crash: Crash, stops: Bool, on bench: FaultBench, _ redis: RawRedis,
        then body: (BusDriverProcess) async throws -> Void
    ) async throws {
        let point = BusDriverProcess.PlannedCrash(crash.point.rawValue, pass: crash.pass, stops: stops)
        let work = work(leadingTo: crash.point)
        if work == .recovering { try await leaveSomethingBehind(on: bench, redis) }
        if work == .mending { try redis.call("SET", evenQueue, "no list") }
        let victim = try bench.driver(crash: point)
        let load = work == .singleEvents ? nil : bench.startPublishing()
        if work == .leaving {
            try await pollUntil("\(crash): the driver drives") {
                try redis.call("LLEN", "resque:queue:ledger_all_default").integer ?? 0 > 100
            }
            victim.signal(SIGTERM)
        }
        try await pollUntil("\(crash): it has come to the point", within: .seconds(20)) {
            if work == .singleEvents { try bench.ledger.publish(1, on: redis) }
            return stops ? victim.isStopped : !victim.isRunning
        }
        try load?.finish()
        #expect(stops || victim.ending == .signal(SIGKILL), "\(crash)")
        try await body(victim)
    }

    @Test(.timeLimit(.minutes(1))) func orderIsKeptAcrossACrashAndARestart() async throws {
        try await FaultBench.run { bench, redis in
            for _ in 1...20 { try bench.ledger.publish(250, on: redis) }
            let victim = try bench.driver(crash: .init(DriverCrashPoint.afterClaimReply.rawValue, pass: 3))
            try await pollUntil("the driver has died") { !victim.isRunning }
            let successor = try bench.driver()
            try await pollUntil("everything is driven") { try bench.ledger.isDriven(on: redis) }
            #expect(try bench.ledger.verdict(on: redis) == .clean)
            try await bench.stopCleanly(successor, redis, "a restart")
        }
    }

    /// A dead driver with events in flight.
    private static func leaveSomethingBehind(on bench: FaultBench, _ redis: RawRedis) async throws {
        let dead = try bench.driver(crash: .init(DriverCrashPoint.afterClaimReply.rawValue))
        try bench.ledger.publish(100, on: redis)
        try await pollUntil("a driver has died with events in hand") { !dead.isRunning }
    }

    private static let evenQueue = "resque:queue:ledger_even_default"

    private static func check(_ crash: Crash, on bench: FaultBench, _ redis: RawRedis) throws {
        guard work(leadingTo: crash.point) == .mending else {
            let verdict = try bench.ledger.verdict(on: redis)
            #expect(
                (crash.hasNeighbour || work(leadingTo: crash.point) == .recovering ? verdict.apartFromOrder : verdict)
                    == .clean, "\(crash)")
            return
        }
        try redis.call("DEL", evenQueue)
        let verdict = try bench.ledger.verdict(on: redis)
        let evens = bench.ledger.acknowledged / 2
        #expect(verdict.lost == ["ledger_even_default": evens] && verdict.doubled == [:], "\(crash)")
        #expect(verdict.failed == evens, "\(crash)")
    }
}
