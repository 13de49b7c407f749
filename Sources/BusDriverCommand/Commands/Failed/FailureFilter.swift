import ArgumentParser
import BusOperations

/// Which entries of `failed` are meant, by what they say.
struct FailureFilter: ParsableArguments {
    @Option(help: ArgumentHelp("Only jobs that came from this queue.", valueName: "queue"))
    var fromQueue: String?

    @Option(name: .customLong("class"), help: ArgumentHelp("Only jobs of this class.", valueName: "class"))
    var className: String?

    @Flag(inversion: .prefixedNo, help: "Only those that were retried, or that were not.")
    var retried: Bool?

    var criteria: FailureCriteria {
        FailureCriteria(queue: fromQueue, className: className, isRetried: retried)
    }
}
