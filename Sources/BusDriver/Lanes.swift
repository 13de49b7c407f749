/// The two lanes: what each has in hand, and what comes next. ``BatchSequencer`` decides the order, ``ClaimSize`` how
/// much the next claim asks for. Confined to the driver.
final class Lanes {
    let all: [Lane]
    private var sequencer = BatchSequencer(low: 1)
    private var claimSize = ClaimSize()
    /// The most events of a batch that are allowed.
    private let mostPerBatch: Int

    init(_ lanes: [Lane], mostPerBatch: Int) {
        all = lanes
        self.mostPerBatch = mostPerBatch
    }

    subscript(number: Int) -> Lane { all[number] }

    /// The lowest batch that is not known to be committed.
    var low: Int { sequencer.low }
    /// How many events the next claim asks for.
    var mostPerClaim: Int { claimSize.most }
    /// The batches in flight, and those whose claim or commit is unanswered: Redis may have executed it.
    var perhapsInFlight: [Int] { sequencer.perhapsInFlight }

    /// An incarnation begins, which has claimed nothing yet.
    func beginIncarnation() { sequencer = BatchSequencer(low: 1) }

    /// A session begins: nothing is in hand, and what was is claimed again.
    func beginSession() {
        sequencer = BatchSequencer(low: sequencer.low)
        for lane in all { lane.drop() }
    }

    /// The next thing to do, or nil when an answer must come first. Call it until it says nil, `wait` or `rest`.
    ///
    /// - Parameter claims: whether new events are wanted.
    func next(claims: Bool) -> BatchSequencer.Action? { sequencer.next(claims: claims) }

    /// There may be events to claim.
    func expectMore() { sequencer.expectMore() }

    // MARK: - What was answered

    /// A claim was answered.
    ///
    /// - Parameters:
    ///   - held: events that were read behind the WATCH.
    ///   - left: events that were left in the list.
    ///   - isSuspect: the only event of the batch is suspected of killing drivers.
    func claimed(_ lane: Int, held: Int, left: Int, isSuspect: Bool) {
        sequencer.claimed(lane: lane, held: held, more: left > 0, suspect: isSuspect)
        if left > 0 { claimSize.moreIsThere() }
    }

    /// A replayed claim was answered.
    func replayed(_ lane: Int, held: Int, isSuspect: Bool) -> BatchSequencer.Failure? {
        sequencer.replayed(lane: lane, held: held, suspect: isSuspect)
    }

    /// A claim was answered: what comes next cannot be in hand beside another batch.
    func postponed(_ lane: Int) { sequencer.postponed(lane: lane) }

    /// The claim of the lowest batch found something to do before anything can be claimed.
    func interrupted(_ lane: Int) { sequencer.interrupted(lane: lane) }

    /// What made the lane busy is done, or given up before it was sent.
    ///
    /// - Parameter usesNumber: it was done in place of the lowest batch.
    func finished(_ lane: Int, more: Bool, usesNumber: Bool = false) {
        sequencer.finished(lane: lane, more: more, usesNumber: usesNumber)
    }

    /// The commit of a batch is written, and the subscriptions that it rests on are fresh.
    func ready(_ lane: Lane) {
        claimSize.wrote(bytes: lane.draft.bytes, events: lane.draft.events, limit: mostPerBatch)
        sequencer.ready(lane: lane.number)
    }

    /// The commit of a batch took effect.
    func committed(_ lane: Lane) {
        lane.drop()
        sequencer.committed(lane: lane.number)
    }

    /// The doorbell rang: there is an event.
    ///
    /// - Parameter claims: whether new events are wanted.
    /// - Returns: whether it may be handed over by compare-and-set, on the first lane.
    func rang(claims: Bool) -> Bool { sequencer.rang(claims: claims) }
}
