import BusWire
package import RedisConnection

extension Diagnosis {
    /// What has failed for good, and whether resque-web shows all of it.
    package func failures() async throws(RedisError) -> Finding {
        let name = "Failures"
        let lists = try await FailureLists(connection: connection, bus: bus).lists()
        let filled = lists.filter { $0.length > 0 }
        guard !filled.isEmpty else { return Finding(name, .ok, "Nothing has failed for good.") }
        let counts = "Failed for good: \(Self.enumeration(filled.map { "\($0.length) in \($0.name)" }))."
        guard lists.count > 1, filled.contains(where: { $0.name == BusKeys.failedName }) else {
            return Finding(name, .ok, counts)
        }
        return Finding(
            name, .warning, "\(counts) RedisMultiQueue is in use, and resque-web does not show those in failed then.",
            remedy: "busdriver failed list shows them too; retry or remove them.")
    }
}
