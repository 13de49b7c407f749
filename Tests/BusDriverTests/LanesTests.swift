import BusProtocol
import Testing

@testable import BusDriver

/// Both lanes together, from one session to the next.
@Suite(.timeLimit(.minutes(1))) struct LanesTests {
    private let parts = DriverParts()
    private let lanes: Lanes

    init() {
        let tools = parts.tools
        lanes = Lanes((0..<2).map { Lane($0, draft: tools.draft()) }, mostPerBatch: 64)
    }

    /// Claims a batch, and drafts it.
    private func claim(_ lane: Int, sequence: Int) {
        #expect(lanes.next(claims: true) == .claim(lane: lane, sequence: sequence))
        lanes.claimed(lane, held: 3, left: 5, isSuspect: false)
        lanes[lane].hold(DriverParts.batch(3, sequence: sequence))
        _ = lanes[lane].write(with: .none, context: parts.context)
    }

    @Test func whatWasInHandWhenASessionEndedIsClaimedAgain() {
        claim(0, sequence: 1)
        claim(1, sequence: 2)
        lanes.ready(lanes[0])
        #expect(lanes.next(claims: true) == .commit(lane: 0, sequence: 1, next: 3))
        lanes.committed(lanes[0])
        #expect(lanes[0].batch == nil)
        #expect(lanes.perhapsInFlight == [2, 3])
        lanes.beginSession()
        #expect(lanes.all.allSatisfy { $0.batch == nil })
        #expect(lanes.next(claims: true) == .claim(lane: 0, sequence: 2))
    }

    @Test func anIncarnationCountsFromOne() {
        claim(0, sequence: 1)
        lanes.ready(lanes[0])
        _ = lanes.next(claims: true)
        lanes.committed(lanes[0])
        lanes.beginIncarnation()
        #expect(lanes.low == 1 && lanes.perhapsInFlight.isEmpty)
    }

    @Test func whoMayNotClaimCommitsWhatIsInHand() {
        claim(0, sequence: 1)
        #expect(lanes.next(claims: false) == nil)
        lanes.ready(lanes[0])
        #expect(lanes.next(claims: false) == .commit(lane: 0, sequence: 1, next: nil))
        lanes.committed(lanes[0])
        #expect(lanes.next(claims: false) == .rest)
        #expect(!lanes.rang(claims: false), "an event that rings is not taken either")
        #expect(lanes.next(claims: true) == .claim(lane: 0, sequence: 2))
    }

    @Test func claimsGrowWhileEventsAreLeftAndNeverBeyondTheLimit() {
        for sequence in 1...8 {
            claim(0, sequence: sequence)
            lanes.ready(lanes[0])
            #expect(lanes.next(claims: false) == .commit(lane: 0, sequence: sequence, next: nil))
            lanes.committed(lanes[0])
        }
        #expect(lanes.mostPerClaim == 64)
    }
}
