import BusProtocol
import BusWire
import Testing

@testable import BusRider

@Suite(.timeLimit(.minutes(1))) struct SettlerTests {
    private let settler = Settler(keys: BusKeys())
    private let start = ContinuousClock.now
    private static let failure = JobFailure(exception: "Failure", message: "failed")

    private func retried(_ name: String = "Mailer") -> JobFailure {
        var failure = Self.failure
        failure.retry = JobFailure.Retry(
            policy: .delays([.seconds(60)]), key: RetryKey(className: name, arguments: ""), queue: "jobs",
            element: [], delayedElement: [])
        return failure
    }

    private func job(
        _ batch: Int, _ place: Int, _ outcome: JobReport.Outcome = .done, key: RetryKey? = nil
    ) -> FinishedJob {
        let assignment = Assignment(
            ticket: JobTicket(batch: batch, place: place), job: ReservedJob(element: [], queue: "jobs"))
        return FinishedJob(assignment: assignment, report: JobReport(outcome, retryKey: key), slot: 1)
    }

    /// These jobs have ended. What is not tried again is judged.
    private func end(_ jobs: FinishedJob..., givesBack: Bool = false) {
        for job in settler.take(jobs, givesBack: givesBack, at: start) { judge(job) }
    }

    private func judge(_ job: FinishedJob, counter: String? = nil) {
        let disposition = Disposition(job.report, of: job.assignment.job, counter: counter, now: 1000, worker: "worker")
        settler.judged(job, disposition, at: start)
    }

    private func next(isClaiming: Bool = false, isHurried: Bool = true, after time: Duration = .zero) -> Settlement? {
        settler.next(isClaiming: isClaiming, isHurried: isHurried, at: start + time)
    }

    private func texts(_ batches: [Settlement.Batch]?) -> [String]? {
        batches?.map { "\($0.sequence) of \($0.queue), \($0.count): done \($0.done), back \($0.back)" }
    }

    private func settleWhole() -> Settler.Outcome? { settler.settled(staying: [], []) }

    // MARK: - What a settlement contains

    @Test func itTakesEachJobByItsPlaceInTheListAsItIsNow() {
        settler.reserve(1, from: "jobs", count: 4)
        settler.reserve(2, from: "mail", count: 1)
        end(job(1, 0), job(1, 2))
        let first = next()
        #expect(texts(first?.batches) == ["1 of jobs, 4: done [0, 2], back []"])
        #expect(first?.processed == 2 && first?.failed == 0)
        #expect(settleWhole()?.isWhole == true)
        end(job(2, 0), job(1, 3, .failed(Self.failure)))
        settler.giveBack([job(1, 1).assignment], at: start)
        let second = next()
        #expect(texts(second?.batches) == ["2 of mail, 1: done [0], back []", "1 of jobs, 2: done [], back [0]"])
        #expect(second?.failures.map(\.batch) == [1] && second?.failures.map(\.place) == [1])
        #expect(second?.processed == 2 && second?.failed == 1)
        #expect(settler.jobCount == 0 && !settler.isAtRest)
        _ = settleWhole()
        #expect(settler.isAtRest && settler.batches.isEmpty)
    }

    @Test func countersOfAttemptsEndWithJobsThatSucceed() {
        settler.reserve(1, from: "jobs", count: 2)
        end(job(1, 0, key: RetryKey(className: "Mailer", arguments: "")), job(1, 1))
        #expect(next()?.endedCounters == ["resque:resque-retry:Mailer"])
    }

    @Test func aJobThatFailedForGoodGoesToFailed() {
        settler.reserve(1, from: "jobs", count: 1)
        end(job(1, 0, .failed(Self.failure)))
        let settlement = next()
        #expect(settlement?.movesFailures == true)
        #expect(settlement?.failures[0].consequence.writes.map(\.key) == [BusKeys().waitingFailures])
    }

    @Test func atMost512JobsAreSettledInOneStepOfThem128ThatFailed() {
        settler.reserve(1, from: "jobs", count: 1200)
        for place in 0..<600 { end(job(1, place)) }
        for place in 600..<1200 { end(job(1, place, .failed(Self.failure))) }
        let first = next()
        #expect(first?.batches[0].done.count == 512 && first?.failures.count == 128)
        _ = settleWhole()
        let second = next()
        #expect(second?.batches[0].done.count == 88 && second?.failures.count == 128)
    }

    /// An entry of `failed` holds the job: one that is too large for a settlement by itself goes alone.
    @Test func failuresAreSettledAsFarAsOneCommandMayCarryThem() {
        settler.reserve(1, from: "jobs", count: 3)
        var large = Self.failure
        large.backtrace = ["x"]
        for place in 0..<3 {
            let assignment = Assignment(
                ticket: JobTicket(batch: 1, place: place),
                job: ReservedJob(
                    element: Array(repeating: UInt8(ascii: "x"), count: BatchLimits.mostCommitBytes), queue: "jobs"))
            end(FinishedJob(assignment: assignment, report: JobReport(.failed(large)), slot: 1))
        }
        #expect(next()?.failures.count == 1)
        _ = settleWhole()
        #expect(next()?.failures.count == 1)
    }

    // MARK: - Numbers, and what is sent again

    /// Redis takes a number once: what ends meanwhile must wait for the next.
    @Test func oneSettlementIsOutstandingUntilItIsAnswered() {
        settler.reserve(1, from: "jobs", count: 2)
        end(job(1, 0))
        #expect(next()?.number == 1)
        end(job(1, 1))
        #expect(next() == nil)
        #expect(settler.unsettledCount == 2)
        _ = settleWhole()
        #expect(settler.unanswered == nil)
        let second = next()
        #expect(second?.number == 2)
        #expect(texts(second?.batches) == ["1 of jobs, 1: done [0], back []"])
    }

    /// Its answer was lost: what Redis may have done must not be asked under another number, nor with other jobs.
    @Test func whatIsUnansweredIsSentAgainAsItWas() {
        settler.reserve(1, from: "jobs", count: 2)
        end(job(1, 0))
        let sent = next()
        end(job(1, 1))
        settler.beginSession(at: start)
        let again = settler.unanswered
        #expect(again?.number == sent?.number)
        #expect(texts(again?.batches) == texts(sent?.batches))
        #expect(again?.processed == 1)
    }

    @Test func anAnswerThatNobodyWaitsForChangesNothing() {
        #expect(settleWhole() == nil)
        #expect(settler.statistics == RiderStatistics())
    }

    // MARK: - When

    @Test func endedJobsWaitForCompanyWhileOthersAreInHand() {
        settler.reserve(1, from: "jobs", count: 2)
        end(job(1, 0))
        #expect(next(isHurried: false, after: .microseconds(1999)) == nil)
        #expect(next(isHurried: false, after: .milliseconds(2)) != nil)
    }

    @Test func theyWaitForNoneWhenAllHaveEnded() {
        settler.reserve(1, from: "jobs", count: 2)
        end(job(1, 0), job(1, 1))
        #expect(next(isHurried: false) != nil)
    }

    @Test func theyWaitForNoneWhenThereAreMany() {
        settler.reserve(1, from: "jobs", count: 1000)
        for place in 0..<127 { end(job(1, place)) }
        #expect(next(isHurried: false) == nil)
        end(job(1, 127))
        #expect(next(isHurried: false) != nil)
    }

    @Test func nothingIsSettledWithoutNeed() {
        settler.reserve(1, from: "jobs", count: 1)
        #expect(next() == nil)
    }

    // MARK: - Jobs that go back

    /// What a claim under way brings comes later in its queue. Given back afterwards it would stand before what went
    /// back first.
    @Test func nothingGoesBackWhileAClaimIsUnderWay() {
        settler.reserve(1, from: "jobs", count: 2)
        settler.giveBack([job(1, 1).assignment], at: start)
        #expect(next(isClaiming: true) == nil)
        #expect(texts(next(isClaiming: false)?.batches) == ["1 of jobs, 2: done [], back [1]"])
    }

    /// Whoever else cancels a handler has it fail.
    @Test func aCancelledJobGoesBackOnlyWhenTheRiderEnds() {
        settler.reserve(1, from: "jobs", count: 2)
        end(job(1, 0, .cancelled(Self.failure)))
        end(job(1, 1, .cancelled(Self.failure)), givesBack: true)
        let settlement = next()
        #expect(settlement?.failures.map(\.place) == [0])
        #expect(texts(settlement?.batches) == ["1 of jobs, 2: done [], back [1]"])
        #expect(settlement?.processed == 1)
    }

    @Test func jobsThatGoBackAreCountedSinceTheStop() {
        settler.reserve(1, from: "jobs", count: 3)
        settler.giveBack([job(1, 2).assignment], at: start)
        _ = next()
        _ = settleWhole()
        settler.beginToStop()
        #expect(settler.givenBackByStop == 0)
        settler.giveBack([job(1, 1).assignment], at: start)
        _ = next()
        _ = settleWhole()
        settler.countGivenBack(1)
        #expect(settler.givenBackByStop == 2 && settler.statistics.givenBack == 3)
    }

    // MARK: - Jobs that failed

    @Test func aJobThatMayBeTriedAgainIsSettledWhenItsCounterWasRead() {
        settler.reserve(1, from: "jobs", count: 2)
        end(job(1, 0, .failed(retried())), job(1, 1, .failed(retried())))
        #expect(next() == nil)
        #expect(settler.beginLookup().count == 2)
        #expect(settler.beginLookup().isEmpty, "one read at a time")
        for job in settler.lookedUp(2) { judge(job, counter: "0") }
        #expect(settler.beginLookup().isEmpty)
        let settlement = next()
        #expect(settlement?.failures.count == 2)
        let outcome = settleWhole()
        #expect(outcome?.hasFilledQueues == true)
        #expect(settler.statistics.failed == 2)
    }

    @Test func countersThatWereNotReadAreAskedForInTheNextSession() {
        settler.reserve(1, from: "jobs", count: 1)
        end(job(1, 0, .failed(retried())))
        _ = settler.beginLookup()
        settler.beginSession(at: start)
        #expect(settler.beginLookup().count == 1)
    }

    @Test func aJobWhoseCounterIsBeingReadDelaysNobody() {
        settler.reserve(1, from: "jobs", count: 2)
        end(job(1, 0, .failed(retried())), job(1, 1))
        #expect(next(isHurried: false)?.processed == 1)
    }

    // MARK: - Jobs that stay

    /// `failed` is no list: its job remains reserved, and is tried again when the rider says so.
    @Test func aFailureThatCannotBeStoredStaysReserved() {
        settler.reserve(1, from: "jobs", count: 2)
        end(job(1, 0, .failed(Self.failure)), job(1, 1))
        _ = next()
        let outcome = settler.settled(staying: [0], [])
        #expect(outcome?.staying.count == 1 && outcome?.isWhole == false)
        #expect(settler.jobCount == 1 && !settler.isAtRest)
        #expect(settler.statistics.processed == 1 && settler.statistics.failed == 0)
        #expect(next() == nil, "not at once")
        settler.tryStayingAgain(at: start)
        let again = next()
        #expect(again?.number == 2)
        #expect(again?.batches.map(\.count) == [1] && again?.failures.map(\.place) == [0])
        _ = settleWhole()
        #expect(settler.isAtRest && settler.statistics.failed == 1)
    }

    @Test func jobsThatCannotGoBackStayReserved() {
        settler.reserve(1, from: "jobs", count: 1)
        settler.reserve(2, from: "mail", count: 1)
        settler.giveBack([job(1, 0).assignment, job(2, 0).assignment], at: start)
        #expect(next()?.batches.map(\.queue) == ["mail", "jobs"])
        let outcome = settler.settled(staying: [], [1])
        #expect(outcome?.stuckQueues == ["jobs"] && outcome?.isWhole == false)
        #expect(settler.batches == [1: "jobs"] && settler.statistics.givenBack == 1)
        settler.beginSession(at: start)
        #expect(texts(next()?.batches) == ["1 of jobs, 1: done [], back [0]"])
    }

    // MARK: - A lost id

    /// Its jobs are somebody else's: a settlement of them under the next id would name lists that this one has not.
    @Test func nothingOfALostIDIsSettled() {
        settler.reserve(3, from: "jobs", count: 4)
        end(job(3, 0))
        _ = next()
        end(job(3, 1), job(3, 2, .failed(retried())))
        settler.giveBack([job(3, 3).assignment], at: start)
        settler.forget()
        #expect(settler.unanswered == nil && settler.isAtRest && settler.unsettledCount == 0)
        #expect(settler.beginLookup().isEmpty)
        #expect(next() == nil)
        settler.reserve(1, from: "jobs", count: 1)
        end(job(1, 0))
        let first = next()
        #expect(first?.number == 1)
        #expect(texts(first?.batches) == ["1 of jobs, 1: done [0], back []"])
    }

    /// If only its record is gone, they are still in their lists, which nobody else can name.
    @Test func theBatchesOfALostIDAreRememberedUntilTheyAreBack() {
        settler.reserve(7, from: "jobs", count: 1)
        settler.reserve(9, from: "mail", count: 1)
        end(job(7, 0))
        _ = next()
        var recoveries = Recoveries()
        recoveries.lose("host:1:f", holding: settler.batches)
        settler.forget()
        #expect(recoveries.lost?.id == "host:1:f")
        #expect(recoveries.lost?.batches == [7: "jobs", 9: "mail"], "one is being settled, perhaps in vain")
        recoveries.recoveredLost()
        #expect(recoveries.lost == nil && recoveries.losses == 1)
    }

    // MARK: - Entries of failed

    @Test func thereMayBeEntriesOfOthersAtTheStart() {
        #expect(settler.mayHaveWaitingFailures)
        settler.beginMovingFailures()
        #expect(!settler.mayHaveWaitingFailures)
        settler.expectWaitingFailures()
        #expect(settler.mayHaveWaitingFailures)
    }
}
