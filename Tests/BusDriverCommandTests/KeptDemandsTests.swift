import Testing

@testable import BusDriverCommand

/// What signals ask for before anybody obeys.
@Suite(.timeLimit(.minutes(1))) struct KeptDemandsTests {
    /// Whoever paused, resumed and paused again wants a pause.
    @Test func theLastDemandComesLastAndEachOnce() {
        var kept = KeptDemands()
        for demand in [ServiceSignals.Demand.change, .report, .resume, .report, .change] { kept.keep(demand) }
        #expect(kept.take() == [.resume, .report, .change])
        #expect(kept.take() == [])
    }
}
