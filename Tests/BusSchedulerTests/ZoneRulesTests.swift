import BusCalendar
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

    @Test func whatIsNoZoneIsRefused() throws {
        let zones = Fixtures.zones
        for name in ["", "Europe", "../make_dst.rb", "/etc/passwd", "europe/paris", "right/../UTC"] {
            #expect(throws: ScheduleError.self, "\(name)") { try zones.zone(named: name) }
        }
        let error = #expect(throws: ScheduleError.self) { try zones.zone(named: "america/new york") }
        #expect(error?.description == "'america/new york' is not a time zone; write America/New_York.")
    }

    @Test(arguments: [
        ("+05:45", 20700), ("-03:30", -12600), ("+0545", 20700), ("+05", 18000), ("-3", -10800), ("+14:00", 50400),
        ("-00:30", -1800), ("+545", 20700), ("-12", -43200),
    ])
    func anOffsetIsAZone(text: String, seconds: Int) throws {
        #expect(try Fixtures.zones.zone(named: text) == ZoneRules(name: text, fixedOffset: seconds))
    }

    @Test(arguments: ["+", "-", "+14:01", "+05:60", "+05:4", "+:45", "+05:", "+00545", "+5x", "+99", "++5", "+5:5:5"])
    func whatIsNoOffsetIsRefused(text: String) throws {
        let error = #expect(throws: ScheduleError.self) { try Fixtures.zones.zone(named: text) }
        let rule = "is not an offset; write hours and minutes up to 14:00, such as +05:45 or -03:30."
        #expect(error?.description == "'\(text)' \(rule)")
    }

    @Test(arguments: ["UTC", "Etc/UTC", "GMT", "Z", "Zulu", "+00:00"])
    func utcNeedsNoDatabase(name: String) throws {
        let zones = ZoneDirectory(path: "/no/such/folder")
        #expect(try zones.zone(named: name).offset(at: 1_800_000_000) == 0)
        guard name.count > 1, name != "+00:00" else { return }
        #expect(try CronExpression("0 0 * * * \(name)", zones: zones).zone?.name == name)
    }

    @Test func whatIsMissingIsNamed() throws {
        let empty = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: empty) }
        for folder in ["/no/such/folder", empty.path] {
            let zones = ZoneDirectory(path: folder)
            let sentence =
                "'Europe/Paris' is not known, for there is no time zone database in \(folder); install the package "
                + "tzdata, or write UTC or an offset such as +05:45."
            let named = #expect(throws: ScheduleError.self) { try zones.zone(named: "Europe/Paris") }
            #expect(named?.description == sentence)
            let line = #expect(throws: ScheduleError.self) {
                try CronExpression("0 0 * * * Europe/Paris", zones: zones)
            }
            #expect(line?.description == sentence)
        }
    }

    /// What comes from Redis names zones of the database alone.
    @Test(arguments: [
        "/etc/localtime", "../UTC", "right/../UTC", ":UTC", "right/Europe/Paris", "EST5EDT,M3.2.0,M11.1.0",
    ])
    func aLineOfCronReadsNoOtherFile(zone: String) {
        let error = #expect(throws: ScheduleError.self) {
            try CronExpression("0 0 0 * * * \(zone)", zones: Fixtures.zones)
        }
        #expect(error?.description.hasPrefix("'\(zone)' is not a time zone") == true)
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

    /// Numbers that no zone has, in places of a sound file: nothing overflows or goes on for ever.
    @Test func hostileNumbersAreRefused() throws {
        let whole = [UInt8](try Data(contentsOf: Fixtures.folder.appending(path: "zoneinfo/right/Europe/Paris")))
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // The second part, of which nothing is left out: its counts, its instants, kinds of time and leap seconds.
        let second = try #require(whole.indices.dropFirst().first { whole[$0...].starts(with: Array("TZif2".utf8)) })
        for position in stride(from: second + 20, to: whole.count - 8, by: 7) {
            for bytes: [UInt8] in [[0x7f] + Array(repeating: 0xff, count: 7), [0x80] + Array(repeating: 0, count: 7)] {
                var changed = whole
                changed.replaceSubrange(position..<position + 8, with: bytes)
                try Data(changed).write(to: folder.appending(path: "Paris"))
                // Some are read all the same, such as the letters of an abbreviation.
                guard let zone = try? ZoneDirectory(path: folder.path).zone(named: "Paris") else { continue }
                let line = try CronExpression("30 2 1 * *", zones: Fixtures.zones)
                for epoch in stride(from: -2_000_000_000, to: 5_000_000_000, by: 700_000_001) {
                    let next = try #require(line.next(after: epoch, zone: zone))
                    #expect(next > epoch && next < epoch + 70 * 86400)
                }
            }
        }
    }
}
