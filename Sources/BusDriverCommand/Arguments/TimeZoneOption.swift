import ArgumentParser
import BusCalendar
import CommandInterface
import Foundation

/// `--time-zone`: local time, of a service or of a command.
struct TimeZoneOption: ParsableArguments {
    /// An offset may begin with a minus sign.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Local time: of lines of cron without a zone, of times that are shown, and of the fields of heartbeats.",
            discussion: "A name such as Europe/Paris or an offset such as +05:45. Default: TZ, else this machine's.",
            valueName: "zone"))
    var timeZone: String?

    /// Local time: what was asked for, else that of this process.
    ///
    /// - Throws: `Complaint` with the exit code of a wrong configuration if what was asked for is unknown.
    func local() throws(Complaint) -> LocalZone {
        let zones = ZoneDirectory()
        guard let timeZone else { return zones.local(environment: ProcessInfo.processInfo.environment) }
        do throws(ScheduleError) {
            return LocalZone(rules: try zones.zone(named: timeZone), source: "--time-zone")
        } catch {
            throw Complaint("--time-zone cannot be followed: \(error.description)", code: .configuration)
        }
    }
}

extension LocalZone {
    /// Says on standard error what is wrong with local time, and that it is from TZ, which is easily overlooked.
    func tell(_ output: OutputOptions) {
        if let warning {
            StandardError.write("warning: \(TextTable.oneLine(warning))\n")
        } else if source == Self.variable, !output.json {
            StandardError.write("note: local time is \(TextTable.oneLine(description)).\n")
        }
    }
}
