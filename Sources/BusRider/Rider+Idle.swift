import BusProtocol
import BusSession
import BusWire
import Logging
package import RedisConnection

/// How a rider without jobs sleeps and is woken.
extension Rider {
    /// Reads what a sleeping rider wants to hear about. From that read on Redis announces changes.
    func doze() {
        guard let session else { return }
        let reads = queues.doze(isPaused: isPausedByKey, isTold: tracking.isAnnounced)
        guard !reads.isEmpty else { return }
        var pipeline = RedisPipeline()
        for read in reads {
            tracking.appendCaching(to: &pipeline)
            read.append(to: &pipeline, bus: configuration.keys)
        }
        ask(session.control, pipeline) { rider, replies in
            // Redis has announced nothing then, and nobody would wake it.
            if let refusal = replies.firstError, refusal.isPassing { return rider.end(.lost(.refusal(refusal))) }
            rider.dozed(stride(from: 1, to: replies.count, by: 2).map { replies[$0] })
        }
    }

    private func dozed(_ answers: [RedisReply]) {
        if isPausedByKey {
            notePause(ResqueFlag.isTrue(answers[0].bytes))
            queues.dozed(isPaused: isPausedByKey)
        } else {
            queues.dozed(
                nonempty: answers[1].integer ?? 0,
                known: configuration.queues.isDynamic ? answers[2].elements.compactMap(\.string) : nil)
        }
        advance()
    }

    /// Looks whether an idle rider has missed anything, where Redis announces nothing: one command.
    func lookWhileAsleep() {
        guard let session, let read = queues.readWhileAsleep(isPaused: isPausedByKey) else { return }
        var pipeline = RedisPipeline()
        read.append(to: &pipeline, bus: configuration.keys)
        ask(session.control, pipeline) { rider, replies in
            let answer = replies[0]
            if rider.isPausedByKey ? !ResqueFlag.isTrue(answer.bytes) : answer.integer != 0 { rider.lookAgain() }
        }
    }

    /// There may be jobs.
    func lookAgain() {
        queues.disturb()
        advance()
    }

    /// Reads which queues there are, as a rider that never sleeps must do from time to time.
    func lookForQueues() {
        guard configuration.queues.isDynamic, let session else { return }
        ask(session.control, Queues.names(bus: configuration.keys)) { rider, replies in
            guard replies[0].errorReply == nil else { return }
            rider.queues.select(among: replies[0].elements.compactMap(\.string))
            rider.lookAgain()
        }
    }

    /// Of what is read after `CLIENT CACHING YES`.
    package var trackingOptions: [String] { ["OPTIN"] }

    package func heard(_ channel: String, _ payload: RedisReply) { lookAgain() }
}
