import BusStore
import BusWire
import RedisConnection

/// Events that are too large to be loaded: they are moved inside Redis, never read (protocol.md §2.5).
extension Driver {
    /// Moves the head of the list to a list of its own, which an entry of `failed` names.
    func setAside(_ lane: Int) {
        guard let session, let commands, let keys else { return }
        let list = configuration.keys.own("oversized:\(keys.id):\(configuration.uuid())")
        let note =
            "an event of more than \(DriverCommands.mostEventBytes >> 20) MiB; its bytes are the only element of \(list)"
        let entry = draftContext.entry(
            Poison(exception: "BusDriver::Oversized", message: note), queue: configuration.queue)
        let text = Array(note.utf8).withUnsafeBytes { String(decoding: entry.encoded(for: $0), as: UTF8.self) }
        var pipeline = RedisPipeline()
        commands.appendSetAside(to: list, entry: text, copying: copying, to: &pipeline)
        ask(session.lanes[lane], pipeline) { $0.setAside(lane, $1[0]) }
    }

    private func setAside(_ lane: Int, _ answer: RedisReply) {
        if let refusal = answer.errorReply { return end(.lost(.refusal(refusal))) }
        if answer.string == "OK" {
            statistics.events += 1
            statistics.failed += 1
            complaints.report("oversized events are set aside; their entries in failed tell where")
        }
        sequencer.finished(lane: lane, more: true)
        advance()
    }
}
