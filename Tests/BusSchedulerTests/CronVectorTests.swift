import BusCalendar
import Foundation
import Testing

/// What fugit 1.5.2 and rufus-scheduler 3.8.2 did (vectors/README.md).
@Suite(.timeLimit(.minutes(1))) struct CronVectorTests {
    @Test(arguments: [("cron.jsonl", 328), ("cron-weeks.jsonl", 258)])
    func linesOfCron(file: String, count: Int) throws {
        let zones = Fixtures.zones
        let vectors = try CronVector.reference(file)
        #expect(vectors.count == count)
        for vector in vectors where vector.cron != nil {
            if vector.isRefused {
                #expect(throws: ScheduleError.self, "\(vector.testDescription)") {
                    try CronExpression(try #require(vector.cron), zones: zones)
                }
            } else {
                #expect(try vector.answers(zones) == vector.next, "\(vector.testDescription)")
            }
        }
    }

    @Test func intervals() throws {
        for vector in try CronVector.reference("cron.jsonl") {
            guard let text = vector.every else { continue }
            if vector.isRefused {
                #expect(throws: ScheduleError.self, "\(text)") { try ScheduleInterval(text) }
            } else {
                let interval = try ScheduleInterval(text)
                #expect(interval.seconds == vector.seconds, "\(text)")
                #expect(interval.isAccepted == vector.isAccepted, "\(text)")
            }
        }
    }
}
