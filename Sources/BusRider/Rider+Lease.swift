package import BusProtocol
package import BusSession
import BusWire
import LibevExecutor
import Logging
package import RedisConnection

/// How a rider comes to life, stays alive, and leaves.
extension Rider: LeasedRole, ListeningRole {
    package static let leaseWords = LeaseWords(
        name: "rider", unlisted: "what resque-web shows of this rider is old",
        pauseUnseen: "others cannot see whether this rider is paused",
        deadUnknown: "dead riders cannot be looked for", deadRemains: "a dead rider cannot be recovered")

    package var lease: Duration { configuration.lease }

    private var leaseMilliseconds: Int { Int(configuration.lease / .milliseconds(1)) }

    /// How often an idle rider looks for jobs where Redis announces nothing.
    private var pollInterval: Duration { min(configuration.interval, .seconds(1)) }

    /// What a rider does where pushes are not tracked.
    package var pollingHabit: String { "looks for jobs every \(pollInterval)" }

    // MARK: - Coming and going

    /// Registers if need be. The first time it also brings back what dead riders held.
    func join(_ session: WorkSession) async throws {
        try await renewIncarnation(session)
        // What is in hand can be settled also while nothing can be claimed.
        if isAtRest, !isStopping {
            try await session.control.proveWritable(bus: configuration.keys)
            life.proved()
        }
        if !isRegistered { try await register(session) }
        registration.clock = try await RedisClock(connection: session.control)
        try await trackChanges(session)
        let known = try await session.control.sendChecked(Queues.names(bus: configuration.keys))[0]
        queues.select(among: known.elements.compactMap(\.string))
        guard !life.hasServed else { return }
        claimer.use(
            try await CopyingTrial(connection: session.control, keys: configuration.keys, id: keys?.id ?? "").run())
        _ = try await recoverTheDead(session)
        life.hasServed = true
        logger.notice(
            "working",
            metadata: startDetails(
                server: session.server, bus: configuration.keys,
                [
                    "queues": "\(configuration.queues.text)", "slots": .stringConvertible(configuration.concurrency),
                    "lease": "\(configuration.lease)",
                ]))
        listeners.start()
    }

    /// Keeps the id while Redis knows it.
    private func renewIncarnation(_ session: WorkSession) async throws(RedisError) {
        if let keys, registration.startsAfresh {
            // What the surviving history still holds of this id goes back, unsuspected.
            _ = try await recovery(on: session).recover(
                keys.id, leases: .ignored, suspecting: false, known: settler.batches)
            forgetIncarnation()
        }
        if let keys {
            let commands = RiderCommands(keys: keys, lease: leaseMilliseconds, digests: session.digests)
            registration.commands = commands
            var pipeline = RedisPipeline()
            commands.appendRenewal(to: &pipeline)
            if try await session.control.sendChecked(pipeline)[0].string == "FENCED" { beFenced() }
        }
        if let lost = recoveries.lost {
            _ = try await recovery(on: session).recover(
                lost.id, leases: .ignored, suspecting: false, known: lost.batches)
            recoveries.recoveredLost()
        }
    }

    private func register(_ session: WorkSession) async throws(RedisError) {
        let random = String(UInt64.random(in: .min ... .max), radix: 16)
        let keys = RiderKeys(
            bus: configuration.keys, id: "\(configuration.host):\(configuration.processID):\(random)")
        let commands = RiderCommands(keys: keys, lease: leaseMilliseconds, digests: session.digests)
        var pipeline = RedisPipeline()
        let showcase = slots.showcase
        commands.appendRegister(
            worker: showcase.record.process, queues: showcase.record.queues, slots: configuration.concurrency,
            to: &pipeline)
        pipeline.append(contentsOf: showcase.entry(at: configuration.now()))
        RiderCrashPoint.pass(.beforeRegistration)
        let replies = try await session.control.send(pipeline)
        RiderCrashPoint.pass(.afterRegistration)
        // The registration itself may not be refused.
        if let refusal = replies[0].errorReply { throw .refusal(refusal, of: configuration.keys.riders) }
        reportView(replies)
        registration.commands = commands
        if life.hasServed { listeners.lostRegistration() }
    }

    /// Redis does not know this rider any more.
    func beFenced() {
        complaints.report(
            """
            the rider's registration is gone: its lease ran out and another rider took its jobs over, or Redis has lost its \
            data; registering anew
            """)
        recoveries.lose(keys?.id, holding: settler.batches)
        forgetIncarnation()
    }

    /// The jobs of this incarnation are somebody else's: their handlers are told to end, and nobody hears what comes of
    /// them.
    func forgetIncarnation() {
        registration.isForgotten()
        cancelJobs()
        settler.forget()
        claimer.forget()
        slots.showcase.forgetJobs()
        openSlots()
    }

    /// Gives back what is still reserved, and leaves no trace.
    ///
    /// - Throws: `RedisError` when the connection is lost meanwhile.
    package func leave(_ session: WorkSession) async throws -> Ending {
        guard let keys else { return .finished }
        RiderCrashPoint.pass(.beforeLeaving)
        let outcome = try await recovery(on: session).recover(keys.id, leases: .ignored, suspecting: false)
        RiderCrashPoint.pass(.afterLeaving)
        registration.commands = nil
        switch outcome {
        case .recovered(let jobs): settler.countGivenBack(jobs)
        case .stuck: return .abandoned(jobs: settler.jobCount)
        case .alive, .unknown: break
        }
        let givenBack = settler.givenBackByStop
        return givenBack > 0 ? .gaveBack(jobs: givenBack) : .finished
    }

    // MARK: - Staying

    func startTimers() {
        stayRegistered(nextLookForTheDead: configuration.lease / 2 * Double.random(in: 0.8...1))
        every(configuration.interval) { rider in
            // A rider that sleeps hears of new queues; one that never sleeps, or hears nothing, must look.
            let isTold = rider.tracking.isAnnounced
            if !rider.queues.isAsleep || !isTold { rider.lookForQueues() }
            if !isTold, rider.queues.hasUnusable { rider.lookAgain() }
        }
        if !tracking.isAnnounced { every(pollInterval) { $0.lookWhileAsleep() } }
        // A precaution: an announcement that does not come must not stop the work for ever.
        every(.seconds(60)) { $0.lookAgain() }
    }

    package func leaseRenewalSent(isFull: Bool) {
        RiderCrashPoint.pass(.afterRenewalSent)
        proveWorkLater()
    }

    package var listing: RedisPipeline { slots.showcase.presence }

    package func comeback() -> RedisPipeline { slots.showcase.comeback() }

    // MARK: - The dead

    private func recovery(on session: WorkSession) -> RiderRecovery {
        RiderRecovery(connection: session.control, bus: configuration.keys, digests: session.digests)
    }

    package func registeredLeases(_ session: WorkSession) async throws(RedisError) -> [RegisteredLease] {
        try await recovery(on: session).leases(now: registration.clock.milliseconds)
    }

    package func recoverDead(_ id: String, _ session: WorkSession) async throws(RedisError) {
        RiderCrashPoint.pass(.beforeRecovery)
        let outcome = try await recovery(on: session).recover(id, leases: .respected, suspecting: true)
        RiderCrashPoint.pass(.afterRecovery)
        switch outcome {
        case .recovered(let jobs):
            recoveries.recovered(jobs)
            logger.notice(
                "recovered the jobs of a dead rider",
                metadata: ["rider": "\(ShownText.cut(id))", "jobs": .stringConvertible(jobs)])
        case .stuck(let jobs):
            recoveries.recovered(jobs)
            complaints.report(
                "some jobs of a dead rider stay reserved, because their queue is not a list", ["rider": "\(id)"])
        case .alive, .unknown: return
        }
        // The dead one may not have moved on what it had stored.
        settler.expectWaitingFailures()
        lookAgain()
    }

    package func deadAreRecovered(_ session: WorkSession) async throws(RedisError) { try await moveFailures(session) }
}
