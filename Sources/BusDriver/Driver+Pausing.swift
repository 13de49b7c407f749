import BusProtocol
import BusSession
import BusWire
import Logging
import RedisConnection

/// What keeps a driver from claiming for a while: a signal, or the key that pauses all workers. Either is enough, and
/// neither ends the other. What is in hand is committed, and lease and registration stay.
extension Driver {
    /// Claims nothing more until ``resume()``.
    package func pause() { setPausedBySignal(true) }

    /// Claims again after ``pause()``, unless the key that pauses all workers is set.
    package func resume() { setPausedBySignal(false) }

    private func setPausedBySignal(_ isPaused: Bool) {
        guard isPaused != registration.isPausedBySignal else { return }
        registration.isPausedBySignal = isPaused
        logger.notice(
            isPaused ? "paused by SIGUSR2; SIGCONT resumes" : "resumed by SIGCONT",
            metadata: ["queue": "\(ShownText.cut(configuration.queue))"])
        lanes.expectMore()
        advance()
        showPause()
    }

    /// Whether events may be taken off the list.
    var mayClaim: Bool { !isStopping && !isPausedByKey && !registration.isPausedBySignal && predecessors.areGone }

    /// Looks whether drivers are paused, where nobody announces it.
    func lookForPause() async {
        guard let session, isOpen else { return }
        do throws(RedisError) {
            try await readPause(session)
            advance()
        } catch {
            end(.lost(error))
        }
    }

    /// Follows the key that pauses all workers.
    func readPause(_ session: DriverSession) async throws(RedisError) {
        let isPaused = try await session.control.areWorkersPaused(bus: configuration.keys)
        guard notePause(isPaused, by: configuration.keys.pauseAllWorkers) else { return }
        lanes.expectMore()
    }
}
