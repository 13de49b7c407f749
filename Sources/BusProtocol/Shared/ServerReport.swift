package import RedisConnection

/// What `INFO` says about a server.
package struct ServerReport: Sendable {
    private let fields: [String: String]

    /// Reads the sections that checks need, in one round trip.
    ///
    /// - Throws: `RedisError`, also when the user may not call `INFO`.
    package init(connection: any RedisClient) async throws(RedisError) {
        var pipeline = RedisPipeline()
        for section in ["server", "memory", "persistence", "replication"] { pipeline.append("INFO", section) }
        self.init(try await connection.sendChecked(pipeline).map { $0.string ?? "" }.joined())
    }

    init(_ text: String) {
        fields = Dictionary(
            text.split(whereSeparator: \.isNewline).compactMap { line in
                line.firstIndex(of: ":").map { (String(line[..<$0]), String(line[line.index(after: $0)...])) }
            }, uniquingKeysWith: { $1 })
    }

    /// A field's text; empty where the server has none of that name.
    package subscript(name: String) -> String { fields[name] ?? "" }

    /// Whether keys may be evicted that never had a time to live: then Redis throws events away when memory is full.
    ///
    /// Protocol §2.4: only `noeviction` and `volatile-*` are safe. A server that does not say is believed.
    package var evictsEvents: Bool { self["maxmemory_policy"].hasPrefix("allkeys-") }

    /// `maxmemory_policy`, or what stands for it in a sentence.
    package var evictionPolicy: String { self["maxmemory_policy"].isEmpty ? "unknown" : self["maxmemory_policy"] }
}
