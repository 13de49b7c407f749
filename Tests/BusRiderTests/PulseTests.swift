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
        let first = pulse.beat(at: start + .seconds(10))
        let second = pulse.beat(at: start + .seconds(11))
        #expect(first.finished == 5 && first.elapsed == .seconds(1))
        #expect(second.finished == 0 && second.elapsed == .seconds(1))
    }

    @Test func theViewIsBroughtUpToDateFiveTimesASecondAndAtTheEnd() {
        var pulse = Pulse(at: start)
        let moments: [(milliseconds: Int, isLast: Bool)] = [(199, false), (200, false), (399, false), (399, true)]
        let isTime = moments.map { pulse.isTimeToShow(at: start + .milliseconds($0.milliseconds), isLast: $0.isLast) }
        #expect(isTime == [false, true, false, true])
    }
}
