package import BusWire
package import RedisConnection

/// Reads the subscriptions as Ruby keeps them: the set `bus_apps` and a hash for each application (contract §3).
package struct SubscriptionRegistry: Sendable {
    private let connection: any RedisClient
    private let bus: BusKeys

    package init(connection: any RedisClient, bus: BusKeys) {
        self.connection = connection
        self.bus = bus
    }

    /// One application's hash as it stands in Redis.
    package struct Application: Sendable {
        /// The member of `bus_apps`, as written there.
        package var name: String
        /// Field and value of each record, in the order of `HGETALL`, which decides between equal keys.
        package var records: [(field: String, value: String)]
        /// Why the key is no hash; nil if it is one.
        package var problem: String?
    }

    /// What Redis has answered, not taken apart yet: whoever has read much does that beside the loop.
    package struct Reading: Sendable {
        fileprivate var hashes: [(key: String, names: [String], hash: RedisReply)] = []
        /// Bytes of all answers.
        package fileprivate(set) var byteCount = 0

        /// What each normalised name leads to, in the order in which it was read: an application for each member of
        /// `bus_apps` that is this name when normalised.
        package var byKey: [(key: String, applications: [Application])] {
            hashes.map { key, names, hash in (key, names.map { Application(name: $0, hash: hash) }) }
        }
    }

    /// So many hashes are asked for at once; in between the loop does other work.
    private static let hashesPerRequest = 128

    /// Reads every application.
    ///
    /// - Throws: `RedisError` when the connection is lost, or Redis refuses to show a hash: to go on without it would
    ///   drop its events.
    package func load() async throws(RedisError) -> [Application] {
        try await read(ApplicationNames(try await names())).byKey.flatMap(\.applications)
    }

    /// The members of `bus_apps`, not taken apart yet.
    package func names() async throws(RedisError) -> RedisReply {
        try await connection.call("SMEMBERS", bus.apps)
    }

    /// Reads the hashes of some applications.
    ///
    /// - Throws: as ``load()``.
    package func read(_ applications: ApplicationNames) async throws(RedisError) -> Reading {
        var reading = Reading()
        var rest = applications.byKey[...]
        while !rest.isEmpty {
            let next = rest.prefix(Self.hashesPerRequest)
            rest = rest.dropFirst(next.count)
            var pipeline = RedisPipeline()
            for application in next { pipeline.append("HGETALL", bus.app(application.key)) }
            let answers = try await connection.send(pipeline)
            for (application, hash) in zip(next, answers) {
                // Who knows nothing of an application's wishes because Redis is busy, say, must not take it that there
                // are none.
                if let refusal = hash.errorReply, refusal.kind != .wrongType { throw .refusal(refusal) }
                reading.hashes.append((application.key, application.names, hash))
            }
            reading.byteCount += answers.first?.answerByteCount ?? 0
        }
        return reading
    }
}

extension SubscriptionRegistry.Application {
    fileprivate init(name: String, hash: RedisReply) {
        self.name = name
        problem = hash.errorReply?.message
        records = []
        guard problem == nil else { return }
        let texts = hash.elements.map { $0.string ?? "" }
        records = stride(from: 0, to: texts.count, by: 2).map { (field: texts[$0], value: texts[$0 + 1]) }
    }
}
