import BoundedYAML
import BusCalendar
import BusWire

/// Whether a schedule file is a map of environments, of which an application in Ruby takes its own:
/// `YAML.load_file(path)[Rails.env]`.
struct EnvironmentNesting {
    private let pairs: [YAMLPair]
    private let values: YAMLValues
    /// Whether some member of the root is a map of schedules, and none is a schedule.
    let isNested: Bool

    private static let timings: Set<String> = ["cron", "every", ":cron", ":every"]
    /// More are not named.
    private static let mostNames = 10

    /// - Parameters:
    ///   - pairs: the root of the file.
    ///   - values: reads the names.
    init(_ pairs: [YAMLPair], values: YAMLValues) {
        self.pairs = pairs
        self.values = values
        isNested = pairs.contains { Self.isSection($0.value) } && !pairs.contains { Self.isEntry($0.value) }
    }

    /// Whether a member of the root is a map of schedules.
    static func isSection(_ value: YAMLNode) -> Bool {
        guard let pairs = value.pairs?.merged else { return false }
        return pairs.contains { isEntry($0.value) } && pairs.allSatisfy { $0.value.pairs != nil || $0.value.isNothing }
    }

    private static func isEntry(_ value: YAMLNode) -> Bool {
        value.pairs?.merged.contains { $0.value.pairs == nil && timings.contains($0.key.text ?? "") } ?? false
    }

    /// The schedules of an environment.
    ///
    /// - Parameter refused: parts of the file that are no YAML.
    /// - Throws: `ScheduleError` if the file has nothing for it, not even an empty part.
    func pairs(of environment: String?, refused: [ScheduleFile.Remark]) throws(ScheduleError) -> [YAMLPair] {
        guard let environment else {
            throw ScheduleError("It is nested by environment; choose one by --environment or RAILS_ENV: \(names).")
        }
        // Ruby takes the last of equal names.
        if let value = pairs.last(where: { (try? values.name($0.key)).map(environment.isExactly) ?? false })?.value {
            return value.pairs?.merged ?? []
        }
        guard !refused.contains(where: { $0.name.map(environment.isExactly) ?? false }) else { return [] }
        throw ScheduleError(
            "It is nested by environment, and has nothing for \(environment.abbreviated); there are \(names).")
    }

    private var names: String {
        let names = pairs.filter { Self.isSection($0.value) || $0.value.isNothing || $0.value.pairs?.isEmpty == true }
            .compactMap { try? values.name($0.key).abbreviated }
        return names.prefix(Self.mostNames).joined(separator: ", ") + (names.count > Self.mostNames ? ", …" : "")
    }
}

extension YAMLNode {
    /// Nothing is written, or null.
    var isNothing: Bool {
        if case .scalar(let text, true) = content { ["", "~", "null", "Null", "NULL"].contains(text) } else { false }
    }
}
