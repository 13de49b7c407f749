import ArgumentParser
import BusOperations
import BusProtocol
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

    /// The one job that is meant, where everything about it is given: it is found without a look at the others.
    var exactJob: (payload: JobPayload, queue: String)? {
        guard let className, let arguments, let queue, at == nil else { return nil }
        return (JobPayload(className: className, arguments: arguments), queue)
    }

    /// Whether this is one of them, if it waits for the right time.
    func matches(_ job: DelayedRecord) -> Bool {
        (className.map { job.payload?.className.isExactly($0) == true } ?? true)
            && (arguments.map { $0 == job.payload?.arguments } ?? true)
            && (queue.map { job.queue?.isExactly($0) == true } ?? true)
    }

    static func arguments(_ text: String) throws -> [JSONValue] {
        guard let arguments = try? JSONValue.parse(text).elements else {
            throw ValidationError(#"'\#(text)' is not a JSON array; write for example '[42,"welcome"]'."#)
        }
        return arguments
    }
}
