import Testing

@testable import BusScheduler

@Suite(.timeLimit(.minutes(1))) struct PaceTests {
    /// Steps of a fifth of a millisecond, each as soon as it may; returns how many there are in so many milliseconds.
    private func steps(share: Double, milliseconds: UInt64) -> Int {
        var pace = Pace(share: share)
        var now = MonotonicInstant(nanoseconds: 1_000_000_000_000)
        let end = now + .milliseconds(milliseconds)
        var count = 0
        while now < end {
            now = pace.note(from: now, to: now + .microseconds(200))
            count += 1
        }
        return count
    }

    @Test func allOfTheTimeMeansNoPause() {
        #expect(steps(share: 1, milliseconds: 100) == 500)
    }

    @Test func aQuarterOfTheTimeIsKept() {
        // A quarter of 1000 ms, and what was saved up before.
        let count = steps(share: 0.25, milliseconds: 1000)
        #expect((1250...1285).contains(count), "\(count)")
    }

    @Test func aFewStepsNeedNotWait() {
        var pace = Pace(share: 0.25)
        var now = MonotonicInstant(nanoseconds: 5_000_000)
        for _ in 0..<30 {
            let next = pace.note(from: now, to: now + .microseconds(200))
            #expect(next == now + .microseconds(200))
            now = next
        }
    }

    @Test func restIsSavedUpButNotForEver() {
        var pace = Pace(share: 0.5)
        var now = pace.note(from: .past, to: .past + .milliseconds(100))
        #expect(now > .past + .milliseconds(150))
        // After a long rest there is as much as at the start.
        now += .seconds(3600)
        let first = pace.note(from: now, to: now + .milliseconds(10))
        #expect(first == now + .milliseconds(10))
        #expect(pace.note(from: first, to: first + .milliseconds(2)) > first + .milliseconds(2))
    }
}
