import BusWire
import Foundation

/// A file of captured traffic in JSON Lines: `{"application":"…","records":{"field":"record"}}` for each application,
/// and `{"element":"…"}` for each element of the incoming list, in its order.
struct CaptureFile: Hashable, Sendable {
    var applications: [WorkloadApplication] = []
    /// The bytes as they stood on the list.
    var elements: [[UInt8]] = []

    /// - Throws: `ScenarioError` that names the file, and the line where it is about one.
    init(path: String) throws(ScenarioError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ScenarioError("The events file \(path) cannot be read.")
        }
        let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.allSatisfy(RubyText.isStripped) {
            do {
                try take(JSONValue.parse(Array(line)))
            } catch {
                throw ScenarioError("Line \(index + 1) of the events file \(path) cannot be used: \(error).")
            }
        }
        guard !elements.isEmpty else { throw ScenarioError("The events file \(path) holds no events.") }
    }

    private mutating func take(_ line: JSONValue) throws {
        if let element = line["element"]?.string {
            elements.append(Array(element.utf8))
        } else if let member = line["application"]?.string, let records = line["records"]?.members {
            guard let name = BusName.applicationKey(member) else {
                throw ScenarioError("\(member) is no valid name of an application")
            }
            guard !applications.contains(where: { $0.name == name }) else {
                throw ScenarioError("the application \(name) stands in an earlier line")
            }
            applications.append(try Self.application(name, records))
        } else {
            throw ScenarioError(
                #"it must be {"application":"…","records":{"field":"record"}} or {"element":"…"}"#)
        }
    }

    private static func application(_ name: String, _ records: [JSONMember]) throws -> WorkloadApplication {
        let pairs = try records.map { member in
            guard let record = member.value.string else {
                throw ScenarioError("the record of the field \(member.key) must be a text")
            }
            return (member.key, record)
        }
        return WorkloadApplication(name: name, records: Dictionary(pairs) { _, last in last })
    }

    // MARK: Writing

    /// The line of an application, with its line break.
    static func line(for application: WorkloadApplication) -> [UInt8] {
        let records = application.records.sorted { $0.key < $1.key }.map { JSONMember($0.key, .string($0.value)) }
        return line(["application": .string(application.name), "records": .object(records)])
    }

    /// The line of an element, with its line break; nil for one that is not UTF-8, which JSON cannot hold.
    static func line(for element: [UInt8]) -> [UInt8]? {
        String(validating: element, as: UTF8.self).map { line(["element": .string($0)]) }
    }

    private static func line(_ value: JSONValue) -> [UInt8] {
        guard let text = try? value.encoded() else { preconditionFailure("texts can always be written as JSON") }
        return text + [UInt8(ascii: "\n")]
    }
}
