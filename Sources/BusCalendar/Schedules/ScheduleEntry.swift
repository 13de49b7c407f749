package import BusWire

/// One recurring job: what resque-scheduler calls a schedule (contract §7).
package struct ScheduleEntry: Hashable, Sendable {
    /// What the entry is called; the key of its state in Redis.
    package let name: String
    /// When it fires.
    package let timing: ScheduleTiming
    /// Without namespace and `queue:`.
    package let queue: String
    /// The class as it is written; by default the name.
    package let jobClass: String
    /// What the job is called with: a list spread, a hash or a single value as the only argument.
    package let arguments: [JSONValue]
    /// For people.
    package let description: String?
    /// Where the entry is meant to run (`rails_env`, `env`); everywhere if nil.
    package let environments: [String]?
    /// A class that Ruby would hand the job to; here it is the class of the job.
    package let customJobClass: String?
    /// Whether Ruby's `set_schedule` would keep it in Redis (`persist`).
    package let persists: Bool
    /// What becomes of missed firings. Default: `latest`; with rufus-scheduler's `discard_past: false`, `all`.
    package let catchUp: CatchUp
    /// What is pushed to the queue when the entry fires: `{"class":…,"args":[…]}`.
    package let element: [UInt8]
    /// The value of the hash `persistent_schedules`, as Ruby's `set_schedule` writes it: all that was read but
    /// `persist`.
    package let json: [UInt8]

    private static let knownKeys = [
        "cron", "every", "class", "queue", "args", "description", "rails_env", "env", "custom_job_class", "persist",
        "catch_up",
    ]

    /// Reads an entry of a file, or a value of the hash `persistent_schedules`.
    ///
    /// - Parameters:
    ///   - name: of the entry.
    ///   - definition: an object with the members of resque-scheduler, and `catch_up`.
    ///   - zones: where a time zone in a line of cron is looked up.
    ///   - warnings: receives what is ignored: keys and options that mean nothing here, one phrase each.
    /// - Throws: `ScheduleError` that says why the entry cannot run.
    package init(
        name: String, definition: JSONValue, zones: ZoneDirectory, warnings: inout [ScheduleWarning]
    ) throws(ScheduleError) {
        guard let members = definition.members else {
            throw ScheduleError("It must have keys, such as cron, queue and class.")
        }
        for member in members where !Self.knownKeys.contains(where: member.key.isExactly) {
            warnings.appendUnknown(member.key, "key", among: Self.knownKeys)
        }
        self.name = name
        json = try Self.encode(.object(members.filter { !$0.key.isExactly("persist") }))
        let (timing, keepsPast) = try ScheduleTiming.read(definition, zones: zones, warnings: &warnings)
        self.timing = timing
        guard let queue = try Self.text("queue", in: definition) else {
            throw ScheduleError("It names no queue, and here is no class to ask; write for example queue: default.")
        }
        self.queue = queue
        jobClass = try Self.text("class", in: definition) ?? name
        arguments = Self.arguments(definition["args"])
        description = definition["description"].map(RubyText.text)
        environments = try Self.environments(definition)
        customJobClass = try Self.text("custom_job_class", in: definition)
        persists =
            switch definition["persist"] {
            case nil, .null, .bool(false): false
            default: true
            }
        catchUp = try Self.catchUp(definition["catch_up"]) ?? (keepsPast ? .all : .latest)
        element = try Self.element(class: customJobClass ?? jobClass, fallback: jobClass, arguments: arguments)
    }

    /// Reads a value of the hash `persistent_schedules` (contract §7).
    ///
    /// - Parameters:
    ///   - name: the field.
    ///   - json: the value.
    ///   - zones: where a time zone in a line of cron is looked up.
    ///   - warnings: receives what is ignored.
    /// - Throws: `ScheduleError` that says why the entry cannot run.
    package init(
        name: String, json: [UInt8], zones: ZoneDirectory, warnings: inout [ScheduleWarning]
    ) throws(ScheduleError) {
        guard let definition = try? JSONValue.parse(json) else { throw ScheduleError("It is not JSON.") }
        try self.init(name: name, definition: definition, zones: zones, warnings: &warnings)
    }

    /// Whether the entry is meant for an environment.
    ///
    /// - Parameter environment: `RAILS_ENV`; nil runs only entries that name none.
    package func runs(in environment: String?) -> Bool {
        guard let environments else { return true }
        return environments.contains { name in environment.map(name.isExactly) ?? false }
    }
}

extension ScheduleEntry {
    /// A member that must be a text, and not an empty one; nil where there is none.
    private static func text(_ key: String, in definition: JSONValue) throws(ScheduleError) -> String? {
        switch definition[key] {
        case nil, .null, .bool(false): return nil
        case .bool(true): return "true"
        case .string(let text) where !text.isEmpty: return text
        case .number(let text): return text
        default: throw ScheduleError("'\(key)' must be a text.")
        }
    }

    private static func arguments(_ value: JSONValue?) -> [JSONValue] {
        switch value {
        case nil, .null, .bool(false): []
        case .array(let elements): elements
        case .some(let value): [value]
        }
    }

    /// Names with commas or blanks between; Ruby reads no list.
    private static func environments(_ definition: JSONValue) throws(ScheduleError) -> [String]? {
        for key in ["rails_env", "env"] {
            switch definition[key] {
            case nil, .null, .bool(false): continue
            case .string(let text): return text.split { $0 == "," || $0.isWhitespace }.map(String.init)
            case .array(let elements) where elements.allSatisfy({ $0.string != nil }):
                return elements.compactMap(\.string)
            default: throw ScheduleError("'\(key)' must be a text or a list of texts.")
            }
        }
        return nil
    }

    private static func catchUp(_ value: JSONValue?) throws(ScheduleError) -> CatchUp? {
        guard let value, value != .null else { return nil }
        guard let policy = value.string.flatMap(CatchUp.init) else {
            let policies = CatchUp.allCases.map(\.rawValue).joined(separator: ", ")
            throw ScheduleError("'catch_up' must be one of \(policies).")
        }
        return policy
    }

    /// Ruby writes the name that the class has, when it knows it.
    private static func element(
        class name: String, fallback: String, arguments: [JSONValue]
    ) throws(ScheduleError) -> [UInt8] {
        let name = name.isExactly("Resque::Job") ? fallback : name
        return try encode([
            "class": .string(RubyConstant.name(spelled: name)), "args": .array(arguments),
        ])
    }

    private static func encode(_ value: JSONValue) throws(ScheduleError) -> [UInt8] {
        do {
            return try value.encoded()
        } catch {
            throw ScheduleError("\(error.description); write it as a text.")
        }
    }
}
