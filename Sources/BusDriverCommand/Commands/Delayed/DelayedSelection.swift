import ArgumentParser
import BusOperations
import BusWire

/// Which delayed jobs a command is about.
struct DelayedSelection: ParsableArguments {
    @Option(name: .customLong("class"), help: ArgumentHelp("Only jobs of this class.", valueName: "class"))
    var className: String?

    @Option(
        name: .customLong("args"),
        help: ArgumentHelp("Only jobs with these arguments, a JSON array.", valueName: "json"),
        transform: Self.arguments)
    var arguments: [JSONValue]?

    @Option(help: "Only jobs for this queue.")
    var queue: String?

    @Option(
        help: "Only jobs that wait for this time: epoch seconds or ISO 8601 with a zone.", transform: TimeText.parse)
    var at: Int?

    @Flag(help: "Every job.")
    var all = false

    func validate() throws {
        let isFiltered = className != nil || arguments != nil || queue != nil || at != nil
        guard all != isFiltered else {
            throw ValidationError("Say which jobs are meant: by --class, --args, --queue or --at, or --all of them.")
        }
    }

    var criteria: DelayedCriteria {
        DelayedCriteria(className: className, arguments: arguments, queue: queue, time: at)
    }

    static func arguments(_ text: String) throws -> [JSONValue] {
        guard let arguments = try? JSONValue.parse(text).elements else {
            throw ValidationError(#"'\#(text)' is not a JSON array; write for example '[42,"welcome"]'."#)
        }
        return arguments
    }
}
