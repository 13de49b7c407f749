import Testing

@testable import BusDriver

/// What comes before everything in the incoming list.
@Suite(.timeLimit(.minutes(1))) struct PredecessorsTests {
    @Test func theyAreGoneWhenNoListIsLeft() {
        var predecessors = Predecessors()
        #expect(predecessors.areGone)
        predecessors.note(["inf:a:1", "inf:b:4"])
        #expect(!predecessors.areGone)
        predecessors.looked(["inf:b:4"])
        #expect(predecessors.lists == ["inf:b:4"])
        predecessors.looked([])
        #expect(predecessors.areGone)
    }

    /// A session that was lost while the driver waited.
    @Test func whatWasNotedBeforeIsWaitedForStill() {
        var predecessors = Predecessors()
        predecessors.note(["inf:a:1"])
        predecessors.note([])
        #expect(predecessors.lists == ["inf:a:1"])
    }
}
