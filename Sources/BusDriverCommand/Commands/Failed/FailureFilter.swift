import ArgumentParser
import BusOperations
import BusWire

/// Which entries of `failed` are meant, by what they say.
struct FailureFilter: ParsableArguments {
    @Option(help: ArgumentHelp("Only jobs that came from this queue.", valueName: "queue"))
    var fromQueue: String?

    @Option(name: .customLong("class"), help: ArgumentHelp("Only jobs of this class.", valueName: "class"))
    var className: String?

    @Flag(inversion: .prefixedNo, help: "Only those that were retried, or that were not.")
    var retried: Bool?

    /// Whether anything was asked for.
    var isSet: Bool { fromQueue != nil || className != nil || retried != nil }

    func matches(_ entry: FailureRecord) -> Bool {
        (fromQueue?.isExactly(entry.queue) ?? true) && (className?.isExactly(entry.className) ?? true)
            && (retried.map { $0 == (entry.retriedAt != nil) } ?? true)
    }
}
