import ArgumentParser
import BusCalendar
import BusOperations
import BusProtocol
import BusWire
import CommandInterface

/// `busdriver schedule set`
struct ScheduleSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Adds a schedule to Redis, or replaces it.",
        discussion: """
            As Ruby's set_schedule with persist. Schedulers take it over within moments; Ruby's need Resque::Scheduler.dynamic.

            Example:
              busdriver schedule set nightly --cron '0 3 * * *' --queue reports --class NightlyReport --args '["all"]'
              busdriver schedule set cleanup --every 1h --first-in 5m --queue low --class Cleanup
              busdriver schedule set nightly --definition '{"cron":"0 3 * * *","class":"NightlyReport","queue":"reports"}'
            """)

    @Argument(help: "What the schedule is called.")
    var name: String

    @OptionGroup var definition: ScheduleDefinition
    @OptionGroup var zone: TimeZoneOption
    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !name.isEmpty else { throw ValidationError("The name of a schedule must not be empty.") }
    }

    func run() async throws {
        try await redis.withSession { session in
            let local = try zone.local()
            let entry = try checkedEntry()
            let isNew = try await session.schedules.put(name, json: entry.json)
            let known = try await session.knownSchedules()
            let next = known.all.first { $0.name.isExactly(name) }?.upcoming(1, after: known.now, zone: local.rules)
                .first
            local.tell(output)
            if output.json {
                StandardOutput.write([
                    "name": .string(name), "new": .bool(isNew), "next": next.map { .seconds($0) } ?? nil,
                ])
            } else {
                let time = next.map { TimeText.text($0 / 1000, in: local.rules) } ?? "never"
                StandardOutput.write("\(TextTable.oneLine(name)) \(isNew ? "added" : "replaced"), next \(time)\n")
            }
            known.tellWhoLeads(rubysPart: "it takes this over only where Resque::Scheduler.dynamic is set")
        }
    }

    private func checkedEntry() throws -> ScheduleEntry {
        var warnings: [ScheduleWarning] = []
        let value = try definition.value()
        do {
            let entry = try ScheduleEntry(
                name: name, definition: value, zones: ZoneDirectory(), warnings: &warnings)
            for warning in warnings { StandardError.write("warning: \(TextTable.oneLine("\(warning)")).\n") }
            return entry
        } catch {
            throw Complaint(error.description, code: .validationFailure)
        }
    }
}
