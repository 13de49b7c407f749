package import BusWire
package import RedisConnection

/// The lock whose holder leads all schedulers of a namespace, Ruby's among them (contract §7, protocol §5.1).
///
/// A holder renews it long before it ends. That alone does not keep a leader that was paused from moving jobs after
/// another took over: each of its scripts compares the lock with its own value.
package struct SchedulerLock: Sendable {
    /// How long Ruby's lock lasts without renewal, in seconds.
    package static let defaultSeconds = 180

    /// The key, and what it holds while one scheduler leads.
    package struct Identity: Sendable, Hashable {
        package let key: String
        /// Ruby compares it as a whole. Its own is `<host>:<pid>`; one that is to be told from all others has a random
        /// part.
        package let value: String

        /// - Parameters:
        ///   - bus: the namespace.
        ///   - prefix: the `RESQUE_SCHEDULER_MASTER_LOCK_PREFIX` of the Ruby schedulers; empty, the default, for none.
        ///   - value: never used by another process, nor by this one after a restart.
        package init(bus: BusKeys, prefix: String = "", value: String) {
            key = bus.schedulerLock(prefix: prefix)
            self.value = value
        }

        /// A value of this process that no other has: Ruby's with a random part.
        package static func uniqueValue(host: String, processID: Int32) -> String {
            "\(host):\(processID):\(String(UInt64.random(in: .min ... .max), radix: 16))"
        }
    }

    /// Who leads.
    package struct Holder: Sendable, Hashable {
        /// What it has written to the lock.
        package let value: String
        /// Until the lock ends by itself; nil when it never does, and then somebody must delete it.
        package let remaining: Duration?

        /// Whether it is one of Ruby's, which write `<host>:<pid>`; ours write `<host>:<pid>:<random>`.
        package var isRuby: Bool {
            let parts = value.split(separator: ":", omittingEmptySubsequences: false)
            return parts.count != 3 || parts[0].isEmpty || Int(parts[1]) == nil
        }

        package init(value: String, remaining: Duration?) {
            self.value = value
            self.remaining = remaining
        }

        /// Reads the two replies of ``SchedulerLock/appendHolder(of:to:)``; nil when nobody leads.
        package init?(_ replies: some BidirectionalCollection<RedisReply>) {
            guard let value = replies.first?.string else { return nil }
            let rest = replies.last?.integer ?? -1
            self.init(value: value, remaining: rest == -1 ? nil : .milliseconds(max(0, rest)))
        }
    }

    package let identity: Identity
    private let connection: any RedisClient
    private let seconds: Int

    /// - Parameters:
    ///   - connection: used for one round trip a call.
    ///   - identity: of the scheduler that calls.
    ///   - seconds: how long the lock lasts without renewal; positive. Default: as long as Ruby's.
    package init(connection: any RedisClient, identity: Identity, seconds: Int = defaultSeconds) {
        precondition(seconds > 0, "A lock lasts a second or longer.")
        self.connection = connection
        self.identity = identity
        self.seconds = seconds
    }

    /// Makes this scheduler the leader if nobody leads, or lets it lead on.
    ///
    /// - Returns: nil when it leads, else the value of who does.
    /// - Throws: `RedisError`; with `connectionLost` and `timedOut` nobody knows whether it leads. To ask again is
    ///   safe.
    package func take() async throws(RedisError) -> String? {
        let answer = try await call(.takeLock, [identity.value, String(seconds)])
        return answer[0].string == "LEADER" ? nil : answer[1].string ?? ""
    }

    /// Lets the next scheduler lead at once.
    ///
    /// - Returns: false when this one did not lead.
    package func release() async throws(RedisError) -> Bool {
        try await call(.releaseLock, [identity.value]).integer == 1
    }

    /// Who leads; nil when nobody does.
    ///
    /// - Parameter key: `BusKeys.schedulerLock(prefix:)`.
    package static func holder(of key: String, _ connection: any RedisClient) async throws(RedisError) -> Holder? {
        var pipeline = RedisPipeline()
        appendHolder(of: key, to: &pipeline)
        return Holder(try await connection.send(pipeline, keys: [key, key]))
    }

    /// What the lock holds; nil for nothing.
    package static func value(of key: String, _ connection: any RedisClient) async throws(RedisError) -> String? {
        var pipeline = RedisPipeline()
        appendValue(of: key, to: &pipeline)
        return try await connection.send(pipeline, keys: [key])[0].string
    }

    /// Appends the question what the lock holds: one reply.
    package static func appendValue(of key: String, to pipeline: inout RedisPipeline) { pipeline.append("GET", key) }

    /// Appends the question who leads: two replies, of which the first is that of a `GET`.
    package static func appendHolder(of key: String, to pipeline: inout RedisPipeline) {
        appendValue(of: key, to: &pipeline)
        pipeline.append("PTTL", key)
    }

    /// Appends what lets the leader lead on: one reply, 1; 0 when somebody else leads, or nobody.
    package func appendRenewal(to pipeline: inout RedisPipeline) {
        append(.renewLock, [identity.value, String(seconds)], to: &pipeline)
    }

    private func append(_ script: Script, _ arguments: [String], to pipeline: inout RedisPipeline) {
        ScriptDigests().append(script, keys: [identity.key], arguments: arguments, to: &pipeline)
    }

    private func call(_ script: Script, _ arguments: [String]) async throws(RedisError) -> RedisReply {
        var pipeline = RedisPipeline()
        append(script, arguments, to: &pipeline)
        return try await connection.send(pipeline, keys: [identity.key])[0]
    }
}
