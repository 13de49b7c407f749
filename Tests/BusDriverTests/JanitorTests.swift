import Testing

@testable import BusDriver

/// When kept batches are mended.
@Suite(.timeLimit(.minutes(1))) struct JanitorTests {
    private let janitor = Janitor()

    @Test func itBeginsWithWhatOthersHaveLeft() {
        #expect(janitor.hasWork)
    }

    @Test func itIsAtWorkOnce() {
        #expect(janitor.begin())
        #expect(!janitor.begin())
        janitor.end()
        #expect(janitor.begin())
    }

    /// What was kept while it looked may have come behind its look.
    @Test func whatIsKeptDuringARoundIsMendedInAnother() {
        janitor.beginRound()
        #expect(!janitor.hasWork)
        janitor.expectWork()
        #expect(janitor.hasWork)
    }
}
