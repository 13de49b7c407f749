import Testing

@testable import BusDriver

/// The order of claims and commits, without any connection.
@Suite(.timeLimit(.minutes(1))) struct BatchSequencerTests {
    private func expectNext(
        _ sequencer: inout BatchSequencer, _ expected: BatchSequencer.Action?, _ comment: Comment? = nil,
        claims: Bool = true, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let action = sequencer.next(claims: claims)
        #expect(action == expected, comment, sourceLocation: sourceLocation)
    }

    /// Claims one full batch on the first lane and one on the second.
    private func twoInHand() -> BatchSequencer {
        var sequencer = BatchSequencer(low: 1)
        expectNext(&sequencer, .claim(lane: 0, sequence: 1))
        expectNext(&sequencer, nil, "one claim unanswered at most")
        sequencer.claimed(lane: 0, held: 16, more: true, suspect: false)
        expectNext(&sequencer, .claim(lane: 1, sequence: 2))
        sequencer.claimed(lane: 1, held: 16, more: true, suspect: false)
        expectNext(&sequencer, nil)
        return sequencer
    }

    @Test func commitsFollowTheOrderOfClaims() {
        var sequencer = twoInHand()
        sequencer.ready(lane: 1)
        expectNext(&sequencer, nil, "batch 2 waits for batch 1")
        sequencer.ready(lane: 0)
        expectNext(&sequencer, .commit(lane: 0, sequence: 1, next: 3))
        expectNext(&sequencer, nil, "one EXEC unanswered at most")
        sequencer.committed(lane: 0)
        expectNext(&sequencer, .commit(lane: 1, sequence: 2, next: nil), "the claim of 3 is unanswered")
        sequencer.claimed(lane: 0, held: 16, more: true, suspect: false)
        expectNext(&sequencer, nil)
        sequencer.committed(lane: 1)
        #expect(sequencer.low == 3)
        expectNext(&sequencer, .claim(lane: 1, sequence: 4))
    }

    @Test func aPartialBatchIsFollowedByAClaimInTheSameWrite() {
        var sequencer = BatchSequencer(low: 1)
        _ = sequencer.next(claims: true)
        sequencer.claimed(lane: 0, held: 3, more: false, suspect: false)
        expectNext(&sequencer, nil, "no claim ahead when the list was emptied")
        sequencer.ready(lane: 0)
        expectNext(&sequencer, .commit(lane: 0, sequence: 1, next: 2))
        sequencer.committed(lane: 0)
        sequencer.claimed(lane: 0, held: 0, more: false, suspect: false)
        expectNext(&sequencer, .wait)
    }

    @Test func aSuspectTravelsAlone() {
        var sequencer = BatchSequencer(low: 1)
        _ = sequencer.next(claims: true)
        sequencer.claimed(lane: 0, held: 1, more: true, suspect: true)
        expectNext(&sequencer, nil, "nothing may be in flight beside a suspect")
        sequencer.ready(lane: 0)
        expectNext(&sequencer, .commit(lane: 0, sequence: 1, next: 2), "behind its EXEC the next may come")
    }

    @Test func aSuspectThatIsReplayedTravelsAlone() {
        var sequencer = BatchSequencer(low: 1)
        _ = sequencer.next(claims: true)
        do {
            let failure = sequencer.replayed(lane: 0, held: 1, suspect: true)
            #expect(failure == nil)
        }
        expectNext(&sequencer, nil, "nothing may be in flight beside a suspect")
        sequencer.ready(lane: 0)
        expectNext(&sequencer, .commit(lane: 0, sequence: 1, next: 2))
    }

    @Test func aSuspectThatComesBesideABatchWaitsForItsCommit() {
        var sequencer = BatchSequencer(low: 1)
        _ = sequencer.next(claims: true)
        sequencer.claimed(lane: 0, held: 16, more: true, suspect: false)
        expectNext(&sequencer, .claim(lane: 1, sequence: 2))
        sequencer.postponed(lane: 1)
        expectNext(&sequencer, nil)
        sequencer.ready(lane: 0)
        expectNext(&sequencer, .commit(lane: 0, sequence: 1, next: 2))
        sequencer.committed(lane: 0)
        sequencer.claimed(lane: 0, held: 1, more: true, suspect: true)
        expectNext(&sequencer, nil)
    }

    /// The batch beside it was committed before that was said.
    @Test func aSuspectThatNeedNotWaitAnyMoreIsClaimed() {
        var sequencer = BatchSequencer(low: 1)
        _ = sequencer.next(claims: true)
        sequencer.claimed(lane: 0, held: 16, more: true, suspect: false)
        expectNext(&sequencer, .claim(lane: 1, sequence: 2))
        sequencer.ready(lane: 0)
        expectNext(&sequencer, .commit(lane: 0, sequence: 1, next: nil))
        sequencer.committed(lane: 0)
        sequencer.postponed(lane: 1)
        expectNext(&sequencer, .claim(lane: 0, sequence: 2))
    }

    @Test func whatIsSetAsideUsesUpTheNumberOfItsBatch() {
        var sequencer = BatchSequencer(low: 5)
        _ = sequencer.next(claims: true)
        sequencer.interrupted(lane: 0)
        expectNext(&sequencer, nil, "nothing is claimed meanwhile")
        sequencer.finished(lane: 0, more: true, usesNumber: true)
        #expect(sequencer.low == 6)
        expectNext(&sequencer, .claim(lane: 0, sequence: 6))
    }

    @Test func aReplayedBatchOfWhichNothingIsLeftIsDone() {
        var sequencer = BatchSequencer(low: 7)
        expectNext(&sequencer, .claim(lane: 0, sequence: 7))
        do {
            let failure = sequencer.replayed(lane: 0, held: 0, suspect: false)
            #expect(failure == nil)
        }
        #expect(sequencer.low == 8)
        expectNext(&sequencer, .claim(lane: 0, sequence: 8))
        do {
            let failure = sequencer.replayed(lane: 0, held: 5, suspect: false)
            #expect(failure == nil)
        }
        #expect(sequencer.inFlight == [8])
    }

    @Test func aLaterBatchThatIsGoneMeansStartingAfresh() {
        var sequencer = BatchSequencer(low: 1)
        _ = sequencer.next(claims: true)
        do {
            let failure = sequencer.replayed(lane: 0, held: 5, suspect: false)
            #expect(failure == nil)
        }
        expectNext(&sequencer, .claim(lane: 1, sequence: 2))
        do {
            let failure = sequencer.replayed(lane: 1, held: 0, suspect: false)
            #expect(failure == .reset)
        }
    }

    @Test func stoppingCommitsWhatIsInHandAndClaimsNothing() {
        var sequencer = twoInHand()
        sequencer.ready(lane: 0)
        sequencer.ready(lane: 1)
        expectNext(&sequencer, .commit(lane: 0, sequence: 1, next: nil), claims: false)
        sequencer.committed(lane: 0)
        expectNext(&sequencer, .commit(lane: 1, sequence: 2, next: nil), claims: false)
        sequencer.committed(lane: 1)
        expectNext(&sequencer, .rest, claims: false)
    }

    @Test func theDoorbellLeadsToASwapOnlyWhenNothingIsInHand() {
        var sequencer = BatchSequencer(low: 1)
        _ = sequencer.next(claims: true)
        let rang = sequencer.rang(claims: true)
        #expect(!rang)
        sequencer.claimed(lane: 0, held: 0, more: false, suspect: false)
        expectNext(&sequencer, .wait)
        let rangAgain = sequencer.rang(claims: true)
        #expect(rangAgain)
        expectNext(&sequencer, nil)
        sequencer.finished(lane: 0, more: true)
        expectNext(&sequencer, .claim(lane: 0, sequence: 1))
    }
}
