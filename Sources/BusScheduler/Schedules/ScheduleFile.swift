import BusWire

/// A file of recurring jobs in resque-scheduler's YAML: a map of names to what they are (contract §7).
///
/// An entry that cannot be read is refused, and the others are kept.
public struct ScheduleFile: Sendable {
    /// What is to be said about an entry.
    public struct Remark: Hashable, Sendable, CustomStringConvertible {
        /// Which entry; nil where none can be made out.
        public let name: String?
        /// Where, counted from 1.
        public let line: Int
        /// What is wrong.
        public let reason: String

        /// `Line 7, nightly: It names no queue; write for example queue: default.`
        public var description: String {
            "Line \(line)\(name.map { ", \($0)" } ?? ""): \(reason)"
        }
    }

    /// What can run, in the order of the file.
    public private(set) var entries: [ScheduleEntry] = []
    /// What cannot run, and why.
    public private(set) var refused: [Remark] = []
    /// What runs, but not quite as it is written.
    public private(set) var warnings: [Remark] = []

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: its text in UTF-8. An empty one has no entries; an entry that is not UTF-8 is refused.
    ///   - zones: where a time zone in a line of cron is looked up.
    /// - Throws: `ScheduleError` if it is no map of entries, or has ERB tags outside of them, so that nobody knows
    ///   which entries it has.
    public init(bytes: [UInt8], zones: ZoneDirectory) throws(ScheduleError) {
        let yaml = String(decoding: bytes, as: UTF8.self)
        let garbled = GarbledLines(bytes)
        let tags = try TemplateTags(yaml)
        let sections = try ScheduleSections(yaml)
        refused = sections.refused
        for section in sections.all {
            do throws(ScheduleError) {
                if let line = garbled.first(in: section.lines) {
                    throw ScheduleError("Line \(line) is not UTF-8; save the file in that encoding.")
                }
                if let line = tags.first(in: section.lines) { throw ScheduleError(TemplateTags.complaint(line: line)) }
                var phrases: [String] = []
                let entry = try ScheduleEntry(
                    name: section.name, definition: try YAMLValue.json(section.value), zones: zones,
                    warnings: &phrases)
                if String(decoding: entry.json, as: UTF8.self).contains("<%=") {
                    throw ScheduleError("It takes over a value with an ERB tag, which is not run here.")
                }
                entries.append(entry)
                warnings += phrases.map { Remark(name: section.name, line: section.lines.lowerBound, reason: $0) }
            } catch {
                refused.append(
                    Remark(name: section.name, line: section.lines.lowerBound, reason: error.description))
            }
        }
        refused.sort { $0.line < $1.line }
    }
}

/// The lines of a file, apart from comments, that are not UTF-8.
private struct GarbledLines {
    private var lines: [Int] = []

    init(_ bytes: [UInt8]) {
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let content = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard content.first != UInt8(ascii: "#"), String(validating: line, as: UTF8.self) == nil else { continue }
            lines.append(index + 1)
        }
    }

    func first(in range: Range<Int>) -> Int? { lines.first(where: range.contains) }
}

/// The lines of a file that ERB would have rendered before YAML is read.
private struct TemplateTags {
    private var lines: [Int] = []

    /// - Throws: `ScheduleError` for a tag that may decide which entries there are.
    init(_ yaml: String) throws(ScheduleError) {
        for (index, line) in yaml.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = line.drop { $0 == " " || $0 == "\t" }
            guard !content.hasPrefix("#"), let tag = content.firstRange(of: "<%") else { continue }
            let isValue = content[tag.upperBound...].hasPrefix("=") && tag.lowerBound != line.startIndex
            lines.append(index + 1)
            guard isValue else { throw ScheduleError(Self.complaint(line: lines[0])) }
        }
    }

    func first(in range: Range<Int>) -> Int? { lines.first(where: range.contains) }

    static func complaint(line: Int) -> String {
        "Line \(line) has an ERB tag, which is not run here; render the file first: erb schedule.yml.erb > schedule.yml."
    }
}
