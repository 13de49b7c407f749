import BusWire
import Foundation

/// The local time of a process, and who said so.
package struct LocalZone: Sendable, CustomStringConvertible {
    /// What it is; UTC where what was said cannot be followed.
    package let rules: ZoneRules
    /// Who said so: an option, `TZ`, `/etc/timezone` or `/etc/localtime`; nil if nobody did, which makes it UTC.
    package let source: String?
    /// Why what was said cannot be followed, in one sentence that names who said it; nil as a rule.
    package let fault: ScheduleError?

    /// What a service warns of; nil as a rule.
    package var warning: String? {
        fault.map { "local time is taken for UTC: \($0.description)" }
    }

    /// The variable of the environment.
    package static let variable = "TZ"

    /// - Parameters:
    ///   - rules: what local time is.
    ///   - source: who said so.
    package init(rules: ZoneRules, source: String?) {
        self.rules = rules
        self.source = source
        fault = nil
    }

    /// UTC for something that cannot be followed.
    private init(source: String, fault: ScheduleError) {
        rules = .utc
        self.source = source
        self.fault = ScheduleError("\(source) cannot be followed: \(fault.description)")
    }

    fileprivate init(source: String, _ read: () throws(ScheduleError) -> ZoneRules) {
        do throws(ScheduleError) {
            self.init(rules: try read(), source: source)
        } catch {
            self.init(source: source, fault: error)
        }
    }

    /// `Europe/Paris, from TZ`
    package var description: String {
        "\(rules.name.abbreviated), \(source.map { "from \($0)" } ?? "since nothing says otherwise")"
    }
}

extension ZoneDirectory {
    /// The zone of this process: the variable `TZ`, in all forms that the C library reads, else what the system is set
    /// to, else UTC. As with that library, what cannot be followed is taken for UTC.
    ///
    /// - Parameters:
    ///   - environment: of the process.
    ///   - folder: where the system says what it is set to.
    package func local(environment: [String: String], settings folder: String = "/etc") -> LocalZone {
        if let text = environment[LocalZone.variable] {
            return LocalZone(source: LocalZone.variable) { () throws(ScheduleError) in try zone(inVariable: text) }
        }
        // As et-orbi, which looks at the name first.
        if let bytes = try? ZoneFile.read("\(folder)/timezone"),
            case let name = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines),
            !name.isEmpty, let rules = try? zone(named: name)
        {
            return LocalZone(rules: rules, source: "\(folder)/timezone")
        }
        let path = "\(folder)/localtime"
        // Also a link that leads nowhere says something.
        guard (try? FileManager.default.attributesOfItem(atPath: path)) != nil else {
            return LocalZone(rules: .utc, source: nil)
        }
        return LocalZone(source: path) { () throws(ScheduleError) in try zone(ofLink: path) }
    }

    /// The forms of `TZ`: nothing for UTC; a name, a path or a rule, each after a colon if need be. Beyond the C
    /// library an offset, `+05:45`, as et-orbi reads it.
    private func zone(inVariable text: String) throws(ScheduleError) -> ZoneRules {
        guard text.utf8.count <= Self.longestVariable else {
            throw ScheduleError("It is longer than \(Self.longestVariable) bytes; write a name such as Europe/Paris.")
        }
        let text = text.hasPrefix(":") ? String(text.dropFirst()) : text
        guard !text.isEmpty else { return .utc }
        guard !text.hasPrefix("/") else { return try ZoneFile.rules(name: text, bytes: ZoneFile.read(text)) }
        do throws(ScheduleError) {
            return try zone(named: text)
        } catch {
            guard let rules = ZoneRules(posix: text) else { throw error }
            return rules
        }
    }

    private static let longestVariable = 4096

    /// By the name to which the link leads, so that it can be told, and UTC needs no database; else what the file says.
    private func zone(ofLink path: String) throws(ScheduleError) -> ZoneRules {
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path),
            let folder = target.firstRange(of: "/zoneinfo/")
        {
            return try zone(named: String(target[folder.upperBound...]))
        }
        return try ZoneFile.rules(name: path, bytes: ZoneFile.read(path))
    }
}
