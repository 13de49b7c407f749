import BusProtocol
import BusSession
import BusWire
import RedisConnection

/// Events that are too large to be loaded: they are moved inside Redis, never read (protocol §2.5).
extension Driver {
    /// Moves the head of the list to a list of its own, which an entry of `failed` names.
    func setAside(_ lane: Int, _ sequence: Int) {
        guard let session, let commands, let keys else { return }
        let list = configuration.keys.oversized(keys.id, sequence)
        let note =
            "an event of more than \(BatchLimits.mostElementBytes >> 20) MiB; its bytes are the only element of \(list)"
        let entry = draftContext.entry(
            Poison(exception: "BusDriver::Oversized", message: note), queue: configuration.queue)
        let text = Array(note.utf8).withUnsafeBytes { String(decoding: entry.encoded(for: $0), as: UTF8.self) }
        var pipeline = RedisPipeline()
        commands.appendSetAside(sequence, entry: text, copying: copying, to: &pipeline)
        ask(session.lanes[lane], pipeline) { $0.setAside(lane, SetAsideAnswer($1)) }
    }

    private func setAside(_ lane: Int, _ answer: SetAsideAnswer) {
        switch answer {
        case .moved(let waiting):
            tally.setAside()
            complaints.report("oversized events are set aside; their entries in failed tell where")
            tellOfWaitingFailures(waiting)
            lanes.finished(lane, more: true, usesNumber: true)
        case .declined:
            lanes.finished(lane, more: true)
        case .refused(let refusal) where refusal.kind == .noScript:
            registration.forgetDigests()
            lanes.finished(lane, more: true)
        case .refused(let refusal):
            return end(.lost(.refusal(refusal)))
        }
        advance()
    }
}
