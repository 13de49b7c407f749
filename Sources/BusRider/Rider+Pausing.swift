import BusProtocol
import BusSession
import Logging
import RedisConnection

/// A rider that a signal has paused. The key that pauses all workers is another reason: neither ends the other.
extension Rider {
    /// Takes no more jobs until ``resume()``; those that handlers have begun go on, the others go back to their queues.
    package func pause() {
        guard !registration.isPausedBySignal else { return }
        registration.isPausedBySignal = true
        logger.notice("paused by SIGUSR2; SIGCONT resumes")
        ended.back += board.withdraw().map(\.ticket)
        advance()
        showPause()
    }

    /// Takes jobs again after ``pause()``.
    package func resume() {
        guard registration.isPausedBySignal else { return }
        registration.isPausedBySignal = false
        logger.notice("resumed by SIGCONT")
        wakefulness.forget()
        advance()
        showPause()
    }
}
