import BusProtocol
package import BusSession
import RedisConnection

/// What a rider does from one loss of its connections to the next.
extension Rider: Role {
    package var isRegistered: Bool { commands != nil }

    package var drain: Drain? {
        guard configuration.drains else { return nil }
        return Drain(
            isUnbegun: !claimer.hasClaimed && isAtRest, patience: configuration.lease,
            progress: claimer.claims + settler.statistics.settlements)
    }

    package func serve(_ session: WorkSession) async throws -> SessionVerdict {
        try await join(session)
        claimer.finish()
        queues.beginSession()
        startTimers()
        beginWork()
        showPause()
        resumeSettling()
        advance()
        return await untilEnd()
    }

    package func conclude(_ verdict: SessionVerdict) {
        switch verdict {
        case .stopped, .lost, .reset: break
        case .fenced: beFenced()
        case .rolledBack:
            complaints.report("Redis has lost a part of its history; what is left goes back to the queues")
            registration.startsAfresh = true
        }
    }

    package func stopAtOnce() { stop(within: .zero) }

    package func drainFails() { hasLostPatience = true }
}
