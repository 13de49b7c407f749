import BusProtocol
import BusSession
import BusWire
import Logging
import RedisConnection

/// Jobs that are too large to be loaded: they are moved inside Redis, never read.
extension Rider {
    /// Moves the head of a queue to a list of its own, which an entry of `failed` names.
    func setAside(from queue: String) {
        guard let session, let commands, let keys else { return }
        let sequence = claimer.beginSettingAside()
        let list = configuration.keys.oversized(keys.id, sequence)
        let note =
            "a job of more than \(BatchLimits.mostElementBytes >> 20) MiB; its bytes are the only element of \(list)"
        let entry = FailureEntry(
            failedAt: configuration.now(), exception: "BusDriver::Oversized", message: note,
            worker: slots.showcase.worker(1), queue: queue)
        let text = Array(note.utf8).withUnsafeBytes { String(decoding: entry.encoded(for: $0), as: UTF8.self) }
        var pipeline = RedisPipeline()
        commands.appendSetAside(sequence, from: queue, entry: text, copying: claimer.copying, to: &pipeline)
        ask(session.work, pipeline) { $0.setAside(SetAsideAnswer($1), from: queue) }
    }

    private func setAside(_ answer: SetAsideAnswer, from queue: String) {
        claimer.finish()
        switch answer {
        case .moved(let waiting):
            claimer.tookAside()
            settler.countSetAside()
            complaints.report(
                "oversized jobs are set aside; their entries in failed tell where", ["queue": "\(queue)"])
            if waiting > 0 { tellOfWaitingFailures() }
        case .declined: break
        case .refused(let refusal) where refusal.kind == .noScript: registration.forgetDigests()
        case .refused(let refusal): return end(.lost(.refusal(refusal)))
        }
        advance()
    }
}
