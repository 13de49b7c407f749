import ArgumentParser
import BusScheduler
import CommandInterface
import Foundation

/// The time zone of lines of cron that name none.
struct ScheduleZone: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The time zone of lines of cron that name none, and of the times that are shown. Default: this process's.",
            valueName: "name"))
    var timeZone: String?

    /// - Throws: `Complaint` with the exit code of a wrong configuration.
    func rules() throws(Complaint) -> ZoneRules {
        do throws(ScheduleError) {
            let zones = ZoneDirectory()
            guard let timeZone else { return try zones.local(environment: ProcessInfo.processInfo.environment) }
            return try zones.zone(named: timeZone)
        } catch {
            throw Complaint(error.description, code: .configuration)
        }
    }
}
