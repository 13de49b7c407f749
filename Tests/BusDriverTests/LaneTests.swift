import Testing

@testable import BusDriver

/// A batch on its lane, from its claim to its commit.
@Suite(.timeLimit(.minutes(1))) struct LaneTests {
    private let parts = DriverParts()
    private let lane: Lane

    init() {
        lane = Lane(0, draft: parts.tools.draft())
    }

    @Test func aBatchIsDraftedBeforeItIsReleased() {
        lane.hold(DriverParts.batch(3))
        #expect(!lane.isDrafted && !lane.isReleased)
        #expect(lane.write(with: .none, context: parts.context))
        #expect(lane.isDrafted && !lane.isReleased)
        #expect(lane.draft.events == 3)
        lane.release()
        #expect(!lane.isDrafted && lane.isReleased)
    }

    @Test func aDraftOfOtherSubscriptionsThanThoseInForceIsOutdated() {
        let (old, new) = (DriverParts.subscriptions(), DriverParts.subscriptions())
        lane.hold(DriverParts.batch(1))
        _ = lane.write(with: old, context: parts.context)
        #expect(!lane.isOutdated(by: old))
        #expect(lane.isOutdated(by: new))
    }

    /// Else a batch would be drafted again and again while subscriptions come.
    @Test func oneThatRestsOnFreshSubscriptionsIsNeverOutdated() {
        lane.hold(DriverParts.batch(1))
        _ = lane.write(with: DriverParts.subscriptions(), context: parts.context)
        lane.makeFinal()
        #expect(!lane.isOutdated(by: DriverParts.subscriptions()))
    }

    /// The thread's draft would take the place of a newer one.
    @Test func whatAThreadWritesIsLetBeUntilItIsDone() {
        lane.hold(DriverParts.batch(1))
        lane.beginDraftBesideLoop(with: DriverParts.subscriptions())
        let new = DriverParts.subscriptions()
        #expect(lane.isBeingDrafted && !lane.isDrafted)
        #expect(!lane.isOutdated(by: new))
        lane.drafted(parts.tools.largeDraft())
        #expect(lane.isDrafted && lane.isOutdated(by: new))
    }

    @Test func theNextBatchHasNothingOfTheOneBefore() {
        lane.hold(DriverParts.batch(1))
        lane.beginDraftBesideLoop(with: .none)
        lane.drafted(parts.tools.largeDraft())
        lane.makeFinal()
        lane.release()
        lane.drop()
        #expect(lane.batch == nil && !lane.isReleased)
        lane.hold(DriverParts.batch(2, sequence: 2))
        #expect(lane.batch?.sequence == 2)
        #expect(!lane.isDrafted && !lane.isReleased && lane.large == nil)
        #expect(lane.isOutdated(by: DriverParts.subscriptions()))
    }
}
