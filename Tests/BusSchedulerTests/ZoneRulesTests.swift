import BusScheduler
import BusWire
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct ZoneRulesTests {
    /// By the rule at the end of the file, long after its last entry.
    @Test func changesGoOnForGood() throws {
        let paris = try Fixtures.zones.zone(named: "Europe/Paris")
        let july = 4_118_083_200  // 2100-07-01
        #expect(paris.offset(at: july) == 7200)
        #expect(paris.offset(at: july - 180 * 86400) == 3600)
        // March 28, 2100, 01:00 UTC
        #expect(paris.offset(at: 4_109_878_800 - 1) == 3600)
        #expect(paris.offset(at: 4_109_878_800) == 7200)
    }

    @Test func southernAndOddZones() throws {
        let zones = Fixtures.zones
        let (january, july) = (2_524_608_000, 2_540_246_400)  // 2050
        for (name, winter, summer) in [
            ("Australia/Lord_Howe", 39600, 37800), ("America/St_Johns", -12600, -9000), ("Antarctica/Troll", 0, 7200),
            ("Asia/Kathmandu", 20700, 20700), ("Europe/Dublin", 0, 3600), ("America/Santiago", -10800, -14400),
        ] {
            let zone = try zones.zone(named: name)
            #expect(zone.offset(at: january) == winter, "\(name)")
            #expect(zone.offset(at: july) == summer, "\(name)")
        }
    }

    /// Foundation has a database of its own.
    @Test func agreesWithFoundation() throws {
        let zones = Fixtures.zones
        for name in ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "America/St_Johns"] {
            let zone = try zones.zone(named: name)
            let other = try #require(TimeZone(identifier: name))
            for epoch in stride(from: 0, to: 2_200_000_000, by: 123_456) {
                let date = Date(timeIntervalSince1970: Double(epoch))
                #expect(zone.offset(at: epoch) == other.secondsFromGMT(for: date), "\(name) at \(epoch)")
            }
        }
    }

    @Test func localZoneIsThatOfTheEnvironment() throws {
        let zones = Fixtures.zones
        #expect(try zones.local(environment: ["TZ": "Asia/Tokyo"]).name == "Asia/Tokyo")
        #expect(try zones.local(environment: ["TZ": ":Asia/Tokyo"]).name == "Asia/Tokyo")
        #expect(throws: ScheduleError.self) { try zones.local(environment: ["TZ": "Nowhere"]) }
        #expect(throws: Never.self) { try ZoneDirectory().local(environment: [:]) }
    }

    @Test func whatIsNoZoneIsRefused() throws {
        let zones = Fixtures.zones
        for name in ["", "Europe", "../make_dst.rb", "/etc/passwd", "europe/paris"] {
            #expect(throws: ScheduleError.self, "\(name)") { try zones.zone(named: name) }
        }
        let error = #expect(throws: ScheduleError.self) {
            try ZoneDirectory(path: "/no/such/folder").zone(named: "UTC")
        }
        #expect(error?.description == "There is no time zone database in /no/such/folder; install tzdata.")
    }

    @Test func aBrokenFileIsRefused() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let whole = try Data(contentsOf: Fixtures.folder.appending(path: "zoneinfo/Europe/Paris"))
        for size in [0, 3, 44, 100, 1500, whole.count - 40] {
            try whole.prefix(size).write(to: folder.appending(path: "Paris"))
            #expect(throws: ScheduleError.self, "\(size)") {
                try ZoneDirectory(path: folder.path).zone(named: "Paris")
            }
        }
        for index in 20..<44 {
            var changed = whole
            changed[index] = 0xff
            try changed.write(to: folder.appending(path: "Paris"))
            #expect(throws: ScheduleError.self, "\(index)") {
                try ZoneDirectory(path: folder.path).zone(named: "Paris")
            }
        }
    }
}
