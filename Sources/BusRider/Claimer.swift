import BusProtocol

/// Which batch a rider claims next, whether now, and how many jobs it asks for (protocol §4.2). Knows neither Redis nor
/// a clock. Confined to the rider.
final class Claimer {
    /// What one claim asks for.
    struct Request: Equatable {
        let sequence: Int
        let most: Int
        /// Nothing else is in hand, or only what is no longer waited for.
        let isAlone: Bool
    }

    /// A batch that was claimed.
    struct Batch: Equatable {
        let sequence: Int
        /// Its only job was in hand at so many crashes that it is not run again.
        let isCrashLoop: Bool
    }

    /// Jobs claimed ahead that no slot has taken for so long go back, for riders with free slots.
    private static let handBackTime = Duration.milliseconds(100)

    /// With more than this in hand nothing is claimed: jobs that cannot be settled must not pile up.
    private let mostInHand: Int
    /// The number of the last batch.
    private var claimed = 0
    /// Redis is asked for a batch, or to set one job aside.
    private(set) var isUnderWay = false
    private var prefetch = Prefetch()
    private var solitude = Solitude()
    /// How Redis copies what it reserves.
    private(set) var copying = Copying.sort
    /// Redis has answered a claim as it should.
    private(set) var hasClaimed = false
    /// Batches claimed since the rider started.
    private(set) var claims = 0

    /// - Parameter slots: how many jobs run at once.
    init(slots: Int) { mostInHand = slots + 2 * Prefetch.most }

    /// It was found out how Redis copies here.
    func use(_ copying: Copying) { self.copying = copying }

    /// The number of what is under way; Redis may have reserved jobs under it.
    var sequenceUnderWay: Int? { isUnderWay ? claimed + 1 : nil }

    // MARK: - Asking

    /// The slots are to tell when fewer jobs than this wait.
    var refillMark: Int { prefetch.depth / 2 }

    /// The next claim, if one is due; then it is under way.
    ///
    /// - Parameters:
    ///   - inHand: how many jobs are reserved.
    ///   - now: read only when a job may have to run alone.
    func next(
        _ progress: JobBoard.Progress, inHand: Int, at now: @autoclosure () -> ContinuousClock.Instant
    ) -> Request? {
        guard !isUnderWay, inHand <= mostInHand else { return nil }
        let wanted = min(Prefetch.most, progress.idle + prefetch.depth - progress.waiting)
        // A full claim is cheaper than many small ones; a slot that waits is worth one at once.
        guard wanted > 0, progress.idle > progress.waiting || wanted > refillMark else { return nil }
        let claim = solitude.claim(handsAreEmpty: inHand == 0, at: now())
        guard claim.isAllowed else { return nil }
        isUnderWay = true
        return Request(sequence: claimed + 1, most: wanted, isAlone: claim.isAlone)
    }

    /// A job is to be set aside by itself.
    ///
    /// - Returns: the number that this uses up.
    func beginSettingAside() -> Int {
        isUnderWay = true
        return claimed + 1
    }

    // MARK: - Answers

    /// Nothing is under way any more: it was answered, or its session is over.
    func finish() { isUnderWay = false }

    /// What Redis said to a claim; of a batch, that its jobs were read as well.
    func note(_ answer: JobClaimAnswer, at now: ContinuousClock.Instant) {
        switch answer {
        case .refused, .fenced, .gap, .unbelieved: return
        case .alone: solitude.want(at: now)
        case .claimed, .replay, .empty, .paused, .oversized: break
        }
        hasClaimed = true
    }

    /// A batch is in hand.
    ///
    /// - Parameters:
    ///   - jobs: how many are in its list.
    ///   - recoveries: of one that must run alone, how often it was in hand when a rider died.
    func take(jobs: Int, recoveries: Int?) -> Batch {
        claimed += 1
        claims += 1
        guard jobs > 0, let recoveries else { return Batch(sequence: claimed, isCrashLoop: false) }
        let isCrashLoop = recoveries >= Solitude.mostRecoveries
        if !isCrashLoop { solitude.begin(batch: claimed) }
        return Batch(sequence: claimed, isCrashLoop: isCrashLoop)
    }

    /// A job was set aside.
    func tookAside() { claimed += 1 }

    /// A settlement is made.
    func settled(isReserved: (_ batch: Int) -> Bool) { solitude.settled(isReserved: isReserved) }

    /// The next batch is the first one of another id.
    func forget() {
        claimed = 0
        solitude = Solitude()
    }

    // MARK: - Claiming ahead

    /// So many jobs were finished in this time.
    func worked(off jobs: Int, within time: Duration) { prefetch.finished(jobs, within: time) }

    /// Whether what was claimed ahead is to go back; then nothing is claimed ahead until the slots are quicker.
    func isStalled(_ progress: JobBoard.Progress) -> Bool {
        guard progress.waiting > progress.idle, progress.stall >= Self.handBackTime else { return false }
        prefetch.stalled()
        return true
    }
}
