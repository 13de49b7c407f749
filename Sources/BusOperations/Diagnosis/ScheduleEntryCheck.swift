import BusCalendar
import BusProtocol
import BusWire

/// Entries of `persistent_schedules` that no scheduler can run, and what is paused.
struct ScheduleEntryCheck {
    let findings: [Finding]

    init(_ contents: ScheduleRegistry.Contents) {
        let zones = ZoneDirectory()
        var findings: [Finding] = []
        for (name, json) in contents.persistent.sorted(by: { $0.name < $1.name }) {
            do throws(ScheduleError) {
                var warnings: [ScheduleWarning] = []
                _ = try ScheduleEntry(name: name, json: json, zones: zones, warnings: &warnings)
            } catch {
                findings.append(
                    Finding(
                        "Broken schedule", .problem, "\(name): \(error.description)",
                        remedy: "Set it anew with busdriver schedule set '\(name)', or remove it with busdriver "
                            + "schedule remove '\(name)'."))
            }
        }
        if !contents.paused.isEmpty {
            let names = contents.paused.map(\.text).sorted().joined(separator: ", ")
            findings.append(Finding("Paused schedules", .ok, "These do not fire until they are resumed: \(names)."))
        }
        let isSound = !findings.contains { $0.verdict != .ok }
        let summary = "\(contents.persistent.count) schedules in Redis, \(isSound ? "all" : "not all") can be read."
        self.findings = [Finding("Schedules", .ok, summary)] + findings
    }
}
