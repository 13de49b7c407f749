import ArgumentParser
import BusOperations
import RedisConnection

/// Which entries of `failed` a command is about.
struct FailureSelection: ParsableArguments {
    @Argument(help: "IDs as busdriver failed list shows them, or their beginnings.")
    var ids: [String] = []

    @Flag(help: "Every entry.")
    var all = false

    @OptionGroup var filter: FailureFilter

    func validate() throws {
        guard (all || filter.criteria.isSet) != !ids.isEmpty else {
            throw ValidationError("Give the IDs of entries, or --all, or what they have in common such as --class.")
        }
        if let short = ids.first(where: { $0.prefix { $0 != "-" }.count < 4 }) {
            throw ValidationError("'\(short)' is too short an ID; give at least four characters.")
        }
    }

    /// Calls `body` for the entries that are meant, as ``FailureChoice`` does.
    ///
    /// - Throws: `OperationError` for IDs that no entry has, and for one that several have, after the others were
    ///   handled; `RedisError`.
    func visit(
        in failures: FailureLists, _ body: ([FailureRecord]) async throws(RedisError) -> Int
    ) async throws {
        let choice = FailureChoice(ids: ids, criteria: filter.criteria)
        if let fault = try await choice.visit(in: failures, body) { throw fault }
    }
}
