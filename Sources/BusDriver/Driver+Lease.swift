package import BusProtocol
package import BusSession
import BusWire
import LibevExecutor
import Logging
package import RedisConnection

/// How a driver comes to life, stays alive, and leaves (protocol §2.2).
extension Driver: LeasedRole {
    package static let leaseWords = LeaseWords(
        name: "driver", unlisted: "the driver does not show in resque-web",
        pauseUnseen: "others cannot see whether this driver is paused",
        deadUnknown: "dead drivers cannot be looked for", deadRemains: "a dead driver cannot be recovered")

    package var lease: Duration { configuration.lease }

    private var leaseMilliseconds: Int { Int(configuration.lease / .milliseconds(1)) }

    // MARK: - Coming and going

    /// Registers if need be, and reads the subscriptions. The first time it also looks after what others left: before
    /// the first claim, so that a driver takes up its predecessor's events first.
    ///
    /// - Returns: when to look for the dead again.
    func joinBus(_ session: DriverSession) async throws -> Duration {
        try await renewIncarnation(session)
        // One that ends needs nothing but its way out.
        guard !isStopping else { return .zero }
        try await session.control.proveWritable(bus: configuration.keys)
        if keys == nil { try await register(session) }
        registration.clock = try await RedisClock(connection: session.control)
        feed.beginSession()
        try await trackChanges(session)
        _ = feed.beginLoad()
        await loadSubscriptions()
        guard !life.hasServed else {
            // A commit whose answer was lost may have kept its batch.
            janitor.expectWork()
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
        if let keys, !registration.startsAfresh {
            registration.commands = DriverCommands(keys: keys, lease: leaseMilliseconds, digests: session.digests)
            if try await isFenced(session) {
                tally.fenced()
                registration.startsAfresh = true
            }
        }
        if let keys, registration.startsAfresh {
            // What is still there of this id goes back, unsuspected: nothing, if it was recovered. The record need not
            // tell what this driver knows.
            let recovery = recovery(on: session)
            _ = try await recovery.recover(keys.id, leases: .ignored, suspecting: false)
            _ = try await recovery.recoverOrphan(keys.id, sequences: [lanes.low + 2, lanes.low])
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
        registration.started = CivilTime(epoch: configuration.now()).rubyText
        commands.appendRegister(started: registration.started, to: &pipeline)
        DriverCrashPoint.pass(.beforeRegistration)
        let replies = try await session.control.send(pipeline)
        DriverCrashPoint.pass(.afterRegistration)
        // The registration itself may not be refused.
        if let refusal = replies[0].errorReply { throw .refusal(refusal, of: configuration.keys.drivers) }
        reportView(replies)
        registration.commands = commands
    }

    private func isFenced(_ session: DriverSession) async throws(RedisError) -> Bool {
        guard let commands else { return true }
        var pipeline = RedisPipeline()
        commands.appendRenewal(to: &pipeline)
        return try await session.control.sendChecked(pipeline)[0].string == "FENCED"
    }

    private func forgetIncarnation() {
        registration.isForgotten()
        lanes.beginIncarnation()
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
        stayRegistered(nextLookForTheDead: nextLookForTheDead)
        awaitPredecessors()
        scheduleTask(after: .zero) { await $0.cleanUp() }
        every(.seconds(3600)) { $0.startTask { await $0.cleanUp() } }
        guard !tracksChanges else { return }
        // Nobody announces that a pause has ended.
        every(.seconds(1)) { driver in
            if driver.isPausedByKey { driver.startTask { await $0.lookForPause() } }
        }
    }

    package func leaseRenewalSent(isFull: Bool) {
        DriverCrashPoint.pass(.afterRenewalSent)
        listenForBarriers()
        if isFull, !tracksChanges { startTask { await $0.lookForPause() } }
    }

    package var listing: RedisPipeline { .listing([keys?.worker ?? ""], bus: configuration.keys) }

    package func comeback() -> RedisPipeline {
        .registering([keys?.worker ?? ""], started: registration.started, bus: configuration.keys)
    }

    // MARK: - The dead

    func recovery(on session: DriverSession) -> DriverRecovery {
        DriverRecovery(
            connection: session.control, bus: configuration.keys, digests: session.digests,
            fallbackQueue: configuration.queue, doubted: { [logger] in $0.log(to: logger) })
    }

    package func registeredLeases(_ session: DriverSession) async throws(RedisError) -> [RegisteredLease] {
        try await recovery(on: session).leases(now: registration.clock.milliseconds)
    }

    package func recoverDead(_ id: String, _ session: DriverSession) async throws(RedisError) {
        DriverCrashPoint.pass(.beforeRecovery)
        let outcome = try await recovery(on: session).recover(id, leases: .respected, suspecting: true)
        DriverCrashPoint.pass(.afterRecovery)
        switch outcome {
        case .recovered(let events, let queue):
            tally.recovered(events)
            janitor.expectWork()
            tellOfRecovery(of: id, events: events, to: queue)
            lanes.expectMore()
            advance()
        case .stuck(let key):
            complaints.report(
                "events of a dead driver wait until a key that is not a list is renamed or deleted",
                ["key": "\(key)"])
        case .alive, .unknown: break
        }
    }

    package func deadAreRecovered(_ session: DriverSession) async throws(RedisError) {
        try await mend(session)
        try await endAbandonedTails(session)
    }

    private func tellOfRecovery(of id: String, events: Int, to queue: String) {
        logger.notice(
            "recovered the events of a dead driver",
            metadata: [
                "driver": "\(ShownText.cut(id))", "queue": "\(ShownText.cut(queue))",
                "events": .stringConvertible(events),
            ])
    }

    private func cleanUp() async {
        guard let session, isOpen else { return }
        do throws(RedisError) {
            let recovery = recovery(on: session)
            for (id, sequences) in try await recovery.orphans() {
                guard
                    case .recovered(let events, let queue) = try await recovery.recoverOrphan(id, sequences: sequences)
                else { continue }
                tally.recovered(events)
                tellOfRecovery(of: id, events: events, to: queue)
            }
            // What a driver kept that was recovered by hand.
            janitor.expectWork()
            try await mend(session)
        } catch {
            guard error.isRefusedForGood else { return end(.lost(error)) }
            complaints.report("what dead drivers have left cannot be looked for", error)
        }
    }
}
