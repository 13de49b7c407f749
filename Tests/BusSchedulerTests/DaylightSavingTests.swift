import BusCalendar
import BusWire
import Foundation
import Testing

/// The changes of the clocks from 2020 to 2040, against what fugit answered (fixtures/make_dst.rb).
@Suite(.timeLimit(.minutes(1))) struct DaylightSavingTests {
    @Test func everyAnswerAroundTheChanges() throws {
        let zones = Fixtures.zones
        let vectors = try CronVector.fixture("dst.jsonl")
        for vector in vectors {
            let answers = try vector.answers(zones)
            #expect(answers == vector.next, "\(vector.testDescription)")
        }
        #expect(vectors.count > 4000)
        #expect(Set(vectors.compactMap(\.zone)).count >= 16)
    }

    @Test func randomLines() throws {
        let zones = Fixtures.zones
        let vectors = try CronVector.fixture("random.jsonl")
        #expect(vectors.count == 400)
        for vector in vectors where vector.cron != Self.passedOver {
            let answers = try vector.answers(zones)
            // Where the clocks skip or repeat the midnight of a month's first day, fugit raises an error; this goes on.
            let isFugits = vector.next.map { answers == $0 } ?? (vector.json["raises"] != nil)
            #expect(isFugits, "\(vector.testDescription)")
        }
    }

    /// One of the random lines. Fugit passes over the third of October 2021, whose midnight the clocks of Asunción
    /// skip.
    private static let passedOver = "*/16 * * * sun#1 America/Asuncion"

    @Test func aDayWhoseMidnightIsSkippedIsNotPassedOver() throws {
        let zones = Fixtures.zones
        let vector = try #require(try CronVector.fixture("random.jsonl").first { $0.cron == Self.passedOver })
        #expect(vector.next?.first.map { CivilTime(epoch: $0).isoText } == "2021-11-07T03:00:00Z")
        #expect(try vector.answers(zones).first.map { CivilTime(epoch: $0).isoText } == "2021-10-03T04:00:00Z")
        let asuncion = try zones.zone(named: "America/Asuncion")
        for day in ["sun", "sun#1", "sun%1", "3"] {
            let text = day == "3" ? "30 18 3 * *" : "30 18 * * \(day)"
            let line = try CronExpression(text, zones: zones)
            let next = try #require(line.next(after: 1_633_100_000, zone: asuncion))
            #expect(CivilTime(epoch: next).isoText == "2021-10-03T21:30:00Z", "\(text)")
        }
    }

    @Test func theWayBackIsTheWayThere() throws {
        let zones = Fixtures.zones
        let vectors = try CronVector.fixture("dst.jsonl") + CronVector.fixture("random.jsonl")
        // One in seven, through all kinds of lines: eight come for each change.
        for vector in stride(from: 0, to: vectors.count, by: 7).map({ vectors[$0] }) {
            guard let next = vector.next else { continue }
            let line = try CronExpression(try #require(vector.cron), zones: zones)
            let home = try zones.zone(named: try #require(vector.zone))
            for (earlier, later) in zip(next, next.dropFirst()) {
                #expect(line.previous(atOrBefore: later, zone: home) == later, "\(vector.testDescription)")
                #expect(line.previous(atOrBefore: later - 1, zone: home) == earlier, "\(vector.testDescription)")
            }
        }
    }

    /// At half past midnight of November 1, the clocks are set back into October, and the month begins twice.
    @Test func aMonthThatTheClocksAreSetBackOutOfBeginsAgain() throws {
        let zone = Fixtures.zones.local(environment: ["TZ": "XXX0YYY,J100,J305/0:30"]).rules
        let line = try CronExpression("45 0 1 11 *", zones: Fixtures.zones)
        let next = try #require(line.next(after: 1_792_500_000, zone: zone))
        #expect(CivilTime(epoch: next).isoText == "2026-11-01T00:45:00Z")
    }

    /// Paris 2026: 02:00 becomes 03:00 on March 29, 03:00 becomes 02:00 on October 25.
    @Test func aSkippedTimeIsNotFiredAndARepeatedOneOnce() throws {
        let zones = Fixtures.zones
        let paris = try zones.zone(named: "Europe/Paris")
        func times(_ text: String, after epoch: Int, _ count: Int) throws -> [String] {
            let line = try CronExpression(text, zones: zones)
            return sequence(state: epoch) { time in
                line.next(after: time, zone: paris).map {
                    time = $0
                    return CivilTime(epoch: $0).isoText
                }
            }.prefix(count).map { $0 }
        }
        let spring = 1_774_738_800  // March 29, 00:00
        let autumn = 1_792_879_200  // October 25, 00:00
        #expect(try times("30 2 * * *", after: spring, 1) == ["2026-03-30T00:30:00Z"])
        #expect(try times("30 2 * * *", after: autumn, 2) == ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"])
        #expect(
            try times("*/30 * * * *", after: spring + 3600, 3)
                == ["2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"])
        #expect(
            try times("*/30 * * * *", after: autumn + 5400, 5)
                == [
                    "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z",
                    "2026-10-25T02:00:00Z",
                ])
    }
}
