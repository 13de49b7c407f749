import BusProtocol
import BusSession
import BusWire
import LibevExecutor
import Logging
import RedisConnection

/// How a driver comes to life, stays alive, and leaves (protocol §2.2).
extension Driver {
    /// How often the lease is renewed.
    var renewalInterval: Duration { Lease.renewalInterval(of: configuration.lease) }

    private var leaseMilliseconds: Int { Int(configuration.lease / .milliseconds(1)) }

    // MARK: - Coming and going

    /// Registers if need be, and reads the subscriptions. The first time it also looks after what others left: before the
    /// first claim, so that a driver takes up its predecessor's events first.
    ///
    /// - Returns: when to look for the dead again.
    func joinBus(_ session: DriverSession) async throws -> Duration {
        try await renewIncarnation(session)
        // One that ends needs nothing but its way out.
        guard !isStopping else { return .zero }
        try await session.control.proveWritable(bus: configuration.keys)
        if keys == nil { try await register(session) }
        redisClock = try await RedisClock(connection: session.control)
        try await trackChanges(session)
        _ = freshness.beginLoad()
        await loadSubscriptions()
        guard !life.hasServed else {
            // A commit whose answer was lost may have kept its batch.
            mayNeedMending = true
            return .zero
        }
        copying = try await CopyingTrial(connection: session.control, keys: configuration.keys, id: keys?.id ?? "")
            .run()
        if copying == .copy {
            logger.warning(
                "SORT … STORE does not serve here; claiming by LRANGE and RPUSH, which costs Redis four times as much")
        }
        let untilNextLook = try await recoverTheDead(session)
        try await notePredecessors(session)
        life.hasServed = true
        return untilNextLook
    }

    /// Keeps the id while Redis knows it.
    private func renewIncarnation(_ session: DriverSession) async throws(RedisError) {
        if let keys, !startsAfresh {
            commands = DriverCommands(keys: keys, lease: leaseMilliseconds, digests: session.digests)
            if try await isFenced(session) {
                statistics.fenced += 1
                startsAfresh = true
            }
        }
        if let keys, startsAfresh {
            // What is still there of this id goes back, unsuspected: nothing, if it was recovered. The record need not tell what
            // this driver knows.
            let recovery = recovery(on: session)
            _ = try await recovery.recover(keys.id, leases: .ignored, suspecting: false)
            _ = try await recovery.recoverOrphan(keys.id, sequences: [sequencer.low + 2, sequencer.low])
            forgetIncarnation()
        }
    }

    private func register(_ session: DriverSession) async throws(RedisError) {
        let random = String(UInt64.random(in: .min ... .max), radix: 16)
        let id = "\(configuration.host):\(configuration.processID):\(random)"
        let keys = DriverKeys(
            bus: configuration.keys, id: id, queue: configuration.queue,
            worker: "\(configuration.host)+swift:\(configuration.processID):\(configuration.queue)")
        let commands = DriverCommands(keys: keys, lease: leaseMilliseconds, digests: session.digests)
        var pipeline = RedisPipeline()
        started = CivilTime(epoch: configuration.now()).rubyText
        commands.appendRegister(started: started, to: &pipeline)
        DriverCrashPoint.pass(.beforeRegistration)
        let replies = try await session.control.send(pipeline)
        DriverCrashPoint.pass(.afterRegistration)
        // The registration itself may not be refused.
        if let refusal = replies[0].errorReply { throw .refusal(refusal, of: configuration.keys.drivers) }
        reportView(replies)
        self.keys = keys
        self.commands = commands
    }

    private func isFenced(_ session: DriverSession) async throws(RedisError) -> Bool {
        guard let commands else { return true }
        var pipeline = RedisPipeline()
        commands.appendRenewal(to: &pipeline)
        return try await session.control.sendChecked(pipeline)[0].string == "FENCED"
    }

    /// Leaves nothing behind: no record, no lease, no worker.
    func leaveBus(_ session: DriverSession) async throws(RedisError) {
        guard let keys else { return }
        try await mend(session)
        DriverCrashPoint.pass(.beforeLeaving)
        _ = try await recovery(on: session).recover(keys.id, leases: .ignored, suspecting: false)
        DriverCrashPoint.pass(.afterLeaving)
        forgetIncarnation()
    }

    // MARK: - Staying

    func startTimers(nextLookForTheDead: Duration) {
        let listing = Lease.listingInterval(lease: configuration.lease)
        every(renewalInterval) { $0.renewLease() }
        every(listing) { $0.stayListed() }
        lookForTheDead(after: nextLookForTheDead)
        awaitPredecessors()
        scheduleTask(after: .zero) { await $0.cleanUp() }
        every(.seconds(3600)) { $0.startTask { await $0.cleanUp() } }
        guard !tracksChanges else { return }
        // Nobody announces that a pause has ended.
        every(.seconds(1)) { driver in
            if driver.isPausedByKey { driver.startTask { await $0.lookForPause() } }
        }
    }

    /// Renews the lease: mostly the cheap half, each third time both.
    func renewLease() {
        guard let session, let commands else { return }
        var pipeline = RedisPipeline()
        let isFull = renewals % 3 == 0
        renewals += 1
        if isFull { commands.appendRenewal(to: &pipeline) } else { commands.appendKeyRenewal(to: &pipeline) }
        ask(session.control, pipeline) { $0.leaseAnswered($1[0]) }
        showPause()
        DriverCrashPoint.pass(.afterRenewalSent)
        listenForBarriers()
        if isFull, !tracksChanges { startTask { await $0.lookForPause() } }
    }

    private func leaseAnswered(_ reply: RedisReply) {
        if reply.string == "FENCED" {
            end(.failed(.fenced, reason: "it ran out and another driver took over; registering anew"))
        } else if reply.integer == 0 {
            renewals = 0
        } else if let refusal = reply.errorReply {
            if refusal.isPassing { return end(.lost(.refusal(refusal))) }
            if refusal.kind == .noScript { commands?.forgetDigests() }
            complaints.report("the heartbeat is refused", refusal)
        }
    }

    /// Comes back to `workers` when somebody has removed this driver: a Ruby worker that cleans up, or an operator.
    func stayListed() {
        guard let session, let keys else { return }
        ask(session.control, .listing([keys.worker], bus: keys.bus)) { driver, replies in
            driver.reportView(replies)
            guard replies[0].integer == 1 else { return }
            let comeback = RedisPipeline.registering([keys.worker], started: driver.started, bus: keys.bus)
            driver.ask(session.control, comeback) { $0.reportView($1) }
        }
    }

    /// What resque-web shows may be refused for now.
    private func reportView(_ replies: RedisReplies) {
        guard let refusal = replies.firstError, !refusal.isPassing else { return }
        complaints.report("the driver does not show in resque-web", refusal)
    }

    // MARK: - The dead

    func recovery(on session: DriverSession) -> DriverRecovery {
        DriverRecovery(
            connection: session.control, bus: configuration.keys, digests: session.digests,
            fallbackQueue: configuration.queue, doubted: { [logger] in $0.log(to: logger) })
    }

    /// Looks for drivers whose lease ran out, and again when the next one will.
    private func lookForTheDead(after delay: Duration) {
        scheduleTask(after: delay) { driver in
            guard let session = driver.session, driver.isOpen else { return }
            do throws(RedisError) {
                let wait = try await driver.recoverTheDead(session)
                driver.lookForTheDead(after: wait)
            } catch {
                guard error.isRefusedForGood else { return driver.end(.lost(error)) }
                driver.complaints.report("dead drivers cannot be looked for", error)
                driver.lookForTheDead(after: driver.configuration.lease)
            }
        }
    }

    /// Recovers every driver whose lease ran out, and tells when to look again.
    private func recoverTheDead(_ session: DriverSession) async throws(RedisError) -> Duration {
        let recovery = recovery(on: session)
        let leases = try await recovery.leases(now: redisClock.milliseconds)
        for dead in leases where dead.remaining <= .zero && dead.id != keys?.id {
            if let doubt = dead.doubt { complaints.report(doubt) }
            DriverCrashPoint.pass(.beforeRecovery)
            guard let outcome = try await recover(dead.id, by: recovery) else { continue }
            DriverCrashPoint.pass(.afterRecovery)
            if case .stuck(let key) = outcome {
                complaints.report(
                    "events of a dead driver wait until a key that is not a list is renamed or deleted",
                    ["key": "\(key)"])
            }
            guard case .recovered(let events, let queue) = outcome else { continue }
            statistics.recovered += events
            mayNeedMending = true
            tellOfRecovery(of: dead.id, events: events, to: queue)
            sequencer.expectMore()
            advance()
        }
        try await mend(session)
        try await endAbandonedTails(session)
        return Lease.untilNextLook(at: leases, own: keys?.id, lease: configuration.lease)
    }

    private func tellOfRecovery(of id: String, events: Int, to queue: String) {
        logger.notice(
            "recovered \(events) events of a dead driver",
            metadata: ["driver": "\(ShownText.cut(id))", "queue": "\(ShownText.cut(queue))"])
    }

    /// Recovers one driver; nil where Redis refuses that, as it does for a key of another type: it is tried again with the next
    /// look, and everything else goes on.
    private func recover(_ id: String, by recovery: DriverRecovery) async throws(RedisError) -> DriverRecovery.Outcome?
    {
        do throws(RedisError) {
            return try await recovery.recover(id, leases: .respected, suspecting: true)
        } catch {
            guard error.isRefusedForGood else { throw error }
            complaints.report("a dead driver cannot be recovered", error)
            return nil
        }
    }

    private func cleanUp() async {
        guard let session, isOpen else { return }
        do throws(RedisError) {
            let recovery = recovery(on: session)
            for (id, sequences) in try await recovery.orphans() {
                guard
                    case .recovered(let events, let queue) = try await recovery.recoverOrphan(id, sequences: sequences)
                else { continue }
                statistics.recovered += events
                tellOfRecovery(of: id, events: events, to: queue)
            }
            // What a driver kept that was recovered by hand.
            mayNeedMending = true
            try await mend(session)
        } catch {
            guard error.isRefusedForGood else { return end(.lost(error)) }
            complaints.report("what dead drivers have left cannot be looked for", error)
        }
    }
}
