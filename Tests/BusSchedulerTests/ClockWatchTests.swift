import BusCalendar
import Testing

@Suite(.timeLimit(.minutes(1))) struct ClockWatchTests {
    @Test func aClockThatRunsIsBelieved() {
        var watch = ClockWatch()
        for second in stride(from: 0, through: 3600, by: 10) {
            // It drifts by a second in ten minutes.
            let now = 5_000_000 + second * 1000 + second * 1000 / 600
            #expect(watch.look(now: now, monotonic: second * 1000) == nil)
            #expect((watch.believed ?? 0) >= now - 20)
        }
    }

    @Test func aClockThatWentBackIsNotBelievedToHaveBeenWrong() {
        var watch = ClockWatch()
        _ = watch.look(now: 5_000_000, monotonic: 0)
        #expect(watch.look(now: 1_400_000, monotonic: 1000) == .back(3_601_000))
        #expect(watch.believed == 5_000_000)
        #expect(watch.look(now: 3_000_000, monotonic: 1_601_000) == nil)
        #expect(watch.believed == 5_000_000)
        #expect(watch.look(now: 5_400_000, monotonic: 4_001_000) == nil)
        #expect(watch.believed == 5_400_000)
    }

    @Test func aJumpForwardIsDoubtedForAWhile() {
        var watch = ClockWatch()
        _ = watch.look(now: 5_000_000, monotonic: 0)
        #expect(watch.look(now: 8_601_000, monotonic: 1000) == .forward(3_600_000))
        #expect(watch.believed == 5_001_000)
        var returning = watch
        #expect(returning.look(now: 5_300_000, monotonic: 300_000) == .back(3_600_000))
        #expect(returning.believed == 5_300_000)
        #expect(watch.look(now: 9_201_000, monotonic: 601_000) == nil)
        #expect(watch.believed == 9_201_000)
    }
}
