import Testing

@testable import BusDriver

/// When a batch may rest on the subscriptions in memory.
@Suite(.timeLimit(.minutes(1))) struct FreshnessTests {
    /// The first load is done.
    private func loaded() -> Freshness {
        var freshness = Freshness()
        let begins1 = freshness.beginLoad()
        #expect(begins1)
        freshness.finished(successfully: true)
        return freshness
    }

    @Test func aBatchWaitsForItsBarrier() {
        var freshness = loaded()
        let barrier = freshness.newBarrier(behind: .claim)
        #expect(!freshness.isFresh(barrier: barrier))
        freshness.barrierReturned(barrier)
        #expect(freshness.isFresh(barrier: barrier))
    }

    /// Anybody may publish on the channel of the barriers.
    @Test(arguments: [Int.min, -1, 4, 1 << 53, .max - 1, .max]) func aBarrierThatWasNeverSentProvesNothing(number: Int)
    {
        var freshness = loaded()
        let old = freshness.newBarrier(behind: .claim)
        freshness.barrierReturned(old)
        freshness.barrierReturned(number)
        freshness.changed()
        let barrier = freshness.newBarrier(behind: .claim)
        #expect(!freshness.isFresh(barrier: barrier))
        freshness.barrierReturned(barrier)
        #expect(!freshness.isFresh(barrier: barrier))
    }

    @Test func aChangeBeforeTheBarrierMustBeLoadedFirst() {
        var freshness = loaded()
        let barrier = freshness.newBarrier(behind: .claim)
        freshness.changed()
        freshness.barrierReturned(barrier)
        #expect(!freshness.isFresh(barrier: barrier))
        let begins2 = freshness.beginLoad()
        #expect(begins2)
        let begins3 = freshness.beginLoad()
        #expect(!begins3, "one load at a time")
        freshness.finished(successfully: true)
        #expect(freshness.isFresh(barrier: barrier))
    }

    @Test func aChangeBehindTheBarrierHoldsNothingUp() {
        var freshness = loaded()
        let barrier = freshness.newBarrier(behind: .claim)
        freshness.barrierReturned(barrier)
        freshness.changed()
        #expect(freshness.isFresh(barrier: barrier))
    }

    @Test func aLoadDoesNotIncludeWhatWasAnnouncedWhileItRan() {
        var freshness = loaded()
        freshness.changed()
        let begins4 = freshness.beginLoad()
        #expect(begins4)
        freshness.changed()
        let barrier = freshness.newBarrier(behind: .claim)
        freshness.barrierReturned(barrier)
        freshness.finished(successfully: true)
        #expect(!freshness.isFresh(barrier: barrier))
        let begins5 = freshness.beginLoad()
        #expect(begins5)
    }

    @Test func aFailedLoadLoadsNothing() {
        var freshness = Freshness()
        let begins6 = freshness.beginLoad()
        #expect(begins6)
        freshness.finished(successfully: false)
        let barrier = freshness.newBarrier(behind: .claim)
        freshness.barrierReturned(barrier)
        #expect(!freshness.isFresh(barrier: barrier))
    }

    @Test func aPeekWaitsForItsOwnBarrierThoughALaterClaimWasFresh() {
        var freshness = loaded()
        let peek = freshness.newBarrier(behind: .peek)
        let claim = freshness.newBarrier(behind: .claim)
        freshness.barrierReturned(claim)
        #expect(freshness.isFresh(barrier: claim))
        freshness.changed()
        #expect(!freshness.isFresh(barrier: peek))
        freshness.barrierReturned(peek)
        #expect(!freshness.isFresh(barrier: peek), "the change is not loaded")
    }
}
