import ArgumentParser
import BusCalendar
import BusOperations
import BusWire
import CommandInterface

/// `busdriver schedule next`
struct ScheduleNext: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: "Says when schedules fire next, in the order of time.",
        discussion: """
            An interval that no scheduler has seen yet is counted from now on. What is paused is shown as if it were not.

            Example:
              busdriver schedule next --count 3
              busdriver schedule next nightly hourly --time-zone Europe/Paris
            """)

    @Argument(help: "Which schedules; default: all.")
    var names: [String] = []

    @Option(help: "How many times of each.")
    var count = 1

    @OptionGroup var filter: EnvironmentFilter
    @OptionGroup var zone: TimeZoneOption
    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard 1...10_000 ~= count else { throw ValidationError("--count must be from 1 to 10000.") }
    }

    func run() async throws {
        try await redis.withSession { session in
            let local = try zone.local()
            let known = try await session.knownSchedules()
            let schedules = filter.meant(try names.isEmpty ? known.all : known.named(names))
            let firings = schedules.upcoming(count, after: known.now, zone: local.rules)
            local.tell(output)
            show(firings, local.rules)
            for schedule in schedules {
                guard case .failure(let error) = schedule.entry else { continue }
                StandardError.write("note: \(TextTable.oneLine("\(schedule.name): \(error.description)"))\n")
            }
            known.tellWhoLeads(rubysPart: "it counts intervals from its own start")
        }
    }

    private func show(_ firings: [(name: String, time: Int)], _ zone: ZoneRules) {
        guard !output.json else {
            for (name, time) in firings {
                StandardOutput.write([
                    "name": .string(name), "at": .string(TimeText.text(time / 1000, in: zone)),
                    "epoch": .seconds(time),
                ])
            }
            return
        }
        guard !firings.isEmpty else { return StandardOutput.write("Nothing fires.\n") }
        var table = TextTable(("AT", .left), ("EPOCH", .right), ("NAME", .left))
        for (name, time) in firings {
            table.add(TimeText.text(time / 1000, in: zone), JSONValue.seconds(time).text, name)
        }
        StandardOutput.write(table.text)
    }
}
