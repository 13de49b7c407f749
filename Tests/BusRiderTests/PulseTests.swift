import Testing

@testable import BusRider

@Suite(.timeLimit(.minutes(1))) struct PulseTests {
    private let start = ContinuousClock.now

    private func beats(_ count: Int, of pulse: inout Pulse) {
        for number in 1...count { _ = pulse.beat(at: start + .milliseconds(number)) }
    }

    @Test func itIsQuickUntilNothingHasHappenedForFiftyBeats() {
        var pulse = Pulse(at: start)
        beats(49, of: &pulse)
        #expect(pulse.interval == Pulse.quick)
        beats(1, of: &pulse)
        #expect(pulse.interval == Pulse.slow)
        pulse.note(finished: 1)
        beats(1, of: &pulse)
        #expect(pulse.interval == Pulse.quick)
        #expect(!pulse.isQuiet)
    }

    @Test func aBeatTellsWhatHasEndedSinceTheLast() {
        var pulse = Pulse(at: start)
        pulse.begin(at: start + .seconds(9))
        pulse.note(finished: 2)
        pulse.note(finished: 3)
        let beat = pulse.beat(at: start + .seconds(10))
        #expect(beat.finished == 5 && beat.elapsed == .seconds(1))
        #expect(pulse.beat(at: start + .seconds(11)).finished == 0)
    }

    @Test func theViewIsBroughtUpToDateFiveTimesASecondAndAtTheEnd() {
        var pulse = Pulse(at: start)
        #expect(!pulse.isTimeToShow(at: start + .milliseconds(199), isLast: false))
        #expect(pulse.isTimeToShow(at: start + .milliseconds(200), isLast: false))
        #expect(!pulse.isTimeToShow(at: start + .milliseconds(399), isLast: false))
        #expect(pulse.isTimeToShow(at: start + .milliseconds(399), isLast: true))
    }
}
