import BusCalendar
import BusWire
import Foundation
import Testing

/// What `TZ` and the system's settings mean.
@Suite(.timeLimit(.minutes(1))) struct LocalZoneTests {
    private static let zoneinfo = Fixtures.zoneinfo

    private func local(_ text: String) -> LocalZone {
        Fixtures.zones.local(environment: ["TZ": text])
    }

    // MARK: The C library

    /// Each form, against `date` of this machine.
    @Test(arguments: [
        "", ":", "UTC", "Europe/Paris", ":Europe/Paris", "\(zoneinfo)/America/Santiago",
        ":\(zoneinfo)/Australia/Lord_Howe", "right/Europe/Paris", ":right/Europe/Paris",
        "\(zoneinfo)/right/Europe/Paris", "EST5", "EST5EDT,M3.2.0,M11.1.0", "CET-1CEST,M3.5.0,M10.5.0/3",
        ":CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT4,M3.2.0/2:00:00,M11.1.0/2", "EST5EDT", "UTC+3", "<+0330>-3:30",
        "<-03>+3<-02>,M3.5.0/-2,M10.5.0/-1", "NZST-12NZDT,M9.5.0,M4.1.0/3", "AEST-10AEDT-11:00,J275/2,J95/3",
        "XXX5YYY,J59/0,J60/0", "XXX5YYY,59/12,300", "XXX-3:45:15YYY-5:15,M2.5.6/20:30,M9.1.1/0:15",
        "EET-2EEST,M3.4.4/50,M10.4.4/50", "XXX24", "XXX-24:59:59YYY,M3.1.0/167,M10.1.0/-167",
    ])
    func everyFormIsReadAsByTheCLibrary(text: String) throws {
        // From 2007 to 2037, at odd steps: the files of right/ have no rule, and the United States had another before.
        let epochs = Array(stride(from: 1_175_000_000, to: 2_114_380_000, by: 157_481))
        let zone = local(text)
        #expect(zone.fault == nil && zone.source == "TZ")
        let ours = epochs.map { CivilTime(epoch: $0, offset: zone.rules.offset(at: $0)).isoText }
        #expect(try Self.date(epochs, zone: text) == ours)
    }

    private static func date(_ epochs: [Int], zone: String) throws -> [String] {
        let (input, output) = (Pipe(), Pipe())
        let date = Process()
        date.executableURL = URL(filePath: "/bin/date")
        date.arguments = ["-f", "-", "+%Y-%m-%dT%H:%M:%SZ"]
        date.environment = ["TZ": zone, "TZDIR": zoneinfo]
        (date.standardInput, date.standardOutput) = (input, output)
        try date.run()
        // `date` answers line by line; a thread of its own keeps both pipes moving.
        Thread.detachNewThread {
            input.fileHandleForWriting.write(Data(epochs.map { "@\($0)\n" }.joined().utf8))
            try? input.fileHandleForWriting.close()
        }
        let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        date.waitUntilExit()
        return answer.split(separator: "\n").map(String.init)
    }

    /// A rule whose daylight saving ends where it begins again, as RFC 8536 has it.
    @Test func daylightSavingMayLastAllYear() {
        let zone = local("EST5EDT,0/0,J365/25")
        let epochs = stride(from: 1_700_000_000, to: 2_000_000_000, by: 3600)
        #expect(Set(epochs.map { zone.rules.offset(at: $0) }) == [-4 * 3600])
    }

    /// As et-orbi; the C library takes it for UTC.
    @Test func anOffsetIsTakenToo() {
        #expect(local("+05:45").rules == ZoneRules(name: "+05:45", fixedOffset: 20700))
        #expect(local("Z").rules.offset(at: 0) == 0)
    }

    // MARK: What cannot be followed

    private static let advice = "write a name such as Europe/Paris or an offset such as +05:45."

    @Test(arguments: [
        ("Mars/Phobos", "is not a time zone; \(advice)"),
        ("europe/paris", "is not a time zone; write Europe/Paris."),
        ("../../etc/passwd", "is not a time zone; \(advice)"),
        ("/nonexistent", "cannot be read: No such file or directory."),
        ("/dev/zero", "is no regular file, so it is not read."),
        ("/etc", "is no regular file, so it is not read."),
        ("/etc/passwd", "is no time zone in the form that zic makes; write another, or install tzdata anew."),
        ("EST5EDT,J0,J300", "is not a time zone; \(advice)"),
    ])
    func itIsUTCAndTheReasonNamesTZ(text: String, reason: String) {
        let zone = local(text)
        #expect(zone.rules == .utc && zone.source == "TZ")
        #expect(zone.fault?.description == "TZ cannot be followed: '\(text)' \(reason)")
    }

    @Test(arguments: [
        "EST25", "EST5EDT,M13.1.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,366,1",
        "EST5EDT,J0,1", "EST5EDT,1/168,2", "EST5EDT,1", "EST5EDT,1,2,3", "ES5", "<+0330-3:30", "EST5:60",
        "EST5EDT-,1,2", "5EST", "EST99999999999999999999", "EST5EDT,M3.2.0/2:00:61,M11.1.0",
    ])
    func aRuleThatIsNoneIsRefused(text: String) {
        #expect(local(text).fault != nil)
    }

    @Test func aFIFOAndALargeFileAreNotRead() throws {
        let folder = try Folder()
        let fifo = folder.path + "/fifo"
        #expect(mkfifo(fifo, 0o600) == 0)
        #expect(local(fifo).fault?.description.hasSuffix("is no regular file, so it is not read.") == true)
        try folder.write("large", Data(repeating: 0, count: 65_537))
        #expect(
            local(folder.path + "/large").fault?.description.hasSuffix(
                "is longer than 65536 bytes, which no time zone is.") == true)
        let long = local(String(repeating: "A", count: 5000))
        #expect(long.fault?.description.contains("It is longer than 4096 bytes") == true)
    }

    // MARK: The system

    @Test func theSystemIsAskedWhereThereIsNoTZ() throws {
        let folder = try Folder()
        func local() -> LocalZone { Fixtures.zones.local(environment: [:], settings: folder.path) }
        #expect(local().rules == .utc && local().source == nil && local().fault == nil)
        #expect("\(local())" == "UTC, since nothing says otherwise")

        try folder.link("localtime", to: "/usr/share/zoneinfo/Asia/Tokyo")
        #expect("\(local())" == "Asia/Tokyo, from \(folder.path)/localtime")
        try folder.write("timezone", Data("Europe/Paris\n".utf8))
        #expect("\(local())" == "Europe/Paris, from \(folder.path)/timezone")
        try folder.write("timezone", Data("Mars/Phobos\n".utf8))
        #expect(local().rules.name == "Asia/Tokyo")

        try folder.write("localtime", Data(contentsOf: URL(filePath: Fixtures.zoneinfo + "/Asia/Kathmandu")))
        #expect(local().rules.offset(at: 1_800_000_000) == 20700 && local().fault == nil)
        try folder.write("localtime", Data("text".utf8))
        #expect(local().rules == .utc && local().source == folder.path + "/localtime")
        #expect(local().fault?.description.hasPrefix("\(folder.path)/localtime cannot be followed: ") == true)
    }

    @Test func aSlimImageIsOnUTCWithoutAWarning() throws {
        let folder = try Folder()
        let zones = ZoneDirectory(path: "/no/such/folder")
        try folder.link("localtime", to: "/usr/share/zoneinfo/Etc/UTC")
        let utc = zones.local(environment: [:], settings: folder.path)
        #expect(utc.rules.name == "Etc/UTC" && utc.fault == nil)
        try folder.link("localtime", to: "../usr/share/zoneinfo/Europe/Paris")
        let paris = zones.local(environment: [:], settings: folder.path)
        #expect(paris.fault?.description.contains("install the package tzdata") == true)
    }

    /// A folder in place of `/etc`, which goes with the test.
    private final class Folder {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        /// In place of what is there.
        func write(_ name: String, _ bytes: Data) throws {
            unlink("\(path)/\(name)")
            try bytes.write(to: URL(filePath: "\(path)/\(name)"))
        }

        func link(_ name: String, to target: String) throws {
            unlink("\(path)/\(name)")
            try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
        }
    }
}
