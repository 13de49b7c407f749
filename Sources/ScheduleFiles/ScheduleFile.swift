import BoundedYAML
package import BusCalendar
import BusWire

/// A file of recurring jobs in resque-scheduler's YAML: a map of names to what they are (contract §7), or a map of
/// environments to such maps.
///
/// An entry that cannot be read is refused, and the others are kept.
package struct ScheduleFile: Sendable {
    /// What is to be said about an entry.
    package struct Remark: Hashable, Sendable, CustomStringConvertible {
        /// Which entry; nil where none can be made out.
        package let name: String?
        /// Where, counted from 1.
        package let line: Int
        /// What is wrong.
        package let reason: String

        /// `Line 7, nightly: It names no queue; write for example queue: default.`
        package var description: String {
            "Line \(line)\(name.map { ", \($0.abbreviated)" } ?? ""): \(reason)"
        }
    }

    /// What can run, in the order of the file; also what is meant for other environments by `rails_env`.
    package private(set) var entries: [ScheduleEntry] = []
    /// What cannot run, and why.
    package private(set) var refused: [Remark] = []
    /// What runs, but not quite as it is written.
    package private(set) var warnings: [Remark] = []

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: its text in UTF-8, 8 MiB at most. An empty one has no entries; an entry that is not UTF-8 is
    ///     refused.
    ///   - environment: which part of a file is read that is nested by environment; none, if it has a part for others
    ///     only.
    ///   - zones: where a time zone in a line of cron is looked up.
    ///   - zone: local time, in which times of YAML are shown that name no zone. Default UTC.
    /// - Throws: `ScheduleError` if it is no map of entries, is nested and has nothing for the environment, is too
    ///   large, or has ERB tags outside of entries, so that nobody knows which it has.
    package init(
        bytes: [UInt8], environment: String? = nil, zones: ZoneDirectory, zone: ZoneRules = .utc
    ) throws(ScheduleError) {
        let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        let garbled = isUTF8 ? MarkedLines() : MarkedLines(notUTF8: bytes)
        let tags = try MarkedLines(withTags: bytes)
        let values = YAMLValues(zone: zone)
        let sections = try ScheduleSections(
            isUTF8 ? bytes : Array(String(decoding: bytes, as: UTF8.self).utf8), environment: environment,
            values: values)
        refused = sections.refused
        for section in sections.all {
            var found: [ScheduleWarning] = []
            do throws(ScheduleError) {
                if let line = garbled.first(in: section.lines) {
                    throw ScheduleError("Line \(line) is not UTF-8; save the file in that encoding.")
                }
                if let line = tags.first(in: section.lines) { throw ScheduleError(tagInLine: line) }
                let entry = try ScheduleEntry(
                    name: section.name, definition: try values.json(section.value), zones: zones, warnings: &found)
                if String(decoding: entry.json, as: UTF8.self).contains("<%=") {
                    throw ScheduleError("It takes over a value with an ERB tag, which is not run here.")
                }
                if entry.persists {
                    found.append(
                        ScheduleWarning(
                            "persist writes nothing to Redis, so the entry goes with the file", at: ["persist"]))
                }
                entries.append(entry)
            } catch {
                refused.append(
                    Remark(name: section.name, line: section.lines.lowerBound, reason: error.description))
            }
            let lines = found.isEmpty ? nil : KeyLines(section.value, values: values)
            warnings += found.map { warning in
                Remark(
                    name: section.name,
                    line: lines?[warning.path] ?? section.lines.lowerBound,
                    reason: warning.description)
            }
        }
        refused.sort { $0.line < $1.line }
    }
}
