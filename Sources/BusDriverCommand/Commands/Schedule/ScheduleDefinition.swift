import ArgumentParser
import BusWire
import CommandInterface

/// What a schedule shall be: by options, or as JSON.
struct ScheduleDefinition: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A line of cron, of five fields or six, and perhaps a time zone: '30 2 * * mon-fri Europe/Paris'.",
            valueName: "line"))
    var cron: String?

    @Option(help: ArgumentHelp("The time between two firings: 30s, 1h30m, 2 weeks.", valueName: "interval"))
    var every: String?

    @Option(
        help: ArgumentHelp(
            "With --every, the time from when a scheduler first sees it to the first firing. Default: as --every.",
            valueName: "interval"))
    var firstIn: String?

    @Option(help: "Where the job goes.")
    var queue: String?

    @Option(
        name: .customLong("class"),
        help: ArgumentHelp("The class of the job. Default: the name of the schedule.", valueName: "class"))
    var className: String?

    @Option(
        name: .customLong("args"),
        help: ArgumentHelp(
            "What the job is called with, as JSON: the elements of an array, or one object or value.",
            valueName: "json"),
        transform: Self.json)
    var arguments: JSONValue?

    @Option(help: "For people.")
    var description: String?

    @Option(
        help: ArgumentHelp("Run it only where RAILS_ENV is one of these, separated by commas.", valueName: "names"))
    var railsEnv: String?

    @Option(
        help: ArgumentHelp(
            "What becomes of firings for which nobody was there: latest (the default), all or skip.",
            valueName: "policy"))
    var catchUp: String?

    @Option(
        help: ArgumentHelp(
            "Instead of the other options, all that an entry of resque-scheduler's may have; '-' is standard input.",
            valueName: "json"))
    var definition: String?

    func validate() throws {
        let timings = [cron, every, definition].compactMap(\.self).count
        guard timings == 1 else {
            throw ValidationError("Give --cron or --every, or everything at once by --definition.")
        }
        guard firstIn == nil || every != nil else { throw ValidationError("--first-in needs --every.") }
        let others = [queue, className, description, railsEnv, catchUp].contains { $0 != nil } || arguments != nil
        guard definition == nil || !others else {
            throw ValidationError("--definition says everything; leave the other options out.")
        }
    }

    /// The object that `persistent_schedules` is to have, its members in the order of resque-scheduler's examples.
    ///
    /// - Throws: `Complaint` when it is not JSON.
    func value() throws -> JSONValue {
        if let definition {
            let text = definition == "-" ? String(decoding: try Input.standard.read(), as: UTF8.self) : definition
            guard let value = try? JSONValue.parse(text) else {
                throw Complaint("The definition is not JSON.", code: .validationFailure)
            }
            return value
        }
        let interval: JSONValue? = every.map { every in
            firstIn.map { [.string(every), ["first_in": .string($0)]] } ?? .string(every)
        }
        let members: [(String, JSONValue?)] = [
            ("cron", cron.map { .string($0) }), ("every", interval), ("class", className.map { .string($0) }),
            ("queue", queue.map { .string($0) }), ("args", arguments), ("description", description.map { .string($0) }),
            ("rails_env", railsEnv.map { .string($0) }), ("catch_up", catchUp.map { .string($0) }),
        ]
        return .object(members.compactMap { key, value in value.map { JSONMember(key, $0) } })
    }

    private static func json(_ text: String) throws -> JSONValue {
        guard let value = try? JSONValue.parse(text) else {
            throw ValidationError(#"'\#(text)' is not JSON; write for example '[42,"welcome"]'."#)
        }
        return value
    }
}
