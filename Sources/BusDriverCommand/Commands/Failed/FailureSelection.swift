import ArgumentParser
import BusStore
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
        if let short = ids.first(where: { $0.count < 4 }) {
            throw ValidationError("'\(short)' is too short an ID; give at least four characters.")
        }
    }

    /// Calls `body` for every entry that is meant, oldest first.
    ///
    /// - Parameter body: says whether the entry is still in the list afterwards.
    /// - Throws: `Complaint` for IDs that no entry has, after the others were handled; and for one that two have, at once.
    func visit(
        in failures: Failures, _ body: (FailureRecord) async throws(RedisError) -> Bool
    ) async throws {
        var missing = Set(ids)
        var handled: [String: String] = [:]
        var ambiguous: String?
        try await failures.visit { entry throws(RedisError) in
            guard !ids.isEmpty else { return filter.matches(entry) ? try await body(entry) : true }
            guard let id = ids.first(where: entry.id.hasPrefix) else { return true }
            if let other = handled[id] {
                if other != entry.id { ambiguous = id }
                return true
            }
            handled[id] = entry.id
            missing.remove(id)
            return try await body(entry)
        }
        if let ambiguous {
            throw Complaint(
                "Several entries begin with \(ambiguous); only the oldest was handled. Give more characters.")
        }
        if let first = missing.sorted().first { throw Complaint("No entry has the ID \(first).") }
    }
}
