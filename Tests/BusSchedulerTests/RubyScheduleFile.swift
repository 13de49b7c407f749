import BusCalendar
import BusProtocol
import BusScheduler
import BusWire
import Foundation
import ScheduleFiles

/// A line of schedules.jsonl: what resque-scheduler made of a file under one environment (fixtures/make_schedules.rb).
struct RubyScheduleFile {
    /// When the scheduler started, in seconds since 1970.
    static let start = 1_796_000_523
    /// How many firings were noted of each entry.
    static let firings = 6

    let name: String
    let environment: String?
    /// The application takes the part of the file that is called as the environment.
    let isNested: Bool
    /// By name, what an entry does; what Ruby keeps in `persistent_schedules` of it stands behind.
    let entries: [String: String]

    /// What the test calls this file.
    var label: String { environment.map { "\(name) in \($0)" } ?? name }

    static func all() throws -> [RubyScheduleFile] {
        try String(contentsOf: Fixtures.folder.appending(path: "schedules.jsonl"), encoding: .utf8).split(
            separator: "\n"
        )
        .map { RubyScheduleFile(try JSONValue.parse(String($0))) }
    }

    private init(_ json: JSONValue) {
        name = json["file"]?.string ?? ""
        environment = json["environment"]?.string
        isNested = json["section"] == true
        let kept = json["persistent"]
        entries = Dictionary(
            (json["entries"]?.elements ?? []).map { entry in
                let name = entry["name"]?.string ?? ""
                return (name, Self.deed(entry) + (kept?[name]?.string.map { ", and Redis keeps \($0)" } ?? ""))
            }, uniquingKeysWith: { $1 })
    }

    private static func deed(_ entry: JSONValue) -> String {
        guard entry["outcome"]?.string == "runs" else { return idle }
        let fires = (entry["fires"]?.elements ?? []).compactMap { Double(RubyText.text(of: $0)) }
        return deed(fires, entry["queue"]?.string ?? "", entry["element"]?.string ?? "")
    }

    /// What of the file runs here, and what it does.
    func ours() throws -> [String: String] {
        let zones = Fixtures.zones
        let bytes = [UInt8](try Data(contentsOf: Fixtures.folder.appending(path: "schedules/\(name)")))
        let zone = try zones.zone(named: "Europe/Paris")
        let file = try? ScheduleFile(bytes: bytes, environment: environment, zones: zones, zone: zone)
        guard let file else { return [:] }
        var deeds: [String: String] = [:]
        for entry in file.entries where entry.runs(in: environment) { deeds[entry.name] = Self.deed(entry, zone) }
        return deeds
    }

    /// What a leader does that has never seen the entry.
    private static func deed(_ entry: ScheduleEntry, _ zone: ZoneRules) -> String {
        var timetable = Timetable(zone: zone)
        timetable.load([entry], states: [:], paused: [])
        var now = start * 1000
        var fires: [Double] = []
        while fires.count < firings, let next = timetable.next {
            now = max(now, next)
            for step in timetable.steps(now: now, believed: now, limit: 100) {
                if case .fire(_, let state, _, _) = step { fires.append(Double(state.last - start * 1000) / 1000) }
                _ = timetable.answered(step, .done, now: now)
            }
        }
        return deed(fires, entry.queue, String(decoding: entry.element, as: UTF8.self))
    }

    private static func deed(_ fires: [Double], _ queue: String, _ element: String) -> String {
        guard !fires.isEmpty else { return idle }
        let times = fires.prefix(firings).map { String(($0 * 10).rounded() / 10) }.joined(separator: " ")
        return "\(times) s: \(element) on \(queue)"
    }

    /// Of what never fires.
    static let idle = "nothing"
}
