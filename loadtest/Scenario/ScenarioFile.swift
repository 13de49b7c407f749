import BoundedYAML
import Foundation

/// A scenario in YAML: the sections `target`, `load` and `shape` with the flags' own words as keys, and `thresholds` as
/// a list.
enum ScenarioFile {
    /// Reads the file. A relative `events-file` is looked for beside it.
    ///
    /// - Throws: `ScenarioError` that names the file, the line and the key, and says what is allowed.
    static func draft(path: String) throws(ScenarioError) -> ScenarioDraft {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ScenarioError("The scenario file \(path) cannot be read.")
        }
        guard String(validating: data, as: UTF8.self) != nil else {
            throw ScenarioError("The scenario file \(path) is not UTF-8 text.")
        }
        guard let root = try node(data, path) else { return ScenarioDraft() }
        var draft = ScenarioDraft()
        for (key, value) in try members(of: root, path, "it must hold the sections \(sections)") {
            if let section = ScenarioSetting.Section(rawValue: key.text) {
                try read(section, value, path, into: &draft)
            } else if key.text == thresholdsKey {
                draft.thresholds = try thresholds(value, path)
            } else {
                throw ScenarioError(
                    "\(place(key.node, path)): there is no section '\(key.text)'; allowed are \(sections).")
            }
        }
        return draft
    }

    private static let thresholdsKey = "thresholds"
    private static let sections =
        ScenarioSetting.Section.allCases.map(\.rawValue).joined(separator: ", ") + " and " + thresholdsKey

    private static func read(
        _ section: ScenarioSetting.Section, _ node: YAMLNode, _ path: String, into draft: inout ScenarioDraft
    ) throws(ScenarioError) {
        let allowed = ScenarioSetting.allCases.filter { $0.section == section }.map(\.rawValue).joined(separator: ", ")
        for (key, value) in try members(of: node, path, "the section \(section) must hold some of \(allowed)") {
            guard let setting = ScenarioSetting(rawValue: key.text), setting.section == section else {
                throw ScenarioError(
                    "\(place(key.node, path)): the section \(section) has no '\(key.text)'; allowed are \(allowed).")
            }
            let place = "\(place(key.node, path)), \(setting.rawValue)"
            var text = try scalar(value, place)
            if setting == .eventsFile { text = URL(fileURLWithPath: text, relativeTo: URL(fileURLWithPath: path)).path }
            draft.settings[setting] = .init(text: text, place: place)
        }
    }

    private static func thresholds(_ node: YAMLNode, _ path: String) throws(ScenarioError) -> [ScenarioDraft.Value] {
        guard case .sequence(let list) = node.content else {
            throw ScenarioError("\(place(node, path)): thresholds must be a list, such as [lost==0, e2e.p99<20ms].")
        }
        var thresholds: [ScenarioDraft.Value] = []
        for item in list {
            let place = "\(place(item, path)), \(thresholdsKey)"
            thresholds.append(.init(text: try scalar(item, place), place: place))
        }
        return thresholds
    }

    // MARK: YAML

    private static func node(_ data: Data, _ path: String) throws(ScenarioError) -> YAMLNode? {
        var reader = YAMLReader()
        do throws(YAMLError) {
            return try reader.read(data)
        } catch {
            throw ScenarioError("Line \(error.line) of \(path): \(error)")
        }
    }

    private static func members(
        of node: YAMLNode, _ path: String, _ requirement: String
    ) throws(ScenarioError) -> [(key: (text: String, node: YAMLNode), value: YAMLNode)] {
        guard let pairs = node.pairs else { throw ScenarioError("\(place(node, path)): \(requirement).") }
        var members: [(key: (text: String, node: YAMLNode), value: YAMLNode)] = []
        for (key, value) in pairs {
            guard let text = key.text else { throw ScenarioError("\(place(key, path)): \(requirement).") }
            members.append(((text, key), value))
        }
        return members
    }

    private static func scalar(_ node: YAMLNode, _ place: String) throws(ScenarioError) -> String {
        guard case .scalar(let text, let isPlain) = node.content, !(isPlain && nothing.contains(text)) else {
            throw ScenarioError("\(place): it needs one value.")
        }
        return text
    }

    /// What means null where it is not quoted.
    private static let nothing: Set = ["", "~", "null", "Null", "NULL"]

    private static func place(_ node: YAMLNode, _ path: String) -> String { "Line \(node.line) of \(path)" }
}
