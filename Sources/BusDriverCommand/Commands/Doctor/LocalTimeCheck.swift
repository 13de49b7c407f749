import BusCalendar
import BusOperations
import Foundation

/// Whether a scheduler with the environment of this process would know its local time.
struct LocalTimeCheck {
    let findings: [Finding]

    init(_ local: LocalZone = ZoneDirectory().local(environment: ProcessInfo.processInfo.environment)) {
        let finding =
            if let warning = local.warning {
                Finding(
                    "Local time", .warning, "With this environment \(warning)",
                    remedy: "Set TZ or --time-zone to what the scheduler's lines of cron mean.")
            } else {
                Finding("Local time", .ok, "With this environment local time is \(local).")
            }
        findings = [finding]
    }
}
