import Testing

@testable import BusScheduler

/// Redis' clock, carried on by that of this host.
@Suite(.timeLimit(.minutes(1))) struct SchedulerClockTests {
    private let start = MonotonicInstant(nanoseconds: 7_000_000_000)
    /// Milliseconds since 1970.
    private let time = 1_600_000_000_000

    @Test func aTimeIsShownAsMuchLaterAsItLiesAhead() {
        var clock = SchedulerClock()
        _ = clock.read(time * 1000, at: start)
        #expect(clock.monotonic(at: time) == start)
        #expect(clock.monotonic(at: time + 250) == start + .milliseconds(250))
    }

    @Test func whatLiesBeyondAllTimesNeverComesAndWhatLiesBeforeIsPast() {
        var clock = SchedulerClock()
        #expect(clock.monotonic(at: time) == .never, "it was not read")
        _ = clock.read(time * 1000, at: start)
        #expect(clock.monotonic(at: .max) == .never)
        #expect(clock.monotonic(at: 0) == .past)
        #expect(clock.monotonic(at: .min) == .past)
    }

    @Test func aReadingBecomesTooOld() {
        var clock = SchedulerClock()
        _ = clock.read(time * 1000, at: start, freshness: .seconds(4))
        #expect(clock.isFreshUntil == start + .seconds(4))
    }

    @Test func aClockThatIsFarAwayIsToldOnceUntilItHasBeenNear() {
        var clock = SchedulerClock()
        _ = clock.read(time * 1000)
        let seconds = time / 1000
        let differences = [31, 31, 0, -40, -40].map { clock.newDifference(from: seconds - $0) != nil }
        #expect(differences == [true, false, false, true, false])
    }
}
