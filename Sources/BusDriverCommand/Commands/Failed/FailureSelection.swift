import ArgumentParser
import BusOperations
import CommandInterface
import RedisConnection

/// Which entries of `failed` a command is about.
struct FailureSelection: ParsableArguments {
    @Argument(help: "IDs as busdriver failed list shows them, or their beginnings.")
    var ids: [String] = []

    @Flag(help: "Every entry.")
    var all = false

    @OptionGroup var filter: FailureFilter

    func validate() throws {
        guard (all || filter.isSet) != !ids.isEmpty else {
            throw ValidationError("Give the IDs of entries, or --all, or what they have in common such as --class.")
        }
        if let short = ids.first(where: { $0.prefix { $0 != "-" }.count < 4 }) {
            throw ValidationError("'\(short)' is too short an ID; give at least four characters.")
        }
    }

    /// Calls `body` for the entries that are meant, oldest first, some of one list at a time.
    ///
    /// - Parameter body: says how many of them are still in the list afterwards.
    /// - Throws: `Complaint` for IDs that no entry has, and for one that several have, after the others were handled.
    func visit(
        in failures: FailureLists, _ body: ([FailureRecord]) async throws(RedisError) -> Int
    ) async throws {
        var missing = Set(ids)
        var ambiguous: String?
        try await failures.visit { page throws(RedisError) in
            let meant = page.filter { entry in
                guard !ids.isEmpty else { return filter.matches(entry) }
                guard let id = ids.first(where: entry.isMeant) else { return false }
                if missing.remove(id) != nil { return true }
                ambiguous = id
                return false
            }
            return meant.isEmpty ? page.count : page.count - meant.count + (try await body(meant))
        }
        if let ambiguous {
            throw Complaint(
                "Several entries begin with \(ambiguous); only the oldest was handled. Give more characters.")
        }
        if let first = missing.sorted().first { throw Complaint("No entry has the ID \(first).") }
    }
}
