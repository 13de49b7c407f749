import BusProtocol
import Testing

@testable import BusScheduler

@Suite(.timeLimit(.minutes(1))) struct DueTimesTests {
    private func time(_ name: String) -> [UInt8] { Array(name.utf8) }

    private func rest(of times: inout DueTimes) -> [String] {
        var names: [String] = []
        while let time = times.next() { names.append(String(decoding: time, as: UTF8.self)) }
        return names
    }

    @Test func aPageIsWorkedThroughFromItsBeginning() {
        var times = DueTimes()
        #expect(times.next() == nil)
        times.fill(["1", "2", "x"].map(time), now: 10)
        #expect(rest(of: &times) == ["1", "2", "x"])
        #expect(times.retry == nil)
    }

    @Test func whatWasPutOffIsPassedByForAWhile() {
        var times = DueTimes()
        times.putOff(time("1"), now: 10)
        times.putOff(time("2"), now: 12)
        #expect(times.retry == 15)
        times.fill(["1", "2", "3"].map(time), now: 14)
        #expect(rest(of: &times) == ["3"])
        times.fill(["1", "2", "3"].map(time), now: 15)
        #expect(rest(of: &times) == ["1", "3"])
        #expect(times.retry == 17)
    }

    @Test func aClockThatWasSetBackEndsTheWait() {
        var times = DueTimes()
        times.putOff(time("1"), now: 1000)
        times.fill([time("1")], now: 10)
        #expect(rest(of: &times) == ["1"])
    }

    @Test func readsGrowInStepsAndShrinkAtOnce() {
        var size = ReadingSize(most: 100)
        var counts = [size.count]
        for largest in [500, 500, 0, 500, 500, 500, Promotion.mostBytes / 8, Promotion.mostBytes * 9, 500] {
            size.note(largest: largest)
            counts.append(size.count)
        }
        #expect(counts == [1, 4, 16, 16, 64, 100, 100, 8, 1, 4])
    }
}
