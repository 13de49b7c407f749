package import LibevExecutor
package import Logging

/// A connection to Redis for commands, on the loop of a ``LibevExecutor``.
///
/// The actor's executor is that loop. An actor on the same loop calls ``submit(_:timeout:completion:)`` without a
/// suspension; everybody else awaits ``send(_:timeout:)``. What is submitted in one loop turn leaves in one `write`.
///
/// When the connection is lost, everything under way fails and nothing is ever sent again by itself; ``connect()``
/// makes a new one. Never use it for SUBSCRIBE (see ``RedisSubscriber``), and give blocking commands a connection of
/// their own: everything behind them waits.
package actor RedisConnection {
    /// The loop that this connection lives on.
    package nonisolated let executor: LibevExecutor
    package nonisolated let configuration: RedisConfiguration
    let logger: Logger
    nonisolated let link: RedisLink
    private let resolver: AddressResolver
    /// Counts the calls of `connect` and `closeNow`: an attempt that sees another number than its own was superseded.
    private var attempt = 0
    /// The last attempt that took too long.
    private var expired: Int?
    var backoff: ReconnectBackoff

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Does not connect.
    package init(configuration: RedisConfiguration, executor: LibevExecutor, logger: Logger) {
        self.init(configuration: configuration, executor: executor, logger: logger, resolver: AddressResolver())
    }

    init(configuration: RedisConfiguration, executor: LibevExecutor, logger: Logger, resolver: AddressResolver) {
        self.configuration = configuration
        self.executor = executor
        self.logger = logger
        self.resolver = resolver
        backoff = configuration.backoff
        link = RedisLink(executor: executor, longestString: configuration.longestString)
    }

    deinit {
        executor.execute { [link] in
            link.close(RedisError(.closed, "The connection object is gone."), tellLoss: false)
        }
    }

    // MARK: - Connecting

    /// Makes one attempt: looks the name up, tries each address in turn, and performs the handshake. A connection that
    /// was open is closed first. A later `connect` or `close` ends an attempt under way with the code `closed`.
    ///
    /// - Throws: `RedisError` with `unreachable`, `authentication`, `configuration`, `protocolViolation`, `timedOut`,
    ///   `connectionLost`, `reply` or `closed`.
    package func connect() async throws(RedisError) -> RedisServerInfo {
        attempt += 1
        let own = attempt
        link.close(RedisError(.closed, "The connection was replaced by a new one."), tellLoss: false)
        let limit = configuration.attemptTimeout.map {
            executor.schedule(after: $0) { [weak self] in self?.assumeIsolated { $0.expire(own) } }
        }
        defer { limit?.cancel() }

        let credentials = try configuration.credentials()
        let addresses = try await resolver.resolve(
            configuration.endpoint.address, timeout: configuration.connectTimeout, on: executor
        ).get()
        var failure = RedisError(.unreachable, "The name in \(configuration.endpoint) has no address.")
        for address in addresses {
            if let error = await open(address, for: own) {
                failure = error
            } else {
                return try await greet(credentials, for: own)
            }
            try stillWanted(own)
        }
        throw failure
    }

    private func stillWanted(_ own: Int) throws(RedisError) {
        guard own == attempt else { throw endError(of: own) }
    }

    /// Ends an attempt that takes too long, unless it has ended.
    private func expire(_ own: Int) {
        guard own == attempt else { return }
        expired = own
        attempt += 1
        link.close(endError(of: own), tellLoss: false)
    }

    private func endError(of own: Int) -> RedisError {
        guard own == expired, let limit = configuration.attemptTimeout else {
            return RedisError(.closed, "The attempt to connect was given up.")
        }
        return RedisError(.unreachable, "\(configuration.endpoint) did not answer within \(limit).")
    }

    private func open(_ address: ResolvedAddress, for own: Int) async -> RedisError? {
        await withCheckedContinuation { continuation in
            // Checked here, because every await before this may have let another attempt begin.
            guard own == attempt else { return continuation.resume(returning: endError(of: own)) }
            link.open(address, timeout: configuration.connectTimeout) { continuation.resume(returning: $0) }
        }
    }

    private func greet(_ credentials: RedisCredentials?, for own: Int) async throws(RedisError) -> RedisServerInfo {
        let handshake = RedisHandshake(
            database: configuration.database, clientName: configuration.clientName, credentials: credentials,
            needsRole: configuration.needsRole)
        let result: Result<RedisReplies, RedisError> = await withCheckedContinuation { continuation in
            guard own == attempt else { return continuation.resume(returning: .failure(endError(of: own))) }
            // A server without a connection to spare says so at once, and closes.
            if let end = link.end { return continuation.resume(returning: .failure(end)) }
            link.submit(handshake.pipeline, in: .greeting, timeout: configuration.connectTimeout) {
                continuation.resume(returning: $0)
            }
        }
        // From here on nothing is awaited: the link is this attempt's.
        try stillWanted(own)
        do throws(RedisError) {
            let info = try handshake.serverInfo(from: try result.get())
            guard link.phase == .greeting else { throw RedisError(.connectionLost, "Redis closed the connection.") }
            link.becomeReady(idlePing: configuration.idlePing, pingTimeout: configuration.commandTimeout)
            logger.debug(
                "Connected to Redis", metadata: ["endpoint": "\(configuration.endpoint)", "role": "\(info.role)"])
            return info
        } catch {
            link.close(error, tellLoss: false)
            throw error
        }
    }

    // MARK: - Commands

    /// Sends the pipeline and returns all of its replies. Error replies are replies; they are not thrown.
    ///
    /// Cancelling the task does not call the commands back: the result comes by reply, loss or deadline.
    ///
    /// - Parameter timeout: Until when the last reply must have come, or the connection is given up. Default: the
    ///   configuration's `commandTimeout`. A blocking command needs its own timeout and some seconds more. The deadline
    ///   of a pipeline is watched from the moment at which all earlier ones are answered.
    /// - Throws: `RedisError` with `connectionLost` or `timedOut` (outcome unknown), `protocolViolation`, or `closed`.
    package func send(_ pipeline: RedisPipeline, timeout: Duration? = nil) async throws(RedisError) -> RedisReplies {
        try await withCheckedContinuation { continuation in
            submit(pipeline, timeout: timeout) { continuation.resume(returning: $0) }
        }.get()
    }

    /// Sends the pipeline at the end of this loop turn. Call it on the loop's thread.
    ///
    /// `completion` is called exactly once, on the loop's thread, never before this function has returned. Error
    /// replies are part of a success. For `timeout` and the errors see ``send(_:timeout:)``.
    package nonisolated func submit(
        _ pipeline: RedisPipeline, timeout: Duration? = nil,
        completion: @escaping @Sendable (Result<RedisReplies, RedisError>) -> Void
    ) {
        executor.checkIsolated()
        link.submit(pipeline, timeout: timeout ?? configuration.commandTimeout, completion: completion)
    }

    // MARK: - The end

    /// Calls `body` on the loop each time a connection that was ready is lost, after everything under way has failed.
    /// Not called for ``close()``. May be called from any thread, any number of times.
    package nonisolated func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) {
        executor.execute { [link] in link.onLoss.append(body) }
    }

    /// Closes at once; what is under way fails with the code `closed`, its outcome is unknown. Call it on the loop's
    /// thread.
    package nonisolated func closeNow() {
        assumeIsolated { connection in
            connection.attempt += 1
            connection.link.close(RedisError(.closed, "The connection was closed."), tellLoss: false)
        }
    }

    /// Closes at once; what is under way fails with the code `closed`, its outcome is unknown.
    package func close() async {
        closeNow()
    }
}
