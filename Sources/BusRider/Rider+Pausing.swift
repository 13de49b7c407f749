import BusProtocol
import BusSession
import BusWire
import Logging
import RedisConnection

/// A rider that is paused: by a signal, or by the key that pauses all workers. Neither ends the other.
extension Rider {
    /// Takes no more jobs until ``resume()``; those that handlers have begun go on, the others go back to their queues.
    package func pause() {
        guard !registration.isPausedBySignal else { return }
        registration.isPausedBySignal = true
        logger.notice("paused by SIGUSR2; SIGCONT resumes")
        settler.giveBack(slots.board.withdraw(), at: .now)
        advance()
        showPause()
    }

    /// Takes jobs again after ``pause()``.
    package func resume() {
        guard registration.isPausedBySignal else { return }
        registration.isPausedBySignal = false
        logger.notice("resumed by SIGCONT")
        queues.forget()
        advance()
        showPause()
    }

    /// Follows the key that pauses all workers.
    func notePause(_ isPaused: Bool) { notePause(isPaused, by: configuration.keys.pauseAllWorkers) }
}
