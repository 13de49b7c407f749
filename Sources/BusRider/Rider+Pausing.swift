import BusProtocol
import BusSession
import Logging
import RedisConnection

/// A rider that a signal has paused. The key that pauses all workers is another reason: neither ends the other.
extension Rider {
    /// Takes no more jobs until ``resume()``; those that handlers have begun go on, the others go back to their queues.
    public func pause() {
        guard !isPausedBySignal else { return }
        isPausedBySignal = true
        logger.notice("paused by SIGUSR2; SIGCONT resumes")
        ended.back += board.withdraw().map(\.ticket)
        advance()
        showPause()
    }

    /// Takes jobs again after ``pause()``.
    public func resume() {
        guard isPausedBySignal else { return }
        isPausedBySignal = false
        logger.notice("resumed by SIGCONT")
        wakefulness.forget()
        advance()
        showPause()
    }

    /// Shows in the record whether a signal has paused this rider; until Redis has taken it, with each renewal of the lease again.
    func showPause() {
        guard isPauseShown != isPausedBySignal, let session, let commands, isOpen else { return }
        var pipeline = RedisPipeline()
        commands.appendPause(isPausedBySignal, to: &pipeline)
        ask(session.control, pipeline) { [isPausedBySignal] rider, replies in
            if let refusal = replies[0].errorReply {
                rider.complaints.report("others cannot see whether this rider is paused", refusal)
            } else if replies[0].string == "OK" {
                rider.isPauseShown = isPausedBySignal
            }
        }
    }
}
