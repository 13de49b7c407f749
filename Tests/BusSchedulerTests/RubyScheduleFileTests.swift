import Foundation
import Testing

/// Schedule files in the shapes that people have, entry by entry, against what resque-scheduler makes of them.
@Suite(.timeLimit(.minutes(1))) struct RubyScheduleFileTests {
    /// By row of the README's table of differences, the entries that it is about.
    private static let differences: [String: Set<String>] = [
        "an entry that cannot be read": ["broken.yml: after", "broken.yml: good"],
        "`every: 90` without quotes, `first_in: now`, `rails_env` as a list": [
            "first-in.yml: at_once_in_words", "interval-numbers.yml: number", "rails-env.yml in production: list",
            "rails-env.yml in staging: list",
        ],
        "`first_at`, `first_in`, `last_at`, `last_in`, `times`": [
            "cron-options.yml: past", "first-at.yml: past", "first-at.yml: offset",
        ],
        "a first or last time in other words than `2026-11-30 04:31`": [
            "first-at.yml: hour", "first-at.yml: in_words",
        ],
        "an entry without a queue": ["names-as-classes.yml: KnownReport", "queues.yml: false"],
        "a queue that is a list or has no name": ["queues.yml: empty", "queues.yml: list"],
        "a key that stands twice in an entry": ["written-twice.yml: other"],
        "a class such as `::Report` or `my-report`": [
            "names-as-classes.yml: ::Foreign::Report", "names-as-classes.yml: known-dashed-job",
        ],
        "objects in YAML: `!ruby/range`, `!!set`, `!!binary` and the like": Set(
            ["binary", "class", "ordered", "range", "regexp", "set"].map { "objects.yml: \($0)" }),
        "`persist: true` in a file": ["persist.yml: kept", "persist.yml: symbol", "persist.yml: text"],
        "hooks of job classes (`before_schedule`, `before_enqueue`, `scheduled`), ERB in the file": [
            "custom-job-class.yml: class_with_scheduled", "custom-job-class.yml: known", "embedded-ruby.yml: pong",
        ],
    ]

    @Test func eachEntryDoesAsInRubyOrIsInTheTable() throws {
        let listed = Set(Self.differences.values.joined())
        var found: Set<String> = []
        var unlisted: [String] = []
        for file in try RubyScheduleFile.all() {
            let ours = try file.ours()
            for name in Set(ours.keys).union(file.entries.keys).sorted() {
                let label = "\(file.label): \(name)"
                let (here, there) = (ours[name] ?? RubyScheduleFile.idle, file.entries[name] ?? RubyScheduleFile.idle)
                guard here != there else { continue }
                found.insert(label)
                if !listed.contains(label) { unlisted.append("\(label)\n  Ruby: \(there)\n  here: \(here)") }
            }
        }
        #expect(unlisted.isEmpty, "\(unlisted.joined(separator: "\n"))")
        #expect(listed.subtracting(found) == [], "These are as in Ruby.")
    }

    @Test func eachDifferenceIsARowOfTheREADME() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        for row in Self.differences.keys { #expect(readme.contains("\n| \(row) |"), "\(row)") }
    }
}
