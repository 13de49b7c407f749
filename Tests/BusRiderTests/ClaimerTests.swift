import BusProtocol
import RedisConnection
import Testing

@testable import BusRider

@Suite(.timeLimit(.minutes(1))) struct ClaimerTests {
    private let claimer = Claimer(slots: 4)
    private let start = ContinuousClock.now

    private func slots(idle: Int, waiting: Int = 0, stall: Duration = .zero) -> JobBoard.Progress {
        JobBoard.Progress(finished: [], waiting: waiting, stall: stall, idle: idle)
    }

    private func next(
        idle: Int = 4, waiting: Int = 0, inHand: Int = 0, after time: Duration = .zero
    ) -> Claimer.Request? {
        claimer.next(slots(idle: idle, waiting: waiting), inHand: inHand, at: start + time)
    }

    /// Claims a batch of one job, which is in hand then.
    @discardableResult
    private func claim(recoveries: Int? = nil) -> Claimer.Batch {
        _ = next()
        claimer.finish()
        claimer.note(.claimed(queue: "jobs", left: 0, recoveries: recoveries), at: start)
        return claimer.take(jobs: 1, recoveries: recoveries)
    }

    /// Handlers are so quick that many jobs are claimed ahead.
    private func beQuick() { claimer.worked(off: 10_000, within: .milliseconds(20)) }

    // MARK: - How many, and when

    @Test func asksForAsManyAsSlotsAreFree() {
        #expect(next(idle: 3) == Claimer.Request(sequence: 1, most: 3, isAlone: true))
    }

    @Test func asksForNothingWhileNoSlotIsFree() {
        #expect(next(idle: 0) == nil)
        #expect(next(idle: 2, waiting: 2) == nil)
    }

    @Test func asksAheadForWhatQuickHandlersWorkOff() {
        beQuick()
        #expect(next(idle: 0, inHand: 4)?.most == Prefetch.most)
    }

    /// Many small claims would cost more, unless a slot waits.
    @Test func asksAheadOnlyWhenHalfOfItIsWorkedOff() {
        beQuick()
        #expect(next(idle: 0, waiting: Prefetch.most / 2, inHand: 4) == nil)
        #expect(next(idle: 0, waiting: Prefetch.most / 2 - 1, inHand: 4)?.most == Prefetch.most / 2 + 1)
    }

    @Test func asksForNothingWhileAClaimIsUnderWay() {
        _ = next(idle: 1)
        #expect(next(idle: 4) == nil)
        claimer.finish()
        #expect(next(idle: 4) != nil)
    }

    /// Redis takes no settlement, as while its memory is full: jobs must not pile up in the rider.
    @Test func asksForNothingWhileTooManyAreInHand() {
        let most = 4 + 2 * Prefetch.most
        #expect(next(inHand: most + 1) == nil)
        #expect(next(inHand: most) != nil)
    }

    @Test func whatNoSlotTakesInTimeGoesBackAndNothingMoreIsClaimedAhead() {
        beQuick()
        #expect(!claimer.isStalled(slots(idle: 0, waiting: 9, stall: .milliseconds(99))))
        #expect(!claimer.isStalled(slots(idle: 9, waiting: 9, stall: .milliseconds(100))))
        #expect(claimer.refillMark > 0)
        #expect(claimer.isStalled(slots(idle: 0, waiting: 9, stall: .milliseconds(100))))
        #expect(claimer.refillMark == 0)
        #expect(next(idle: 0, inHand: 4) == nil)
    }

    // MARK: - Numbers

    @Test func batchesAreNumbered() {
        #expect([claim(), claim()].map(\.sequence) == [1, 2])
        #expect(next()?.sequence == 3)
        #expect(claimer.claims == 2)
    }

    /// The answer was lost with its session. Redis may have reserved jobs: it is asked under the same number, and
    /// replays what it did.
    @Test func aClaimWithoutAnAnswerIsAskedAgainUnderItsNumber() {
        claim()
        #expect(next()?.sequence == 2)
        #expect(claimer.sequenceUnderWay == 2)
        claimer.finish()
        #expect(claimer.sequenceUnderWay == nil)
        #expect(next()?.sequence == 2)
    }

    @Test func anAnswerWithoutJobsUsesNoNumberUp() {
        for answer in [JobClaimAnswer.empty(unusable: []), .paused, .refused(RedisErrorReply(message: "OOM"))] {
            _ = next()
            claimer.finish()
            claimer.note(answer, at: start)
        }
        #expect(next()?.sequence == 1)
    }

    @Test func aJobThatIsSetAsideUsesTheNumberOfItsClaimUp() {
        _ = next()
        claimer.finish()
        #expect(claimer.beginSettingAside() == 1)
        #expect(next() == nil)
        claimer.finish()
        claimer.tookAside()
        #expect(next()?.sequence == 2)
        #expect(claimer.claims == 0)
    }

    @Test func anotherIDBeginsAnew() {
        claim(recoveries: 1)
        claimer.forget()
        #expect(next() == Claimer.Request(sequence: 1, most: 4, isAlone: true))
    }

    /// Redis did not refuse, so that a drain has begun.
    @Test func tellsWhetherRedisHasAnsweredAsItShould() {
        let refusals = [
            JobClaimAnswer.refused(RedisErrorReply(message: "NOPERM")), .fenced, .gap, .unbelieved(nil),
        ]
        for answer in refusals { claimer.note(answer, at: start) }
        #expect(!claimer.hasClaimed)
        claimer.note(.empty(unusable: []), at: start)
        #expect(claimer.hasClaimed)
    }

    // MARK: - Jobs that are suspected

    /// Nobody else is in hand when it runs, and nobody comes until it is settled.
    @Test func aSuspectedJobRunsAlone() {
        claim()
        _ = next(idle: 3, inHand: 1)
        claimer.finish()
        claimer.note(.alone, at: start)
        #expect(next(idle: 3, inHand: 1) == nil, "another job is in hand")
        #expect(next(idle: 4, inHand: 0)?.isAlone == true)
        claimer.finish()
        let batch = claimer.take(jobs: 1, recoveries: 2)
        #expect(batch == Claimer.Batch(sequence: 2, isCrashLoop: false))
        #expect(next(idle: 3, inHand: 1) == nil, "it runs")
        claimer.settled { $0 == 2 }
        #expect(next(idle: 3, inHand: 1) == nil, "another job was settled")
        claimer.settled { _ in false }
        #expect(next(idle: 4) != nil)
    }

    @Test func jobsThatTakeLongAreNotWaitedForByASuspectedOne() {
        claimer.note(.alone, at: start)
        #expect(next(inHand: 1, after: .milliseconds(9999)) == nil)
        #expect(next(inHand: 1, after: .seconds(10))?.isAlone == true)
    }

    @Test func besideOthersNoSuspectedJobIsAskedFor() {
        #expect(next(idle: 3, inHand: 1)?.isAlone == false)
    }

    @Test func atTheThirdRecoveryAJobIsNotRun() {
        #expect(claim(recoveries: Solitude.mostRecoveries) == Claimer.Batch(sequence: 1, isCrashLoop: true))
        #expect(next(idle: 3, inHand: 1) != nil, "nothing runs alone")
    }

    /// It was claimed and settled before its answer was lost: nothing of it is in hand.
    @Test func aReplayOfAnEmptyListHoldsNothingUp() {
        _ = next()
        claimer.finish()
        #expect(claimer.take(jobs: 0, recoveries: 2) == Claimer.Batch(sequence: 1, isCrashLoop: false))
        #expect(next()?.sequence == 2)
    }
}
