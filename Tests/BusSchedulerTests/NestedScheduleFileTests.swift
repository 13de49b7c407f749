import BusCalendar
import ScheduleFiles
import Testing

/// Files of which an application in Ruby takes the part of its environment.
@Suite(.timeLimit(.minutes(1))) struct NestedScheduleFileTests {
    private static let nested = """
        defaults: &defaults
          queue: low

        production:
          nightly: &nightly
            <<: *defaults
            cron: "0 3 * * *"
          hourly:
            every: 1h
            queue: <%= QUEUE %>

        staging:
          <<: {nightly: *nightly}
          rarely:
            <<: *defaults
            every: 1d
            quene: high

        development:
        test: {}

        """

    private func read(_ yaml: String, in environment: String?) throws -> ScheduleFile {
        try ScheduleFile(bytes: Array(yaml.utf8), environment: environment, zones: Fixtures.zones)
    }

    private func refusal(_ yaml: String, in environment: String?) -> String? {
        let error = #expect(throws: ScheduleError.self) { try read(yaml, in: environment) }
        return error?.description
    }

    @Test func theEnvironmentChoosesThePart() throws {
        let production = try read(Self.nested, in: "production")
        #expect(production.entries.map(\.name) == ["nightly"])
        #expect(production.refused.map(\.name) == ["hourly"])
        #expect(production.refused.map(\.line) == [8])
        let staging = try read(Self.nested, in: "staging")
        #expect(staging.entries.map(\.name) == ["nightly", "rarely"])
        #expect(staging.refused == [])
        #expect(
            staging.warnings.map(\.description)
                == ["Line 17, rarely: the key quene is unknown; did you mean queue?"])
    }

    @Test(arguments: ["development", "test"]) func anEmptyPartHasNoEntries(environment: String) throws {
        let file = try read(Self.nested, in: environment)
        #expect(file.entries.isEmpty && file.refused.isEmpty)
    }

    @Test func withoutAPartTheFileIsRefusedAndItsPartsAreNamed() {
        #expect(
            refusal(Self.nested, in: nil)
                == "It is nested by environment; choose one by --environment or RAILS_ENV: production, staging, development, test."
        )
        #expect(
            refusal(Self.nested, in: "qa")
                == "It is nested by environment, and has nothing for qa; there are production, staging, development, test."
        )
        let many = (0..<30).map { "e\($0): {a: {every: 1h, queue: low}}\n" }.joined()
        #expect(refusal(many, in: nil)?.hasSuffix(", ….") ?? false)
    }

    @Test func aPartThatIsBrokenLeavesTheOthers() throws {
        let broken = Self.nested + "qa:\n\tevery: 1h\n"
        #expect(try read(broken, in: "staging").entries.map(\.name) == ["nightly", "rarely"])
        let file = try read(broken, in: "qa")
        #expect(file.entries.isEmpty)
        #expect(file.refused.map(\.name) == ["qa"])
    }

    /// Ruby, given the whole file, would run what is no part.
    @Test func aFileOfBothKindsIsReadAsItStands() throws {
        let file = try read("single: {every: 1h, queue: low}\n" + Self.nested, in: "production")
        #expect(file.entries.map(\.name) == ["single"])
        let parts = file.refused.filter { $0.reason.hasPrefix("It holds schedules itself") }
        #expect(parts.map(\.name) == ["production", "staging"])
    }

    @Test(arguments: [
        "a: {every: 1h, queue: low, args: {b: {every: 1h}}}\n", "a: {queue: low, args: {b: {every: 1h}}}\n",
        "a: {args: [{every: 1h}]}\n",
    ])
    func argumentsAreNoSchedules(yaml: String) throws {
        let flat = try read(yaml, in: nil)
        #expect(flat.entries.count + flat.refused.count == 1)
    }

    @Test func oneMisspelledEntryIsNamedWithTheNearestKeyThoughItCannotRun() throws {
        let file = try read(
            """
            good:
              every: 1h
              queue: low
            bad:
              every:
                - 1h
                - frist_at: 5m
              quene: low
            """, in: nil)
        #expect(file.entries.map(\.name) == ["good"])
        #expect(file.refused.map(\.line) == [4])
        #expect(
            file.warnings.map(\.description).sorted() == [
                "Line 7, bad: the option frist_at of every is unknown; did you mean first_at?",
                "Line 8, bad: the key quene is unknown; did you mean queue?",
            ])
    }

    @Test func nothingIsGuessedOfANameLikeNoOther() throws {
        let long = String(repeating: "queue", count: 100)
        let file = try read("a: {every: 1h, queue: low, owner: x, \(long): y}\n", in: nil)
        #expect(file.warnings.allSatisfy { !$0.reason.contains("did you mean") })
        #expect(file.warnings.count == 2)
    }

    @Test func whatIsToStayInRedisIsSaidNotTo() throws {
        let file = try read("a:\n  every: 1h\n  queue: low\n  persist: true\n", in: nil)
        #expect(
            file.warnings.map(\.description)
                == ["Line 4, a: persist writes nothing to Redis, so the entry goes with the file"])
    }
}
