package import BusWire
package import RedisConnection

/// The digests under which a server knows the scripts; by text where it does not.
package struct ScriptDigests: Sendable, Equatable {
    private var digests: [Script: String] = [:]

    /// No script is loaded: every call is by text.
    package init() {}

    /// Loads scripts.
    ///
    /// - Parameters:
    ///   - scripts: those that will be called; others are called by text.
    ///   - connection: any connection to the server that will be called.
    /// - Throws: `RedisError` when the connection fails or the server refuses `SCRIPT LOAD`.
    package init(_ scripts: [Script], loadingOn connection: any RedisClient) async throws(RedisError) {
        var pipeline = RedisPipeline()
        for script in scripts { pipeline.append("SCRIPT", "LOAD", script.text) }
        for (script, reply) in zip(scripts, try await connection.sendChecked(pipeline)) {
            digests[script] = reply.string
        }
    }

    /// Appends a call with text arguments.
    func append(_ script: Script, keys: [String], arguments: [String], to pipeline: inout RedisPipeline) {
        begin(script, keys: keys, argumentCount: arguments.count, in: &pipeline)
        for argument in arguments { pipeline.argument(argument) }
    }

    /// Appends a call up to its keys; the caller adds `argumentCount` arguments.
    ///
    /// - Parameter byteKeys: further keys, which need not be text.
    package func begin(
        _ script: Script, keys: [String], byteKeys: [[UInt8]] = [], argumentCount: Int,
        in pipeline: inout RedisPipeline
    ) {
        let keyCount = keys.count + byteKeys.count
        pipeline.begin(argumentCount: 3 + keyCount + argumentCount)
        if let digest = digests[script] {
            pipeline.argument("EVALSHA")
            pipeline.argument(digest)
        } else {
            pipeline.argument("EVAL")
            pipeline.argument(script.text)
        }
        pipeline.argument(keyCount)
        for key in keys { pipeline.argument(key) }
        for key in byteKeys { key.withUnsafeBytes { pipeline.argument(bytes: $0) } }
    }
}

extension RedisPipeline {
    /// Appends a call by text, the only safe form inside a `MULTI`.
    mutating func appendText(of script: Script, keys: [String], arguments: [String] = []) {
        ScriptDigests().append(script, keys: keys, arguments: arguments, to: &self)
    }

    /// Appends what moves entries that wait on to the lists of failures: one reply, how many still wait.
    package mutating func appendMoveOfFailures(bus: BusKeys) {
        appendText(
            of: .moveFailures, keys: [bus.waitingFailures, bus.failed, bus.failedQueues],
            arguments: ["1000", bus.prefix, bus.failureBackend.rawValue])
    }
}
