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
            isUnbegun: !isAnnounced && inFlight.isEmpty, patience: configuration.lease, progress: statistics.events)
    }

    package func serve(_ session: DriverSession) async throws -> SessionVerdict {
        statistics.reconnects = life.reconnects
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
            statistics.fenced += 1
            complaints.report("the driver's lease is lost", ["reason": "\(reason)"])
            registration.startsAfresh = true
        case .rolledBack(let reason):
            complaints.report("Redis has lost a part of its history", ["reason": "\(reason)"])
            registration.startsAfresh = true
        }
    }

    package func stopAtOnce() { stop() }

    package func drainFails() { sequencer.claims = false }
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
