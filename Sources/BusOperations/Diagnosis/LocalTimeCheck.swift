import BusCalendar

/// Whether a scheduler that is started here would know its local time.
struct LocalTimeCheck {
    let findings: [Finding]

    init(_ local: LocalZone) {
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
