package import RedisConnection

/// The entries of the lists of failures that an operator has chosen: by their IDs, or by what they say.
package struct FailureChoice: Sendable {
    private let ids: [String]
    private let criteria: FailureCriteria

    /// - Parameters:
    ///   - ids: as ``FailureRecord/id`` has them, or their beginnings; none for whatever the criteria let pass.
    ///   - criteria: not looked at where there are IDs.
    package init(ids: [String], criteria: FailureCriteria) {
        self.ids = ids
        self.criteria = criteria
    }

    /// Calls `body` for the entries that are meant, oldest first, some of one list at a time.
    ///
    /// - Parameter body: says how many of them are still in the list afterwards.
    /// - Returns: what is to be said, after the others were handled, of IDs that no entry has, and of one that several
    ///   have; nil as a rule.
    package func visit(
        in failures: FailureLists, _ body: ([FailureRecord]) async throws(RedisError) -> Int
    ) async throws(RedisError) -> OperationError? {
        var missing = Set(ids)
        var ambiguous: String?
        try await failures.visit { page throws(RedisError) in
            let meant = page.filter { entry in
                guard !ids.isEmpty else { return criteria.matches(entry) }
                guard let id = ids.first(where: entry.isMeant) else { return false }
                if missing.remove(id) != nil { return true }
                ambiguous = id
                return false
            }
            return meant.isEmpty ? page.count : page.count - meant.count + (try await body(meant))
        }
        if let ambiguous {
            return OperationError(
                "Several entries begin with \(ambiguous); only the oldest was handled. Give more characters.")
        }
        return missing.sorted().first.map { OperationError("No entry has the ID \($0).") }
    }
}
