import BusCalendar
import BusScheduler
import BusWire
import Foundation
import Testing

/// A line of JSON that says what Ruby made of a line of cron or of an interval.
struct CronVector: CustomTestStringConvertible {
    let json: JSONValue
    let testDescription: String

    var cron: String? { json["cron"]?.string }
    var every: String? { json["every"]?.string }
    var zone: String? { json["tz"]?.string }
    var from: Int? { json["from"].flatMap { Int(RubyText.text(of: $0)) } }
    var next: [Int]? { json["next"]?.elements?.compactMap { Int(RubyText.text(of: $0)) } }
    var seconds: Double? { json["seconds"].flatMap { Double(RubyText.text(of: $0)) } }
    var isAccepted: Bool { json["accepted"] == .bool(true) }
    var isRefused: Bool { json["error"] == .bool(true) }

    static func read(_ file: URL) throws -> [CronVector] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            CronVector(json: try JSONValue.parse(String($0)), testDescription: String($0))
        }
    }

    /// Those of vectors/README.md.
    static func reference(_ name: String) throws -> [CronVector] {
        try read(
            URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../ReferenceVectorTests/vectors/\(name)"))
    }

    /// What fugit answered, by make_dst.rb.
    static func fixture(_ name: String) throws -> [CronVector] {
        try read(Fixtures.folder.appending(path: name))
    }

    /// The times that follow `from`, one from the other, as many as Ruby gave.
    func answers(_ zones: ZoneDirectory) throws -> [Int] {
        let line = try CronExpression(try #require(cron), zones: zones)
        let home = try zones.zone(named: try #require(zone))
        var answers: [Int] = []
        var time = try #require(from)
        for _ in 0..<(next?.count ?? 5) {
            time = try #require(line.next(after: time, zone: home), "\(testDescription)")
            answers.append(time)
        }
        return answers
    }
}

enum Fixtures {
    static let folder = Bundle.module.resourceURL!.appending(path: "fixtures")

    /// The time zones with which the fixtures were made, whatever the machine has.
    static var zones: ZoneDirectory { ZoneDirectory(path: zoneinfo) }

    static let zoneinfo = folder.appending(path: "zoneinfo").path
}
