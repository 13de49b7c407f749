import BusProtocol
import Testing

@testable import BusDriver

/// How many events a claim asks for.
@Suite(.timeLimit(.minutes(1))) struct ClaimSizeTests {
    @Test func itDoublesOnlyWhileEventsAreLeft() {
        var size = ClaimSize()
        #expect(size.most == 16)
        size.wrote(bytes: 100, events: 16, limit: 512)
        #expect(size.most == 16)
        for expected in [32, 64, 128, 256, 512, 512] {
            size.moreIsThere()
            #expect(size.most == expected)
        }
    }

    @Test func aBatchOfManyCopiesMakesTheNextOnesSmallEnoughForOneCommit() {
        var size = ClaimSize()
        for _ in 0..<5 { size.moreIsThere() }
        let bytesPerEvent = 16 << 10
        size.wrote(bytes: 512 * bytesPerEvent, events: 512, limit: 512)
        #expect(size.most * bytesPerEvent <= BatchLimits.mostCommitBytes)
        size.moreIsThere()
        #expect(size.most * bytesPerEvent <= BatchLimits.mostCommitBytes)
    }

    /// An event that leads to many copies must not bring a claim down to nothing.
    @Test func itNeverAsksForLessThanSixteen() {
        var size = ClaimSize()
        size.wrote(bytes: .max, events: 1, limit: 512)
        #expect(size.most == 16)
        size.wrote(bytes: 0, events: 0, limit: 512)
        #expect(size.most == 16)
    }

    @Test func itHeedsTheConfiguredLimit() {
        var size = ClaimSize()
        size.wrote(bytes: 100, events: 16, limit: 4)
        #expect(size.most == 4)
        size.moreIsThere()
        #expect(size.most == 4)
    }
}
