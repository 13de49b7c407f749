import BusProtocol
package import BusSession
import BusWire
package import RedisConnection

/// What a scheduler does from one loss of its connections to the next.
extension Scheduler: Role {
    /// One that leads does not end before it has given the lead away or tried for long enough.
    package var isRegistered: Bool { statistics.isLeading }

    /// Leads or follows, in turn, until it is told to stop.
    package func serve(_ session: WorkSession) async throws -> SessionVerdict {
        statistics.reconnects = life.reconnects
        stale = Stale()
        try await trackChanges(session)
        while !isStopping {
            guard try await follow(session) else { break }
            try await lead(session)
        }
        return .stopped
    }

    package func leave(_ session: WorkSession) async throws -> Ending {
        try await release(session)
        return .finished
    }

    /// Whoever waits for an answer hears of a loss anyway; who sleeps does not.
    package func sessionEnded() { alarm.ring() }

    /// What Redis refuses to this scheduler it may allow to another.
    package func sessionFailed(_ session: WorkSession, _ error: any Error) async {
        if case .reply = (error as? RedisError)?.code { try? await release(session) }
    }

    package func conclude(_ verdict: SessionVerdict) {}

    package func stopAtOnce() { stop() }
}

/// What it hears: changes of the keys that a read names which follows ``ChangeTracking/appendCaching(to:)``.
extension Scheduler: ListeningRole {
    package var trackingOptions: [String] { ["OPTIN", "NOLOOP"] }

    package var pollingHabit: String { "looks each second for what falls due, every 4 s for changed schedules" }

    package func heard(_ channel: String, _ payload: RedisReply) {
        let (lock, delayed, changed) = (
            identity.key, configuration.keys.delayedSchedule, configuration.keys.schedulesChanged
        )
        let keys = payload.isNull ? [lock, delayed, changed] : payload.elements.map { $0.string ?? "" }
        for key in keys {
            if key == lock { stale.lock = true }
            if key == delayed { stale.delayed = true }
            if key == changed { stale.changedSchedules = true }
        }
        alarm.ring()
    }
}
