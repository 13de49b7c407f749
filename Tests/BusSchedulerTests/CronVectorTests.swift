import BusScheduler
import Foundation
import Testing

/// What fugit 1.5.2 and rufus-scheduler 3.8.2 did (vectors/README.md).
@Suite(.timeLimit(.minutes(1))) struct CronVectorTests {
    static let vectors: [CronVector] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../ReferenceVectorTests/vectors/cron.jsonl")
        return try! CronVector.read(file)
    }()

    @Test func allAreHere() {
        #expect(Self.vectors.count == 328)
    }

    @Test func linesOfCron() throws {
        let zones = Fixtures.zones
        for vector in Self.vectors where vector.cron != nil {
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
        for vector in Self.vectors {
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
