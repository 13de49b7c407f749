import ArgumentParser
import BusCalendar
import BusOperations
import BusWire
import CommandInterface
import Foundation
import ScheduleFiles

/// `busdriver schedule check`
struct ScheduleCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Reads a schedule file and says what would run. Needs no Redis.",
        discussion: """
            What a scheduler would refuse is named on standard error with its line and the reason; then the exit code is 78.
            So it is when a file is nested by environment and --environment chooses none of its parts.

            Example:
              busdriver schedule check config/schedule.yml --environment production
              erb schedule.yml.erb | busdriver schedule check -
            """)

    @Argument(help: "A file as resque-scheduler has it, in YAML; '-' is standard input.")
    var file: String

    @OptionGroup var place: ScheduleEnvironment
    @OptionGroup var zone: TimeZoneOption
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await Complaint.onFailure {
            let local = try zone.local()
            let input = try Input.open(file)
            let environment = place.name()
            let schedule = try ScheduleSource.file(from: input, environment: environment, zone: local.rules)
            local.tell(output)
            show(schedule.entries.filter { $0.runs(in: environment) }, local.rules)
            for entry in schedule.entries where !entry.runs(in: environment) {
                let environments = entry.environments?.joined(separator: ", ") ?? ""
                let here = environment.map { "this is \($0)" } ?? "--environment and RAILS_ENV are not set"
                StandardError.write(
                    "note: \(TextTable.oneLine("\(entry.name) runs only in \(environments), and \(here)")).\n")
            }
            for remark in schedule.warnings { StandardError.write("warning: \(TextTable.oneLine("\(remark)")).\n") }
            for remark in schedule.refused { StandardError.write("refused: \(TextTable.oneLine("\(remark)"))\n") }
            guard schedule.refused.isEmpty else {
                throw Complaint(
                    "\(schedule.refused.count) of \(schedule.refused.count + schedule.entries.count) entries of "
                        + "\(input.name) cannot run.",
                    code: .configuration)
            }
        }
    }

    private func show(_ entries: [ScheduleEntry], _ zone: ZoneRules) {
        let now = Int(Date().timeIntervalSince1970 * 1000)
        let next = entries.map {
            FiringSequence(timing: $0.timing, zone: zone).upcoming(1, after: now, state: nil).first
        }
        guard !output.json else {
            for (entry, next) in zip(entries, next) {
                StandardOutput.write(
                    .object(
                        [JSONMember("name", .string(entry.name))] + entry.summary
                            + [JSONMember("next", next.map { .seconds($0) } ?? nil)]))
            }
            return
        }
        guard !entries.isEmpty else { return StandardOutput.write("No schedules.\n") }
        var table = TextTable(
            ("NAME", .left), ("WHEN", .left), ("QUEUE", .left), ("CLASS", .left), ("NEXT", .left))
        for (entry, next) in zip(entries, next) {
            table.add(
                entry.name, entry.timing.text, entry.queue, entry.jobClass,
                next.map { TimeText.text($0 / 1000, in: zone) } ?? "never")
        }
        StandardOutput.write(table.text)
    }
}
