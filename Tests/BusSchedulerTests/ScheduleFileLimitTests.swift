import BusCalendar
import BusWire
import ScheduleFiles
import Testing

/// Schedule files that stand for more than they say, or that take more time than they should (F20, F21).
@Suite(.timeLimit(.minutes(1))) struct ScheduleFileLimitTests {
    private static let good = "good:\n  every: 1h\n  queue: low\n"

    private func read(_ yaml: String) throws -> ScheduleFile {
        try ScheduleFile(bytes: Array(yaml.utf8), zones: Fixtures.zones)
    }

    /// Each level stands for the one before it twice.
    private static func bomb(_ levels: Int, _ level: String) -> String {
        "m0: &m0 {every: 1h, queue: low}\n"
            + (1...levels).map { "m\($0): &m\($0) \(level.replacing("*m", with: "*m\($0 - 1)"))\n" }.joined()
    }

    /// Those that stand for more than 200 000 values are refused; the others say what is wrong with them as entries.
    @Test(arguments: ["{a: *m, b: *m}", "{*m : 1, b: *m}", "[*m, *m]", "{? {*m : x} : *m}"])
    func aBombIsRefusedAndTheOthersRun(level: String) throws {
        let file = try read(Self.bomb(24, level) + Self.good)
        #expect(file.entries.map(\.name) == ["m0", "good"])
        #expect(file.refused.count == 24 && file.refused.allSatisfy { $0.description.utf8.count < 600 })
        #expect(file.refused.last?.description.hasPrefix("Line 25, m24: ") == true)
        let limit = "It has more than 200000 values, those that aliases stand for included."
        #expect(file.refused.contains { $0.reason == limit })
    }

    @Test func manyEntriesWithAnchorsAndABrokenOneAreReadOnce() throws {
        let entries = (0..<3000).map { "e\($0): &a\($0)\n  every: 1h\n  queue: low\n  args: [*a]\n" }
        let file = try read("e: &a 1\n" + entries.joined() + "broken:\n\tx: 1\n" + Self.good)
        #expect(file.entries.count == 3001)
        #expect(file.refused.map(\.name) == ["e", "broken"])
    }

    @Test func anEntryThatIsWrittenAgainAndAgainCountsOnce() throws {
        let file = try read(String(repeating: Self.good, count: 20_000))
        #expect(file.entries.count == 1 && file.refused.count == 19_999)
    }

    @Test(arguments: [[0xFF], Array("<%= x %>".utf8)])
    func linesThatNoEntryMayHaveAreFoundAtOnce(queue: [UInt8]) throws {
        var bytes: [UInt8] = []
        for number in 0..<20_000 {
            bytes += Array("e\(number): {every: 1h, queue: ".utf8) + queue + Array("}\n".utf8)
        }
        let file = try ScheduleFile(bytes: bytes, zones: Fixtures.zones)
        #expect(file.entries.isEmpty && file.refused.count == 20_000)
    }

    @Test func aMapWithManyKeysIsReadInOnePass() throws {
        let keys = (0..<50_000).map { "k\($0): 1" }.joined(separator: ", ")
        let file = try read("big: {every: 1h, queue: low, args: {\(keys)}}\n")
        #expect(file.entries.first?.arguments.first?.members?.count == 50_000)
    }

    /// Each was compared with all names, and looked for among all keys.
    @Test func unknownNamesAreNamedInOnePass() throws {
        let names = (0..<40_000).map { "que\($0): 1" }.joined(separator: ", ")
        let file = try read("big: {every: [1h, {\(names)}], queue: low,\n  \(names)}\n")
        #expect(file.entries.count == 1 && file.warnings.count == 80_000)
        #expect(file.warnings.count { $0.reason.contains("did you mean") } <= 20)
        #expect(file.warnings.first?.line == 2 && file.warnings.last?.line == 1)
    }

    @Test func whatIsTooMuchInAllRefusesTheFile() throws {
        let many = (0..<40_000).map { "e\($0): {every: 1h, queue: low}\n" }.joined()
        let error = #expect(throws: ScheduleError.self) { try read(many) }
        #expect(error?.description.hasPrefix("Line 33334: There are more than 33333 entries") == true)
        let values = String(repeating: "1,", count: 40_000)
        let large = (0..<6).map { "e\($0): {every: 1h, queue: low, args: [\(values)]}\n" }.joined()
        let file = try read(large + Self.good)
        #expect(file.entries.map(\.name) == ["e0", "e1", "e2", "e3", "good"])
        #expect(file.refused.map(\.reason) == Array(repeating: file.refused[0].reason, count: 2))
        #expect(file.refused[0].reason.hasPrefix("With it the file has more than 200000 values"))
    }

    @Test func namesAndValuesInMessagesAreCut() throws {
        let long = String(repeating: "z", count: 100_000)
        let file = try read(
            "\(long): {every: 1h}\na: {every: \(long), queue: q}\n"
                + "b: {cron: \"0 3 * * * Z\(long.prefix(500))\", queue: q}\n"
                + "c: {every: !\(long.prefix(900)) 1h, queue: q}\nd: {every: 1h, queue: q, \(long.prefix(900)): 1}\n")
        for remark in file.refused + file.warnings { #expect(remark.description.utf8.count < 600) }
        #expect(file.refused.count == 4)
    }

    /// They walked day by day through a hundred years.
    @Test func weeksThatAreFarApartAreFoundSoon() throws {
        let lines = (0..<2000).map { "e\($0): {cron: \"0 3 * * mon%\(90_000 + $0)\", queue: q}\n" }.joined()
        for entry in try read(lines).entries {
            #expect(
                FiringSequence(timing: entry.timing, zone: .utc)
                    .upcoming(1, after: 1_700_000_000_000, state: nil) == [])
        }
    }

    @Test func numbersOfWeeksAreBounded() throws {
        let file = try read(
            "a: {cron: \"0 3 * * mon%9223372036854775807+9223372036854775806\", queue: q}\n"
                + "b: {cron: \"0 3 * * mon%99999\", queue: q}\n")
        #expect(file.entries.map(\.name) == ["b"])
    }
}
