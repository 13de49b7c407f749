import ArgumentParser
import BusCalendar
import BusOperations
import BusProtocol
import BusWire
import CommandInterface

/// `busdriver schedule list`
struct ScheduleList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the schedules: what the leader runs, and what is in Redis besides.",
        discussion: """
            SOURCE says where the leader has a schedule from: its file, Redis or its program's code. LAST is when it last
            fired; with --json, last_slot is the time for which it then was meant.

            Example:
              busdriver schedule list
              busdriver schedule list --json | jq 'select(.status != "running")'
            """)

    @OptionGroup var filter: EnvironmentFilter
    @OptionGroup var zone: TimeZoneOption
    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let local = try zone.local()
            let known = try await session.knownSchedules()
            local.tell(output)
            if output.json {
                for schedule in filter.meant(known.all) {
                    StandardOutput.write(schedule.json(after: known.now, zone: local.rules))
                }
            } else {
                show(filter.meant(known.all), now: known.now, local.rules)
            }
            known.tellWhoLeads(rubysPart: "what it has in its memory alone is not shown")
        }
    }

    private func show(_ schedules: [KnownSchedule], now: Int, _ zone: ZoneRules) {
        guard !schedules.isEmpty else { return StandardOutput.write("No schedules.\n") }
        var table = TextTable(
            ("NAME", .left), ("WHEN", .left), ("QUEUE", .left), ("CLASS", .left), ("LAST", .left), ("NEXT", .left),
            ("SOURCE", .left), ("STATUS", .left))
        for schedule in schedules {
            let last = schedule.lastEnqueued ?? ""
            switch schedule.entry {
            case .success(let entry):
                let next = schedule.upcoming(1, after: now, zone: zone).first
                table.add(
                    schedule.name, entry.timing.text, entry.queue, entry.jobClass, last,
                    next.map { TimeText.text($0 / 1000, in: zone) } ?? "never", schedule.source.rawValue,
                    schedule.status.rawValue)
            case .failure(let error):
                table.add(
                    schedule.name, "", "", "", last, "", schedule.source.rawValue, "refused: \(error.description)")
            }
        }
        StandardOutput.write(table.text)
    }
}
