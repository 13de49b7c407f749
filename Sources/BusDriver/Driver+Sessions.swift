import BusProtocol
package import BusSession
import BusWire
import Logging
import RedisConnection

/// What a driver does from one loss of its connections to the next.
extension Driver: Role {
    package var isRegistered: Bool { keys != nil }

    package var drain: Drain? {
        guard configuration.drains else { return nil }
        return Drain(
            isUnbegun: !life.hasBeenProven && inFlight.isEmpty, patience: configuration.lease,
            progress: tally.statistics.events)
    }

    package func serve(_ session: DriverSession) async throws -> SessionVerdict {
        let nextLookForTheDead = try await joinBus(session)
        beginDriving(session, nextLookForTheDead: nextLookForTheDead)
        return await untilEnd()
    }

    package func leave(_ session: DriverSession) async throws -> Ending {
        try await leaveBus(session)
        return .drained
    }

    package func conclude(_ verdict: SessionVerdict) {
        switch verdict {
        case .stopped, .lost: break
        case .reset(let reason): complaints.report("a batch is claimed anew", ["reason": "\(reason)"])
        case .fenced(let reason):
            tally.fenced()
            complaints.report("the driver's lease is lost", ["reason": "\(reason)"])
            registration.startsAfresh = true
        case .rolledBack(let reason):
            complaints.report("Redis has lost a part of its history", ["reason": "\(reason)"])
            registration.startsAfresh = true
        }
    }

    package func stopAtOnce() { stop() }

    /// Begins a session in which it may claim.
    private func beginDriving(_ session: DriverSession, nextLookForTheDead: Duration) {
        lanes.beginSession()
        doorbell.reset()
        startTimers(nextLookForTheDead: nextLookForTheDead)
        beginWork()
        showPause()
        guard isOpen else { return }
        // One that does not claim for now has proved by other writes that it could.
        if !mayClaim { proveWork() }
        advanceFreshness()
    }

    /// Redis has accepted what a driver lives on. Called for every claim.
    func proveWork() {
        guard !life.isProven, !isStopping else { return }
        let isFirst = !life.hasBeenProven
        life.proved()
        if isFirst { announce() }
    }

    /// Says once that and what it drives.
    private func announce() {
        logger.notice(
            "driving",
            metadata: startDetails(
                server: session?.server ?? "", bus: configuration.keys,
                [
                    "incoming": "\(keys?.incoming ?? "")", "subscriptions": .stringConvertible(feed.compiled.count),
                    "applications": .stringConvertible(feed.compiled.applicationCount),
                    "lease": "\(configuration.lease)",
                ]))
    }
}

extension SessionVerdict {
    /// What the sequencer of batches says has ended the session.
    static func failed(_ failure: BatchSequencer.Failure, reason: String) -> SessionVerdict {
        switch failure {
        case .reset: .reset(reason: reason)
        case .fenced: .fenced(reason: reason)
        case .rolledBack: .rolledBack(reason: reason)
        }
    }
}
